/** What processes cost, in coordinate-steps: one unit for all estimates. */
import type { AnyConfig } from '../config/parameter.ts';
import type { Kernel, Segment } from '../models/model.ts';

/** Coordinate-steps of one run between two recorded times, the second one's recording included. */
export function segmentWork(kernel: Kernel, config: AnyConfig): (segment: Segment) => number {
  const [step, record] = [kernel.cost(config), kernel.recordCost?.(config) ?? 0];
  return ({ steps }) => steps * step + record;
}

/** Coordinate-steps of one run of all these processes. */
export function runWork(kernels: readonly Kernel[], config: AnyConfig, saveAt: Float64Array): number {
  return kernels.reduce((sum, kernel) => {
    const work = segmentWork(kernel, config);
    return kernel.plan(config, saveAt).reduce((own, segment) => own + work(segment), sum);
  }, 0);
}
