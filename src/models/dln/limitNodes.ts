/** How many points each continuous law needs, from a probe of each alone. */
import { GOAL } from './limitSolution.ts';
import type { Nodes } from './limitStart.ts';

/** Error of one law's rule, and its number of points. */
interface Probed {
  readonly apart: number;
  readonly points: number;
}

/** Points of a law that is probed, the others at their fewest; the last one is not exceeded by much. */
const [FIRST, GROWTH, LARGEST] = [4, 1.5, 32];
/** Points of the other laws, by the number of continuous ones. */
const OTHERS = [1, 1, 3, 2];
/** An error from which the decay is known. */
const KNOWN = 3e-4;
/** Points of one law at most. */
const MOST_POINTS = 96;

/**
 * Points of each continuous law that leave a quarter of the goal, from how fast its error falls while the others
 * have few points.
 *
 * @param sumsOf sums over classes, which need be right to `KNOWN`
 * @param apart largest relative difference of two such sums, the finer one first
 */
export function* measuredNodes<S>(
  usual: Nodes,
  sumsOf: (nodes: Nodes) => Generator<void, S>,
  apart: (fine: S, coarse: S) => number,
): Generator<void, Nodes> {
  const continuous = usual.filter((count) => count > 1).length;
  const found: [number, number, number] = [1, 1, 1];
  for (let law = 0; law < 3; law++) {
    if (usual[law] === 1) continue;
    const at = (points: number): Nodes => {
      const [lambda, star, start] = usual.map((count, i) =>
        i === law ? points : count === 1 ? 1 : OTHERS[continuous]!,
      );
      return [lambda!, star!, start!];
    };
    let points = FIRST;
    let before = yield* sumsOf(at(points));
    const errors: Probed[] = [];
    while (points < LARGEST && !((errors.at(-1)?.apart ?? 1) < KNOWN)) {
      const more = Math.round(GROWTH * points);
      const sums = yield* sumsOf(at(more));
      errors.push({ apart: apart(sums, before), points });
      [points, before] = [more, sums];
    }
    found[law] = pointsFor(errors);
  }
  return found;
}

/** Points that leave a quarter of the goal where errors fall exponentially. */
function pointsFor(errors: readonly Probed[]): number {
  const last = errors.at(-1)!;
  const error = Math.min(0.5, Math.max(last.apart, Number.MIN_VALUE));
  // From the start on, or from the error before: the slower of the two.
  let rate = -Math.log(error) / last.points;
  const previous = errors.at(-2);
  if (previous && previous.apart > error) {
    rate = Math.min(rate, Math.log(previous.apart / error) / (last.points - previous.points));
  }
  const wanted = last.points + Math.log((4 * error) / GOAL) / rate;
  return Math.min(MOST_POINTS, Math.max(FIRST, Math.ceil(wanted)));
}
