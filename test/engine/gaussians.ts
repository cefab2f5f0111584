/** Seeded standard normal numbers for tests that need some. */
import { normalAt } from '../../src/math/normal.ts';

/** A generator that draws the next number at every call. */
export function gaussians(seed: number): () => number {
  let step = 0;
  return () => normalAt(seed, 0, step++, 0, 0);
}
