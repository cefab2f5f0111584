/** The step size as a function of time: the one place where a schedule enters oracles and solvers. */

/** γ(t), constant today. Twin of stepSizeAt in shaders/multiIndex/params.wgsl. */
export function stepSizeAt(config: { readonly stepSize: number }, _t: number): number {
  return config.stepSize;
}
