/** The loop over the steps of a run that every streaming oracle has. */
import type { Oracle, Span } from './kernel.ts';

/** An oracle that takes step number `index` by `step`, which returns false where the run has diverged. */
export function stepByStep<S extends string>(
  step: (index: number, t: number, dt: number) => boolean,
  rest: Omit<Oracle<S>, 'advance' | 'blowUp'>,
): Oracle<S> {
  let blowUp = NaN;
  return {
    ...rest,
    get blowUp() {
      return blowUp;
    },
    advance(span: Span) {
      for (let k = 0; k < span.steps && Number.isNaN(blowUp); k++) {
        const t = span.t + k * span.dt;
        if (!step(span.step + k, t, span.dt)) blowUp = t;
      }
    },
  };
}
