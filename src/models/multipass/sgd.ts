/** SGD on n samples that it visits again and again (theory: multi-pass SGD, section 0), one run in float64. */
import { streams, threefry } from '../../math/threefry.ts';
import type { Oracle, Span } from '../model.ts';
import type { MultipassConfig } from './parameters.ts';
import { initialWeights } from './start.ts';
import type { StatisticName } from './statistics.ts';
import { meanOf, RUNAWAY, type TrainingSet } from './trainingSet.ts';

const words = new Uint32Array(4);

/** The sample of a run's visit number `visit`, whatever the batch size. */
export function visitedSample(seed: number, run: number, visit: number, samples: number): number {
  threefry(words, Math.floor(visit / 4), 0, run, streams.visits, seed, 0, 0, 0);
  return Math.floor(words[visit % 4] * 2 ** -32 * samples);
}

/** Samples on which SGD measures its train loss at least, where they are not kept in memory. */
const FEW = 256;

/** How many samples SGD measures its train loss on: the first ones. */
export function measuredSamples(kept: number, samples: number): number {
  return Math.max(kept, Math.min(samples, FEW));
}

export function sgdOracle(
  config: MultipassConfig,
  teacher: Float64Array,
  run: number,
  set: TrainingSet,
): Oracle<StatisticName> {
  const { dimension, seed, stepSize, ridge, batchSize } = config;
  const { rows, pair, samples } = set;
  const weights = initialWeights(config, run);
  const [x, gradient] = [new Float64Array(dimension), new Float64Array(dimension)];
  const [r, y, slope, curvature] = Array.from({ length: 4 }, () => new Float64Array(1));
  const scale = 1 / Math.sqrt(dimension);
  const shrink = (stepSize * ridge * batchSize) / dimension;
  const measured = measuredSamples(rows.kept, samples);
  const [outputs, slopes, curvatures] = Array.from({ length: 3 }, () => new Float64Array(measured));
  let blowUp = NaN;

  function step(index: number): boolean {
    gradient.fill(0);
    for (let visit = index * batchSize; visit < (index + 1) * batchSize; visit++) {
      const i = visitedSample(seed, run, visit, samples);
      rows.get(i, x);
      let sum = 0;
      for (let j = 0; j < dimension; j++) sum += x[j] * weights[j];
      r[0] = sum * scale;
      if (!(Math.abs(r[0]) <= RUNAWAY)) return false;
      y[0] = set.labelOf(i, x);
      pair.derivatives(r, y, slope, curvature);
      for (let j = 0; j < dimension; j++) gradient[j] += slope[0] * x[j];
    }
    for (let j = 0; j < dimension; j++) weights[j] -= stepSize * scale * gradient[j] + shrink * weights[j];
    return true;
  }

  return {
    get blowUp() {
      return blowUp;
    },
    advance(span: Span) {
      for (let k = 0; k < span.steps && Number.isNaN(blowUp); k++) {
        if (!step(span.step + k)) blowUp = span.t + k * span.dt;
      }
    },
    statistics() {
      set.preactivations(weights, measured, outputs);
      const sum = pair.derivatives(outputs, set.labelFirst(measured), slopes, curvatures);
      return {
        trainLoss: sum / measured,
        squaredNorm: meanOf(weights, weights),
        overlap: meanOf(weights, teacher),
      };
    },
  };
}
