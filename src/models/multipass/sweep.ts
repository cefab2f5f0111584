/**
 * One batch of paths of SGD or its modified equation, with the kernels that it defines itself: a single sweep forward in
 * time on the grid t_k = kh (theory: multi-pass SGD, section 4). It takes 0.45 µs per path and step up to some 300 steps,
 * beyond which products with all earlier steps, O(steps² paths), show; 12 bytes of memory per path and step.
 */
import type { Rows, RowStore } from '../../math/rows.ts';
import { Kernels } from './kernels.ts';
import { losses } from './losses.ts';
import type { Problem } from './onePass.ts';
import type { Driver, PathNoise } from './pathNoise.ts';
import { meanProduct } from './pathStart.ts';
import { alongVisits, byParts } from './responses.ts';

/** On the grid, step after step; the train loss is NaN from where a batch went astray. */
export interface Swept {
  readonly trainLoss: Float64Array;
  readonly kernels: Kernels;
  /** Innovations of w, orthonormal: what a coarser grid shares. */
  readonly innovations: Rows;
}

/**
 * Factor by which the squared norm, or the mean square of the preactivations, may exceed all that was before it after
 * one step: a batch that does more has gone astray, by noise in rows of C that its innovations cannot bear.
 */
const LEAP = 4;

/** Visits per path above which their squares cost more than the integration by parts. */
const MANY_VISITS = 24;

/** η sup|ℓ″| above which a chain of visits may amplify a perturbation: few paths would carry the mean. */
const EXPANDING = 2.5;

export function* sweep(
  problem: Problem,
  driver: Driver,
  h: number,
  steps: number,
  noise: PathNoise,
  store: RowStore,
): Generator<void, Swept> {
  const { stepSize, sampleRatio, teacherNorm, labelNoise } = problem;
  const { start } = noise;
  const { paths, teacher } = start;
  const pair = losses[problem.loss];
  const kernels = new Kernels(problem, h, steps);
  const { size, factor, response } = kernels;
  const few = driver === 'sgd' && (steps * h) / sampleRatio <= MANY_VISITS;
  const tame = stepSize * pair.steepest <= EXPANDING;
  const estimate = few && tame ? alongVisits(problem, h, kernels, paths) : byParts(problem, h, kernels);

  const vector = (): Float64Array => new Float64Array(paths);
  const [r, slope, curvature, increment, kick, moved, raw, next] = Array.from({ length: 8 }, vector);
  const [z, field, kicks] = [size, size, steps].map((rows) => store.rows(rows, paths));
  const sums = (): Float64Array => new Float64Array(size);
  const [slopeField, slopeInnovation, memory] = Array.from({ length: 3 }, sums);
  const root = Math.sqrt(teacherNorm);
  const y = vector().map((_, i) => pair.label(root * teacher[i], labelNoise * start.label[i]));
  const trainLoss = sums();

  start.classify(y);
  z.set(0, start.start);
  for (let i = 0; i < paths; i++) r[i] = kernels.teacherFactor(0) * teacher[i] + factor[0] * start.start[i];
  let bound = kernels.covariance[0] + meanProduct(r, r);
  for (let k = 0; ; k++) {
    field.set(k, r);
    trainLoss[k] = pair.derivatives(r, y, slope, curvature) / paths;
    const present = Math.max(kernels.covariance[k * size + k], meanProduct(r, r));
    // Also where it is no number.
    if (!(present <= LEAP * bound)) {
      trainLoss.fill(NaN, k);
      break;
    }
    if (k === steps) break;
    bound = Math.max(bound, present + stepSize ** 2 * h * (1 + 1 / sampleRatio) * meanProduct(slope, slope));
    yield;

    noise.increments(k, r, slope, increment);
    for (let i = 0; i < paths; i++) {
      kick[i] = -stepSize * slope[i] * increment[i];
      moved[i] = r[i] + kick[i];
    }

    kicks.set(k, kick);
    field.dots(slope, k + 1, slopeField);
    for (let l = 0; l <= k; l++) slopeField[l] /= paths;
    if (estimate.byInnovations) {
      z.dots(slope, k + 1, slopeInnovation);
      for (let l = 0; l <= k; l++) slopeInnovation[l] /= paths;
    }
    estimate.row(k, curvature, increment, slopeInnovation, memory);
    kernels.respond(k, memory);
    kernels.correlate(k, slopeField, root * meanProduct(slope, teacher));

    // r_{k+1} without the innovation and the jump of this step.
    const along = kernels.teacherFactor(k + 1);
    for (let i = 0; i < paths; i++) next[i] = along * teacher[i];
    z.addTo(next, factor.subarray((k + 1) * size), k + 1);
    kicks.addTo(next, response.subarray((k + 1) * size), k);
    kernels.close(k, meanProduct(slope, next), stepSize ** 2 * h * meanProduct(slope, slope));

    noise.innovation(k + 1, moved, z, raw);
    z.set(k + 1, raw);
    const spread = factor[(k + 1) * size + k + 1];
    for (let i = 0; i < paths; i++) r[i] = next[i] + kick[i] + spread * raw[i];
  }
  return { trainLoss, kernels, innovations: z };
}
