/** What drives a batch of paths of SGD and of its modified equation (theory: multi-pass SGD, section 4). */
import { RandomWords, shuffleGroups, stratifiedNormals } from '../../math/randomWords.ts';
import type { Rows } from '../../math/rows.ts';
import { streams } from '../../math/threefry.ts';
import type { PathBasis } from './pathBasis.ts';
import { GROUP, type PathStart } from './pathStart.ts';

/** What moves a sample's own preactivation: visits, or their mean with Brownian noise of the same variance. */
export type Driver = 'sgd' | 'sme';

export interface PathNoise {
  readonly start: PathStart;
  /** Jumps (SGD) or standard normals (SME) of every step so far. */
  readonly drive: readonly Float32Array[];
  /**
   * Increments of Λ over step k to `out`: mean p, mean square p.
   * @param field r of each path at the start of the step
   * @param slope ℓ′(r; y) of each path
   */
  increments(k: number, field: Float64Array, slope: Float64Array, out: Float64Array): void;
  /**
   * Standard normals z_n to `out`, independent of the past: n = kK + a for unit a of K at step k > 0.
   * @param basis rows that they are to be orthogonal to
   */
  innovation(n: number, field: Float64Array, basis: PathBasis, out: Float64Array): void;
}

/** Draws numbers as they are asked for. */
export function freshNoise(driver: Driver, p: number, start: PathStart): PathNoise {
  const { paths, random } = start;
  const drive: Float32Array[] = [];
  const kept = new Float64Array(paths);
  return {
    start,
    drive,
    increments(k, field, slope, out) {
      if (driver === 'sgd') {
        const order = start.order(field);
        // Every path jumps with probability p; among those that are alike a share p does, as nearly as can be.
        shuffleGroups(random, order, Math.max(GROUP, Math.ceil(2 / p)));
        let due = random.uniform();
        for (const path of order) {
          due += p;
          kept[path] = due >= 1 ? 1 : 0;
          if (due >= 1) due -= 1;
        }
        out.set(kept);
      } else {
        // The noise is −ηℓ′ times a normal: paths of one ℓ′ share its strata.
        stratifiedNormals(random, start.orderBy(slope), GROUP, kept);
        const deviation = Math.sqrt(p * (1 - p));
        for (let i = 0; i < paths; i++) out[i] = p + deviation * kept[i];
      }
      drive[k] = new Float32Array(kept);
    },
    innovation(_n, field, basis, out) {
      start.normals(field, out, false);
      basis.complete(out);
    },
  };
}

/** The same randomness on a grid of twice the step: differences between both grids lose most of their noise. */
export function coarseNoise(
  driver: Driver,
  p: number,
  fine: PathNoise,
  innovations: Pick<Rows, 'get'>,
  key: { readonly seed: number; readonly batch: number },
): PathNoise {
  if (!(p <= 0.5)) throw new RangeError(`chance ${p} of a visit in a fine step: expected at most 0.5`);
  const { start } = fine;
  const random = new RandomWords(key.seed, streams.meanFieldCoarse, key.batch);
  const drive: Float32Array[] = [];
  const [first, second] = [new Float64Array(start.paths), new Float64Array(start.paths)];
  return {
    start,
    drive,
    increments(k, _field, _slope, out) {
      const [one, other] = [fine.drive[2 * k], fine.drive[2 * k + 1]];
      const kept = new Float32Array(out.length);
      if (driver === 'sgd') {
        // One visit where there was any, and some more: 2p instead of 2p − p².
        const more = p ** 2 / (1 - p) ** 2;
        for (let i = 0; i < out.length; i++) {
          kept[i] = one[i] + other[i] > 0 || random.uniform() < more ? 1 : 0;
        }
        out.set(kept);
      } else {
        const deviation = Math.sqrt(2 * p * (1 - 2 * p));
        for (let i = 0; i < out.length; i++) {
          kept[i] = Math.SQRT1_2 * (one[i] + other[i]);
          out[i] = 2 * p + deviation * kept[i];
        }
      }
      drive[k] = kept;
    },
    innovation(n, _field, basis, out) {
      const units = start.starts.length;
      const row = 2 * n - (n % units);
      innovations.get(row - units, first);
      innovations.get(row, second);
      for (let i = 0; i < out.length; i++) out[i] = Math.SQRT1_2 * (first[i] + second[i]);
      basis.complete(out);
    },
  };
}
