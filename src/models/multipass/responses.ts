/**
 * Estimates of R_F[k, u] = E dF_k/dw_u from the paths of one batch (theory: multi-pass SGD, section 4). The mean over the
 * visit of step k itself is exact.
 */
import type { Kernels } from './kernels.ts';
import type { Problem } from './onePass.ts';
import { BLOCKS, type Split } from './splitPaths.ts';

export interface ResponseEstimate {
  /** Whether `row` reads `slopeInnovation`. */
  readonly byInnovations: boolean;
  /**
   * R_F[k, u] for u ≤ k to `out`.
   * @param curvature ℓ″(r_k) of each path
   * @param increments those of Λ in step k, of each path
   * @param slopeInnovation E ℓ′(r_k) z_j for j ≤ k
   * @param weight of each path, 1 on average
   */
  row(
    k: number,
    curvature: Float64Array,
    increments: Float64Array,
    slopeInnovation: Float64Array,
    weight: Float64Array,
    out: Float64Array,
  ): void;
  /** Paths go on from where others were. */
  split(split: Split): void;
}

/**
 * Gaussian integration by parts: E dF_k z_j = Σ_u R_F[k, u] L[u, j], solved backwards. Costs the paths nothing; for small
 * h the innovations are small, and dividing by them is noisy.
 */
export function byParts({ stepSize, sampleRatio }: Problem, h: number, kernels: Kernels): ResponseEstimate {
  const { size, factor } = kernels;
  const scale = (-stepSize * h) / sampleRatio;
  return {
    byInnovations: true,
    row(k, _curvature, _increments, slopeInnovation, _weight, out) {
      for (let j = k; j >= 0; j--) {
        let rest = scale * slopeInnovation[j];
        for (let u = j + 1; u <= k; u++) rest -= out[u] * factor[u * size + j];
        const own = factor[j * size + j];
        out[j] = own > 0 ? rest / own : 0;
      }
    },
    split: () => undefined,
  };
}

/**
 * Path by path: dr_k/dw_u = Σ_v R[k, v] dF_v/dw_u, where only steps v, u with a visit count. Costs the square of the
 * visits per path and step, although the means are taken over one of `BLOCKS` blocks of paths in turns: each is evenly
 * spread, and time averages the noise of the blocks away.
 */
export function alongVisits(
  { stepSize, sampleRatio }: Problem,
  h: number,
  kernels: Kernels,
  paths: number,
): ResponseEstimate {
  const { size, response } = kernels;
  const p = h / sampleRatio;
  const count = new Int32Array(paths);
  const expected = ((kernels.size - 1) * h) / sampleRatio;
  let capacity = Math.ceil(expected + 4 * Math.sqrt(expected) + 2);
  /** Steps with a visit, `capacity` per path. */
  let visits = new Int32Array(paths * capacity);
  /** dF_v/dw_u of the visits v ≥ u, a triangle per path, v after v. */
  let tangents = new Float64Array((paths * capacity * (capacity + 1)) / 2);
  let derivative = new Float64Array(capacity);

  function grow(): void {
    const larger = Math.ceil(1.25 * capacity + 1);
    const [oldTriangle, triangle] = [(capacity * (capacity + 1)) / 2, (larger * (larger + 1)) / 2];
    const moreVisits = new Int32Array(paths * larger);
    const moreTangents = new Float64Array(paths * triangle);
    for (let i = 0; i < paths; i++) {
      moreVisits.set(visits.subarray(i * capacity, (i + 1) * capacity), i * larger);
      moreTangents.set(tangents.subarray(i * oldTriangle, (i + 1) * oldTriangle), i * triangle);
    }
    [capacity, visits, tangents, derivative] = [larger, moreVisits, moreTangents, new Float64Array(larger)];
  }

  return {
    byInnovations: false,
    row(k, curvature, increments, _slopeInnovation, weight, out) {
      out.fill(0, 0, k + 1);
      const row = k * size;
      const [first, last] = [k % BLOCKS, (k % BLOCKS) + 1].map((b) => Math.floor((b * paths) / BLOCKS));
      let direct = 0;
      let counted = 0;
      for (let i = 0; i < paths; i++) {
        const counts = i >= first && i < last;
        direct += weight[i] * curvature[i];
        if (counts) counted += weight[i];
        if (!counts && increments[i] === 0) continue;
        const visited = count[i];
        const bend = curvature[i];
        let at = (i * capacity * (capacity + 1)) / 2;
        for (let u = 0; u < visited; u++) derivative[u] = 0;
        for (let v = 0; v < visited; v++) {
          const weight = response[row + visits[i * capacity + v]];
          for (let u = 0; u <= v; u++) derivative[u] += weight * tangents[at + u];
          at += v + 1;
        }
        if (counts) {
          const share = weight[i] * bend;
          for (let u = 0; u < visited; u++) out[visits[i * capacity + u]] += share * derivative[u];
        }
        if (increments[i] === 0) continue;
        if (visited === capacity) {
          const kept = derivative.slice();
          grow();
          derivative.set(kept);
          at = (i * capacity * (capacity + 1)) / 2 + (visited * (visited + 1)) / 2;
        }
        for (let u = 0; u < visited; u++) tangents[at + u] = -stepSize * bend * derivative[u];
        tangents[at + visited] = -stepSize * bend;
        visits[i * capacity + visited] = k;
        count[i]++;
      }
      for (let u = 0; u < k; u++) out[u] *= (-stepSize * p) / counted;
      out[k] = (-stepSize * p * direct) / paths;
    },
    split({ from }) {
      const triangle = (capacity * (capacity + 1)) / 2;
      const [counts, steps, products] = [count.slice(), visits.slice(), tangents.slice()];
      for (let i = 0; i < paths; i++) {
        const source = from[i];
        count[i] = counts[source];
        for (let u = 0; u < count[i]; u++) visits[i * capacity + u] = steps[source * capacity + u];
        const used = (count[i] * (count[i] + 1)) / 2;
        for (let u = 0; u < used; u++) tangents[i * triangle + u] = products[source * triangle + u];
      }
    },
  };
}
