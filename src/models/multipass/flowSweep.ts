/**
 * One batch of paths of gradient flow with its kernels (theory: multi-pass SGD, section 4). Without jumps the cavity field
 * w is smooth, a few independent normals make up all of its paths: w = (m/√q*) z* + Σ_j W[k, j] z_j, where the increments
 * of its noise are spanned by the slopes ℓ′ of the paths themselves. Steps are those of Adams and Bashforth, with gradients
 * 3/2 g_k − 1/2 g_{k−1}: the mean-field equations of that method are the same ones with another dF, of second order in h.
 * Derivatives along all paths cost O(steps³ paths): 0.8 s for 160 steps and 2048 paths, and 53 MB.
 */
import type { Rows, RowStore } from '../../math/rows.ts';
import { losses } from './losses.ts';
import type { Problem } from './onePass.ts';
import { meanProduct, type PathStart } from './pathStart.ts';
import { Kernels } from './kernels.ts';

export interface FlowSwept {
  readonly trainLoss: Float64Array;
  readonly kernels: Kernels;
}

/** Independent normals besides the start, and the share of a slope's mean square that asks for another one. */
const [MOST, NEW] = [96, 1e-7];

/** Train loss beyond which a batch has gone astray. */
const RUNAWAY = 1e12;

/** 3/2 now − 1/2 before, at the first step now. */
const [NOW, BEFORE] = [1.5, -0.5];

/** Orthonormal vectors that span all slopes so far. */
class Basis {
  readonly rows: Rows;
  count = 0;
  readonly #rest: Float64Array;
  readonly #product = new Float64Array(MOST);

  constructor(paths: number, store: RowStore) {
    this.rows = store.rows(MOST, paths);
    this.#rest = new Float64Array(paths);
  }

  /** Coefficients of `vector` to `out`; adds a vector of the basis where they leave too much. */
  expand(vector: Float64Array, out: Float64Array): void {
    const n = vector.length;
    this.#rest.set(vector);
    out.fill(0);
    // Twice: the second pass takes away what rounding left.
    for (let pass = 0; pass < 2; pass++) {
      this.rows.dots(this.#rest, this.count, this.#product);
      for (let j = 0; j < this.count; j++) {
        out[j] += this.#product[j] / n;
        this.#product[j] /= -n;
      }
      this.rows.addTo(this.#rest, this.#product, this.count);
    }
    const square = meanProduct(this.#rest, this.#rest);
    if (this.count === MOST || !(square > NEW * meanProduct(vector, vector))) return;
    const scale = Math.sqrt(square);
    for (let i = 0; i < n; i++) this.#rest[i] /= scale;
    this.rows.set(this.count, this.#rest);
    out[this.count++] = scale;
  }
}

/** R_F[k, u] by derivatives along the paths: dr_k/dw_u = Σ_v R[k, v] dF_v/dw_u. */
class Derivatives {
  readonly #store: RowStore;
  readonly #kernels: Kernels;
  readonly #paths: number;
  readonly #scale: number;
  /** For every source u the products ℓ″(r_v) dr_v/dw_u, v = u, u + 1, … */
  readonly #sources: Rows[] = [];
  readonly #weights: Float64Array;
  readonly #derivative: Float64Array;
  /** Their means over the paths, now and one step before. */
  #now: Float64Array;
  #before: Float64Array;

  constructor(
    { stepSize, sampleRatio }: Problem,
    h: number,
    kernels: Kernels,
    paths: number,
    store: RowStore,
  ) {
    this.#store = store;
    this.#kernels = kernels;
    this.#paths = paths;
    this.#scale = (-stepSize * h) / sampleRatio;
    [this.#weights, this.#now, this.#before] = [1, 2, 3].map(() => new Float64Array(kernels.size));
    this.#derivative = new Float64Array(paths);
  }

  row(k: number, curvature: Float64Array, out: Float64Array): void {
    const { size, response } = this.#kernels;
    const [n, row, derivative] = [this.#paths, k * size, this.#derivative];
    // Kick v is made of the slopes of steps v and v − 1, so that slope v is in the kicks v and v + 1.
    for (let v = 0; v < k; v++) {
      const next = v + 1 < k ? response[row + v + 1] : 0;
      this.#weights[v] = this.#scale * ((v === 0 ? 1 : NOW) * response[row + v] + BEFORE * next);
    }
    [this.#before, this.#now] = [this.#now, this.#before];
    this.#sources.push(this.#store.rows(size - 1 - k, n));
    for (let u = 0; u <= k; u++) {
      derivative.fill(u === k ? 1 : 0);
      this.#sources[u].addTo(derivative, this.#weights.subarray(u), k - u);
      let sum = 0;
      for (let i = 0; i < n; i++) {
        derivative[i] *= curvature[i];
        sum += derivative[i];
      }
      this.#sources[u].set(k - u, derivative);
      this.#now[u] = sum / n;
    }
    for (let u = 0; u <= k; u++) {
      out[u] = this.#scale * (k === 0 ? this.#now[u] : NOW * this.#now[u] + BEFORE * this.#before[u]);
    }
  }
}

export function* flowSweep(
  problem: Problem,
  h: number,
  steps: number,
  start: PathStart,
  store: RowStore,
): Generator<void, FlowSwept> {
  const { stepSize, sampleRatio, decay, teacherNorm, labelNoise } = problem;
  const { paths } = start;
  const pair = losses[problem.loss];
  const p = h / sampleRatio;
  const kernels = new Kernels(problem, h, steps);
  const { size, covariance, factor, response, overlap } = kernels;
  const derivatives = new Derivatives(problem, h, kernels, paths, store);
  const basis = new Basis(paths, store);

  const vector = (): Float64Array => new Float64Array(paths);
  const [r, slope, before, curvature, kick, raw] = Array.from({ length: 6 }, vector);
  const [z, kicks] = [MOST + 1, steps].map((rows) => store.rows(rows, paths));
  const [memory, expansion, product] = [size, MOST, MOST + 1].map((length) => new Float64Array(length));
  const root = Math.sqrt(teacherNorm);
  const y = vector().map((_, i) => pair.label(root * start.teacher[i], labelNoise * start.label[i]));
  const trainLoss = new Float64Array(size);
  let normals = 1;
  start.classify(y);
  z.set(0, start.start);

  /** A standard normal of every path, orthogonal to those before. */
  function draw(): void {
    start.normals(r, raw, true);
    start.whiten(raw, z, normals, product);
    z.set(normals++, raw);
  }

  /** Change of row k + 1 of a linear recursion by the ridge alone, at column j. */
  const shrink = (rows: Float64Array, k: number, j: number): number => {
    const now = rows[k * size + j];
    return -decay * h * (k === 0 ? now : NOW * now + BEFORE * rows[(k - 1) * size + j]);
  };

  for (let k = 0; ; k++) {
    const along = kernels.teacherFactor(k);
    for (let i = 0; i < paths; i++) r[i] = along * start.teacher[i];
    z.addTo(r, factor.subarray(k * size), Math.min(normals, size));
    kicks.addTo(r, response.subarray(k * size), k);
    before.set(slope);
    trainLoss[k] = pair.derivatives(r, y, slope, curvature) / paths;
    if (k === steps) break;
    if (!(trainLoss[k] < RUNAWAY)) {
      trainLoss.fill(NaN, k);
      break;
    }
    yield;

    for (let i = 0; i < paths; i++) {
      const push = k === 0 ? slope[i] : NOW * slope[i] + BEFORE * before[i];
      kick[i] = -stepSize * p * push;
    }
    kicks.set(k, kick);
    derivatives.row(k, curvature, memory);
    const next = (k + 1) * size;
    for (let l = 0; l < k; l++) response[next + l] = response[k * size + l] + shrink(response, k, l);
    for (let u = 1; u <= k; u++) {
      for (let l = 0; l < u; l++) response[next + l] += sampleRatio * memory[u] * response[u * size + l];
    }
    response[next + k] = 1;
    const held = k === 0 ? overlap[0] : NOW * overlap[k] + BEFORE * overlap[k - 1];
    overlap[k + 1] = overlap[k] - decay * h * held + sampleRatio * root * meanProduct(kick, start.teacher);

    basis.expand(kick, expansion);
    while (normals < Math.min(basis.count + 1, size)) draw();
    const most = Math.min(normals, size);
    for (let j = 0; j < most; j++) {
      let sum = factor[k * size + j] + shrink(factor, k, j);
      if (j > 0) sum += Math.sqrt(sampleRatio) * expansion[j - 1];
      for (let u = 0; u <= k; u++) sum += sampleRatio * memory[u] * factor[u * size + j];
      factor[next + j] = sum;
    }
    for (let l = 0; l <= k + 1; l++) {
      let sum = kernels.teacherFactor(k + 1) * kernels.teacherFactor(l);
      for (let j = 0; j < most; j++) sum += factor[next + j] * factor[l * size + j];
      covariance[next + l] = sum;
    }
  }
  return { trainLoss, kernels };
}
