/** Grids for classes from those on which similar ones were solved. */
import { FINEST, type Grids } from './limitPass.ts';
import type { LimitClass } from './transportMap.ts';

type Place = readonly [number, number, number];

/** Where a class is among others, and the grid on which it was solved. */
export interface Solved {
  readonly place: Place;
  readonly grids: Readonly<Grids>;
}

/** Added to numbers whose logarithms are compared. */
const TINY = 1e-3;

/** Where a class is among others. */
export const placeOf = ({ eigenvalue, teacher, lnC }: LimitClass): Place => [
  Math.log(eigenvalue + TINY),
  Math.log(teacher + TINY),
  lnC,
];

/** The most similar of the solved classes. */
export function nearest(item: LimitClass, solved: readonly Solved[]): Solved {
  const [a, b, c] = placeOf(item);
  let [best, least] = [solved[0]!, Infinity];
  for (const one of solved) {
    const { place } = one;
    const distance = Math.abs(place[0] - a) + Math.abs(place[1] - b) + Math.abs(place[2] - c);
    if (distance < least) [best, least] = [one, distance];
  }
  return best;
}

/** Another spacing tells of errors that differences do not see: those of sums over points. */
export function finer({ spacing, reach }: Grids, steps: number): Grids {
  return { spacing: Math.min(FINEST, spacing + steps), reach };
}
