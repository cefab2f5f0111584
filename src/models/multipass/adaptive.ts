/** Solutions of ordinary differential equations at given times, with steps that their errors ask for. */
import { Dop853, ERROR_ORDER, type System } from '../../solvers/dop853.ts';
import { stepRatio } from '../../solvers/stepControl.ts';

/** Steps shorter than this share of the time reached make no way. */
const SHORTEST = 1e-13;

/**
 * y at the ascending times `saveAt` from y at time 0, by DOP853; NaN from where the solution leaves the numbers.
 * @param tolerance error of a step, relative to each entry's size so far, or to `least` where that is larger
 */
export function integrate(
  system: System,
  start: Float64Array,
  saveAt: Float64Array,
  tolerance: number,
  least: number,
): Float64Array[] {
  const method = new Dop853(system);
  method.begin(0, start);
  const out = Array.from(saveAt, (t) => (t <= 0 ? start.slice() : start.map(() => NaN)));
  let saved = saveAt.findIndex((t) => t > 0);
  if (saved < 0) return out;
  const end = saveAt[saveAt.length - 1];
  const size = start.map((value) => Math.max(least, Math.abs(value)));
  const scale = new Float64Array(start.length);
  let [t, h] = [0, 1e-3 * end];
  while (saved < saveAt.length) {
    h = Math.min(h, end - t);
    if (!(h > SHORTEST * t)) break;
    for (let i = 0; i < scale.length; i++) scale[i] = tolerance * size[i];
    const error = method.step(h, scale);
    if (error <= 1) {
      const next = end - t - h <= SHORTEST * end ? end : t + h;
      if (saveAt[saved] <= next) method.prepareDense();
      for (; saved < saveAt.length && saveAt[saved] <= next; saved++) {
        if (saveAt[saved] === next) out[saved].set(method.next);
        else method.interpolate((saveAt[saved] - t) / h, out[saved]);
      }
      for (let i = 0; i < size.length; i++) size[i] = Math.max(size[i], Math.abs(method.next[i]));
      method.accept();
      t = next;
    }
    h *= stepRatio(error, ERROR_ORDER);
  }
  return out;
}
