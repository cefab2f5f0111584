/**
 * One batch of paths of SGD or its modified equation for a two-layer network, with the kernels that it defines itself
 * (theory: multi-pass SGD, sections 4 and 6): the sweep of `sweep` with K preactivations in every path, all moved by the
 * same increments of Λ. Products with earlier steps cost K² times as much.
 */
import { cholesky } from '../../math/cholesky.ts';
import type { Rows, RowStore } from '../../math/rows.ts';
import { NetworkKernels } from './networkKernels.ts';
import { add, addRows, labels } from './networkPaths.ts';
import { NetworkLoss, steepest, vectors, type NetworkProblem } from './networkProblem.ts';
import { alongVisits, byParts } from './networkResponses.ts';
import { Remainder } from './ownShare.ts';
import { PathBasis } from './pathBasis.ts';
import type { Driver, PathNoise } from './pathNoise.ts';
import { meanProduct } from './pathStart.ts';

/** On the grid, step after step; the train loss is NaN from where a batch went astray. */
export interface NetworkSwept {
  readonly trainLoss: Float64Array;
  readonly kernels: NetworkKernels;
  /** Innovations of w, orthonormal: what a coarser grid shares. */
  readonly innovations: Rows;
}

/** As in the sweep of a single unit. */
const [LEAP, MANY_VISITS, EXPANDING] = [4, 24, 2.5];

/** −η (gradient · p − own · remainder) to `out`: the kick of a step without its noise. */
function kickOf(
  stepSize: number,
  gradient: Float64Array,
  p: number,
  own: number,
  remainder: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < out.length; i++) out[i] = -stepSize * (gradient[i] * p - own * remainder[i]);
}

/** gradient (increment − p) to `out`. */
function noiseOf(gradient: Float64Array, increment: Float64Array, p: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = gradient[i] * (increment[i] - p);
}

export function* networkSweep(
  problem: NetworkProblem,
  driver: Driver,
  h: number,
  steps: number,
  noise: PathNoise,
  store: RowStore,
): Generator<void, NetworkSwept> {
  const { stepSize, sampleRatio, network } = problem;
  const { students: units, teachers } = network;
  const { start } = noise;
  const { paths } = start;
  const kernels = new NetworkKernels(problem, h, steps);
  const { size, width, factor, response, along, covariance } = kernels;
  const p = h / sampleRatio;
  const few = driver === 'sgd' && steps * p <= MANY_VISITS;
  const tame = stepSize * steepest(problem) <= EXPANDING;
  const estimate = few && tame ? alongVisits(problem, h, kernels, paths) : byParts(problem, h, kernels);
  const loss = new NetworkLoss(problem, labels(problem, kernels, start));
  const { gradient } = loss;
  const remainder = new Remainder([...start.teachers, start.label, ...start.starts], units);

  const [r, w, kick, next] = [1, 2, 3, 4].map(() => vectors(units, paths));
  const [increment, moved, raw] = vectors(3, paths);
  const [z, noises, field, kicks] = [width, steps * units, width, steps * units].map((rows) =>
    store.rows(rows, paths),
  );
  const given = store.rows(teachers + 1, paths);
  const basis = new PathBasis(paths, given, z, noises);
  const [memory, slopeInnovation] = [1, 2].map(() => vectors(units, width));
  const slopeField = new Float64Array(width);
  const [slopeNext, slopeSquare] = vectors(2, units * units);
  const trainLoss = new Float64Array(size);

  /** Share of w_k that the teachers and the first `count` innovations make. */
  function explained(k: number, a: number, count: number, out: Float64Array): void {
    out.fill(0);
    addRows(out, start.teachers, along, (k * units + a) * teachers);
    z.addTo(out, factor.subarray((k * units + a) * width), count);
  }

  for (const values of [...start.teachers, start.label]) basis.append(0, values);
  for (const values of start.starts) basis.append(1, values);
  for (let a = 0; a < units; a++) {
    explained(0, a, units, r[a]);
    w[a].set(r[a]);
  }
  const norm = (k: number): number => {
    let sum = 0;
    for (let a = 0; a < units; a++) sum += covariance[(k * units + a) * (width + 1)];
    return sum;
  };
  const extent = (): number => r.reduce((sum, values) => sum + meanProduct(values, values), 0);
  let bound = norm(0) + extent();
  for (let k = 0; ; k++) {
    const first = k * units;
    const end = first + units;
    r.forEach((values, a) => field.set(first + a, values));
    trainLoss[k] = loss.evaluate(r) / paths;
    const present = Math.max(norm(k), extent());
    // Also where it is no number.
    if (!(present <= LEAP * bound)) {
      trainLoss.fill(NaN, k);
      break;
    }
    if (k === steps) break;
    for (let n = 0; n < slopeSquare.length; n++) {
      slopeSquare[n] = meanProduct(gradient[Math.floor(n / units)], gradient[n % units]);
    }
    const noisy = gradient.reduce((sum, _, a) => sum + slopeSquare[a * (units + 1)], 0);
    bound = Math.max(bound, present + stepSize ** 2 * h * (1 + 1 / sampleRatio) * noisy);
    yield;

    remainder.at(w);
    const own = (h * end) / paths;
    noise.increments(k, loss.output, loss.slope, increment);
    for (let a = 0; a < units; a++) {
      remainder.of(gradient[a], raw);
      kickOf(stepSize, gradient[a], p, own, raw, kick[a]);
      if (estimate.byInnovations) {
        z.dots(gradient[a], end, slopeInnovation[a]);
        for (let j = 0; j < end; j++) slopeInnovation[a][j] /= paths;
      }
    }
    const spread = cholesky(slopeSquare, units)!;
    for (let b = 0; b < units; b++) {
      noiseOf(gradient[b], increment, p, raw);
      basis.complete(raw);
      if (basis.hasRoom) basis.append(2, raw);
      for (let a = b; a < units; a++) {
        add(kick[a], -stepSize * Math.sqrt(p * (1 - p)) * spread[a * units + b], raw);
      }
    }
    kick.forEach((values, a) => kicks.set(first + a, values));
    estimate.rows(k, loss, increment, slopeInnovation, memory);
    for (let a = 0; a < units; a++) {
      field.dots(gradient[a], end, slopeField);
      for (let l = 0; l < end; l++) slopeField[l] /= paths;
      kernels.respond(k, a, memory[a]);
      kernels.correlate(
        k,
        a,
        slopeField,
        Float64Array.from(start.teachers, (teacher) => meanProduct(gradient[a], teacher)),
      );
    }

    // r_{k+1} without the innovation and the jump of this step.
    for (let a = 0; a < units; a++) {
      explained(k + 1, a, end, next[a]);
      w[a].set(next[a]);
      kicks.addTo(next[a], response.subarray((end + a) * width), first);
      for (let b = 0; b < units; b++) slopeNext[a * units + b] = meanProduct(gradient[b], next[a]);
    }
    kernels.close(
      k,
      slopeNext,
      slopeSquare.map((value) => stepSize ** 2 * h * value),
    );

    next.forEach((values, a) => add(values, 1, kick[a]));
    for (let b = 0; b < units; b++) {
      moved.set(r[b]);
      add(moved, 1, kick[b]);
      noise.innovation(end + b, moved, basis, raw);
      basis.append(1, raw);
      for (let a = 0; a < units; a++) {
        const spread = factor[(end + a) * width + end + b];
        add(next[a], spread, raw);
        add(w[a], spread, raw);
      }
    }
    for (let a = 0; a < units; a++) r[a].set(next[a]);
  }
  return { trainLoss, kernels, innovations: z };
}
