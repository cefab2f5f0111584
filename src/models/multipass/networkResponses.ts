/**
 * Estimates of R_F[k, u] = E dF_k/dw_u, K×K blocks, from the paths of one batch of a two-layer network (theory:
 * multi-pass SGD, sections 4 and 6). The mean over the visit of step k itself is exact.
 */
import type { NetworkKernels } from './networkKernels.ts';
import type { NetworkLoss, NetworkProblem } from './networkProblem.ts';

export interface NetworkResponseEstimate {
  /** Whether `rows` reads `slopeInnovation`. */
  readonly byInnovations: boolean;
  /**
   * Rows (k, a) of R_F to `out`, one of each unit: entry uK + b for unit b at step u ≤ k.
   * @param at ℓ_rr(r_k) of each path
   * @param increments those of Λ in step k, of each path
   * @param slopeInnovation E ℓ_r(r_k)_a z, entry jK + b for component b of z_j, j ≤ k, one row of each unit
   */
  rows(
    k: number,
    at: NetworkLoss,
    increments: Float64Array,
    slopeInnovation: readonly Float64Array[],
    out: readonly Float64Array[],
  ): void;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

/** Gaussian integration by parts: E dF_k z_jᵀ = Σ_u R_F[k, u] L[u, j], solved backwards. */
export function byParts(
  { stepSize, sampleRatio }: NetworkProblem,
  h: number,
  kernels: NetworkKernels,
): NetworkResponseEstimate {
  const { units, width, factor } = kernels;
  const scale = (-stepSize * h) / sampleRatio;
  return {
    byInnovations: true,
    rows(k, _at, _increments, slopeInnovation, out) {
      const end = (k + 1) * units;
      out.forEach((row, a) => {
        for (let j = 0; j < end; j++) row[j] = scale * slopeInnovation[a][j];
        for (let j = k; j >= 0; j--) {
          kernels.divide(row, j);
          for (let u = j * units; u < (j + 1) * units; u++) {
            for (let l = 0; l < j * units; l++) row[l] -= row[u] * factor[u * width + l];
          }
        }
      });
    },
  };
}

/**
 * The means are taken over one of so many blocks of paths in turns: each is evenly spread, and time averages the noise of
 * the blocks away.
 */
const BLOCKS = 8;

/**
 * Path by path: dr_k/dw_u = Σ_v R[k, v] dF_v/dw_u, where only steps v, u with a visit count. Costs K³ times the square of
 * the visits per path and step.
 */
export function alongVisits(
  { stepSize, sampleRatio }: NetworkProblem,
  h: number,
  kernels: NetworkKernels,
  paths: number,
): NetworkResponseEstimate {
  const { units, width, response } = kernels;
  const square = units * units;
  const p = h / sampleRatio;
  const count = new Int32Array(paths);
  const expected = ((kernels.size - 1) * h) / sampleRatio;
  let capacity = Math.ceil(expected + 4 * Math.sqrt(expected) + 2);
  /** Steps with a visit, `capacity` per path. */
  let visits = new Int32Array(paths * capacity);
  /** dF_v/dw_u of the visits v ≥ u, K×K, a triangle per path, v after v. */
  let tangents = new Float64Array((square * paths * capacity * (capacity + 1)) / 2);
  let derivative = new Float64Array(square * capacity);
  const weight = new Float64Array(square);
  const bend = new Float64Array(square);
  const bent = new Float64Array(square);

  function grow(): void {
    const larger = Math.ceil(1.25 * capacity + 1);
    const [oldTriangle, triangle] = [capacity, larger].map((c) => (square * c * (c + 1)) / 2);
    const moreVisits = new Int32Array(paths * larger);
    const moreTangents = new Float64Array(paths * triangle);
    for (let i = 0; i < paths; i++) {
      moreVisits.set(visits.subarray(i * capacity, (i + 1) * capacity), i * larger);
      moreTangents.set(tangents.subarray(i * oldTriangle, (i + 1) * oldTriangle), i * triangle);
    }
    const moreDerivative = new Float64Array(square * larger);
    moreDerivative.set(derivative);
    [capacity, visits, tangents, derivative] = [larger, moreVisits, moreTangents, moreDerivative];
  }

  /** out[at …] += left · right[from …], K×K each. */
  function addProduct(
    left: Float64Array,
    right: Float64Array,
    from: number,
    out: Float64Array,
    at: number,
  ): void {
    for (let a = 0; a < units; a++) {
      for (let c = 0; c < units; c++) {
        const factor = left[a * units + c];
        for (let b = 0; b < units; b++) out[at + a * units + b] += factor * right[from + c * units + b];
      }
    }
  }

  /** dr_k/dw_u of a path for each of its visits u so far to `derivative`. */
  function differentiate(i: number, k: number): void {
    const visited = count[i];
    derivative.fill(0, 0, square * visited);
    let at = (square * i * capacity * (capacity + 1)) / 2;
    for (let v = 0; v < visited; v++) {
      const step = visits[i * capacity + v];
      for (let a = 0; a < units; a++) {
        const row = (k * units + a) * width + step * units;
        for (let b = 0; b < units; b++) weight[a * units + b] = response[row + b];
      }
      for (let u = 0; u <= v; u++, at += square) addProduct(weight, tangents, at, derivative, u * square);
    }
  }

  /** Keeps dF_k/dw_u of a path that is visited. */
  function visit(i: number, k: number): void {
    if (count[i] === capacity) grow();
    const visited = count[i]++;
    visits[i * capacity + visited] = k;
    const at = (square * (i * capacity * (capacity + 1) + visited * (visited + 1))) / 2;
    for (let n = 0; n < square; n++) bent[n] = -stepSize * bend[n];
    tangents.fill(0, at, at + square * visited);
    for (let u = 0; u < visited; u++) addProduct(bent, derivative, u * square, tangents, at + u * square);
    tangents.set(bent, at + square * visited);
  }

  return {
    byInnovations: false,
    rows(k, { hessian }, increments, _slopeInnovation, out) {
      for (const row of out) row.fill(0, 0, (k + 1) * units);
      const direct = new Float64Array(square);
      const [first, last] = [k % BLOCKS, (k % BLOCKS) + 1].map((b) => Math.floor((b * paths) / BLOCKS));
      for (let n = 0; n < square; n++) direct[n] = sumOf(hessian[n]);
      for (let i = 0; i < paths; i++) {
        const counts = i >= first && i < last;
        if (!counts && increments[i] === 0) continue;
        for (let n = 0; n < square; n++) bend[n] = hessian[n][i];
        differentiate(i, k);
        for (let u = 0; counts && u < count[i]; u++) {
          bent.fill(0);
          addProduct(bend, derivative, u * square, bent, 0);
          const step = visits[i * capacity + u] * units;
          for (let n = 0; n < square; n++) out[Math.floor(n / units)][step + (n % units)] += bent[n];
        }
        if (increments[i] !== 0) visit(i, k);
      }
      out.forEach((row, a) => {
        for (let u = 0; u < k * units; u++) row[u] *= (-stepSize * p) / (last - first);
        for (let b = 0; b < units; b++) {
          row[k * units + b] = (-stepSize * p * direct[a * units + b]) / paths;
        }
      });
    },
  };
}
