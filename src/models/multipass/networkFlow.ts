/**
 * One batch of paths of gradient flow for a two-layer network with the kernels that it defines itself (theory: multi-pass
 * SGD, sections 4 and 6), by steps of Adams and Bashforth as in `flowSweep`, without the response.
 *
 * Kicks are spanned by few vectors e_j over the paths, dF_k = Σ_j B[k, j] e_j, so that the noise of the weights is
 * √δ Σ_j B[k, j] z_j with independent normals z_j. The weights answer this noise as they answer the kicks of the sample
 * itself: where w = Tz* + Σ_j W[k, j] z_j, the memory Σ_l R[k, l] dF_l is Σ_j W[k, j] e_j/√δ. And by Gaussian integration
 * by parts W moves by √δ B[k, j] + δE dF_k z_j. That takes O(steps paths) for all of it; derivatives along paths took
 * O(steps³ paths).
 */
import type { Rows, RowStore } from '../../math/rows.ts';
import { NetworkKernels } from './networkKernels.ts';
import { addRows, labels, mix } from './networkPaths.ts';
import { NetworkLoss, vectors, type NetworkProblem } from './networkProblem.ts';
import type { NetworkSwept } from './networkSweep.ts';
import { Remainder } from './ownShare.ts';
import { meanProduct, type PathStart } from './pathStart.ts';

/** Vectors e_j at most, and the share of the largest kick's mean square that asks for another one. */
const [MOST, NEW] = [160, 1e-6];

/** Train loss beyond which a batch has gone astray. */
const RUNAWAY = 1e12;

/** 3/2 now − 1/2 before, at the first step now. */
const [NOW, BEFORE] = [1.5, -0.5];

/** Orthonormal vectors that span all kicks so far. */
class Basis {
  count = 0;
  /** What `expand` has left, standardised, where it added it. */
  readonly rest: Float64Array;
  #largest = 0;
  readonly #rows: Rows;
  readonly #product = new Float64Array(MOST);

  constructor(paths: number, store: RowStore) {
    this.#rows = store.rows(MOST, paths);
    this.rest = new Float64Array(paths);
  }

  /** Coefficients of `vector` to `out`; true where it added `rest` to the basis, as they had left too much. */
  expand(vector: Float64Array, out: Float64Array): boolean {
    const n = vector.length;
    const { rest } = this;
    rest.set(vector);
    out.fill(0);
    // Twice: the second pass takes away what rounding left.
    for (let pass = 0; pass < 2; pass++) {
      this.#rows.dots(rest, this.count, this.#product);
      for (let j = 0; j < this.count; j++) {
        out[j] += this.#product[j] / n;
        this.#product[j] /= -n;
      }
      this.#rows.addTo(rest, this.#product, this.count);
    }
    const square = meanProduct(rest, rest);
    this.#largest = Math.max(this.#largest, meanProduct(vector, vector));
    if (this.count === MOST || !(square > NEW * this.#largest)) return false;
    const scale = Math.sqrt(square);
    for (let i = 0; i < n; i++) rest[i] /= scale;
    this.#rows.set(this.count, rest);
    out[this.count++] = scale;
    return true;
  }
}

export function* networkFlow(
  problem: NetworkProblem,
  h: number,
  steps: number,
  start: PathStart,
  store: RowStore,
): Generator<void, Omit<NetworkSwept, 'innovations'>> {
  const { stepSize, sampleRatio, decay, network } = problem;
  const { students: units, teachers } = network;
  const { paths } = start;
  const p = h / sampleRatio;
  const root = Math.sqrt(sampleRatio);
  const kernels = new NetworkKernels(problem, h, steps);
  const { size, width, covariance, factor, overlap, along, teacherRoot } = kernels;
  const loss = new NetworkLoss(problem, labels(problem, kernels, start));
  const { gradient } = loss;
  const remainder = new Remainder([...start.teachers, start.label, ...start.starts], units);
  const basis = new Basis(paths, store);
  // z_j, and z_j + e_j/√δ: the weights see the one, the preactivations of the sample the other.
  const [z, moving] = [1, 2].map(() => store.rows(MOST + units, paths));
  const [r, w, before] = [1, 2, 3].map(() => vectors(units, paths));
  const [kick, raw] = vectors(2, paths);
  const drift = new Float64Array(MOST + units);
  const expansion = new Float64Array(MOST);
  const product = new Float64Array(MOST + units);
  /** W, for the weights of `units` rows of each step. */
  const weights = vectors(size * units, MOST + units);
  const trainLoss = new Float64Array(size);
  let normals = units;
  start.starts.forEach((values, a) => {
    z.set(a, values);
    moving.set(a, values);
  });
  for (let a = 0; a < units; a++) weights[a].set(factor.subarray(a * width, a * width + units));

  /** Change of row k + 1 of a linear recursion by the ridge alone. */
  const shrink = (now: number, last: number, k: number): number =>
    -decay * h * (k === 0 ? now : NOW * now + BEFORE * last);

  /** A standard normal of every path, orthogonal to those before, for the last vector of the basis. */
  function draw(): void {
    start.normals(loss.output, raw, true);
    start.whiten(raw, z, normals, product);
    z.set(normals, raw);
    mix(1, raw, 1 / root, basis.rest);
    moving.set(normals++, raw);
  }

  for (let k = 0; ; k++) {
    for (let a = 0; a < units; a++) {
      for (const [field, rows] of [
        [r[a], moving],
        [w[a], z],
      ] as const) {
        field.fill(0);
        addRows(field, start.teachers, along, (k * units + a) * teachers);
        rows.addTo(field, weights[k * units + a], normals);
      }
      before[a].set(gradient[a]);
    }
    trainLoss[k] = loss.evaluate(r) / paths;
    if (k === steps) break;
    if (!(trainLoss[k] < RUNAWAY)) {
      trainLoss.fill(NaN, k);
      break;
    }
    yield;

    remainder.at(w);
    const own = (h * normals) / paths;
    const known = normals;
    for (let a = 0; a < units; a++) {
      const [now, next] = [k * units + a, (k + 1) * units + a];
      const last = Math.max(0, now - units);
      kick.set(gradient[a]);
      if (k > 0) mix(NOW, kick, BEFORE, before[a]);
      remainder.of(kick, raw);
      z.dots(kick, known, drift);
      const toTeachers = start.teachers.map((teacher) => meanProduct(kick, teacher));
      mix(-stepSize * p, kick, stepSize * own, raw);
      if (basis.expand(kick, expansion)) draw();
      for (let j = 0; j < normals; j++) {
        let value = weights[now][j] + shrink(weights[now][j], weights[last][j], k);
        if (j >= units) value += root * expansion[j - units];
        if (j < known) value -= (stepSize * h * drift[j]) / paths;
        weights[next][j] = value;
      }
      for (let n = 0; n < teachers; n++) {
        const [here, there] = [overlap[now * teachers + n], overlap[last * teachers + n]];
        let sum = 0;
        for (let m = 0; m < teachers; m++) sum += teacherRoot[n * teachers + m] * toTeachers[m];
        overlap[next * teachers + n] = here + shrink(here, there, k) - stepSize * h * sum;
      }
    }
    kernels.project(k + 1);
    for (let row = (k + 1) * units; row < (k + 2) * units; row++) {
      for (let other = 0; other < (k + 2) * units; other++) {
        let sum = kernels.alongBoth(row, other);
        for (let j = 0; j < normals; j++) sum += weights[row][j] * weights[other][j];
        covariance[row * width + other] = sum;
      }
    }
  }
  return { trainLoss, kernels };
}
