/** Two ways to step through the limit equations, behind one interface. */
import { Dop853, ERROR_ORDER } from '../../solvers/dop853.ts';
import { Rodas5P } from '../../solvers/rodas5p.ts';
import type { MomentFlow } from './momentFlow.ts';
import type { StiffFlow } from './stiffFlow.ts';

export interface Stepper {
  /** Order of the error estimate, for `stepRatio`. */
  readonly order: number;
  /** Value at the end of the last step. */
  readonly next: Float64Array;
  /** Tries a step by h and estimates its error in units of `scale`; not finite where there is none. */
  step(h: number, scale: Float64Array): number;
  accept(): void;
  /** To be called before `interpolate` and before `accept`. */
  prepareDense(): void;
  /** Value at a share of the last step. */
  interpolate(share: number, out: Float64Array): void;
}

export function explicitStepper(
  flow: MomentFlow,
  t: number,
  y: Float64Array,
): Stepper & { slope: Float64Array } {
  const method = new Dop853(flow);
  method.begin(t, y);
  return {
    order: ERROR_ORDER,
    next: method.next,
    slope: method.slope,
    step: (h, scale) => method.step(h, scale),
    accept: () => method.accept(),
    prepareDense: () => method.prepareDense(),
    interpolate: (share, out) => method.interpolate(share, out),
  };
}

export function stiffStepper(flow: StiffFlow, start: number, y: Float64Array): Stepper {
  const method = new Rodas5P(flow);
  const from = Float64Array.from(y);
  let [t, length] = [start, 0];
  return {
    order: 4,
    next: method.next,
    step(h, scale) {
      length = h;
      if (!method.step(t, from, h)) return NaN;
      let sum = 0;
      for (let i = 0; i < scale.length; i++) sum += (method.error[i]! / scale[i]!) ** 2;
      return Math.sqrt(sum / scale.length);
    },
    accept() {
      from.set(method.next);
      t += length;
    },
    prepareDense: () => method.prepareDense(),
    interpolate: (share, out) => method.interpolate(share, out),
  };
}
