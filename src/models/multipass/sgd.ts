/** SGD on n samples that it visits again and again (theory: multi-pass SGD, section 0), one run in float64. */
import { streams, threefry } from '../../math/threefry.ts';
import type { Oracle, Span } from '../model.ts';
import type { MultipassConfig } from './parameters.ts';
import { initialWeights, unitsOf } from './start.ts';
import { measure, type StatisticName } from './statistics.ts';
import { finish } from './trainingRows.ts';
import { RUNAWAY, type TrainingSet } from './trainingSet.ts';

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

export function sgdOracle(config: MultipassConfig, run: number, set: TrainingSet): Oracle<StatisticName> {
  const { dimension, seed, stepSize, ridge, batchSize } = config;
  const { rows, samples, teacher } = set;
  const weights = unitsOf(initialWeights(config, run), dimension);
  const gradient = weights.map(() => new Float64Array(dimension));
  const x = new Float64Array(dimension);
  const [r, y] = [weights.map(() => new Float64Array(1)), new Float64Array(1)];
  const loss = set.lossOf(y);
  const scale = 1 / Math.sqrt(dimension);
  const shrink = (stepSize * ridge * batchSize) / dimension;
  const measured = measuredSamples(rows.kept, samples);
  const fields = weights.map(() => new Float64Array(measured));
  const training = set.lossOf(set.label.subarray(0, measured));
  let [blowUp, trainLoss] = [NaN, NaN];

  /** Adds ℓ_r x of a sample to the gradient; false where its preactivations run away. */
  function visit(i: number): boolean {
    rows.get(i, x);
    for (let k = 0; k < r.length; k++) {
      r[k][0] = set.preactivation(weights[k], x);
      if (!(Math.abs(r[k][0]) <= RUNAWAY)) return false;
    }
    y[0] = set.labelOf(i, x);
    loss.evaluate(r);
    for (let k = 0; k < r.length; k++) {
      const [slope, sum] = [loss.gradient[k][0], gradient[k]];
      for (let j = 0; j < dimension; j++) sum[j] += slope * x[j];
    }
    return true;
  }

  function* step(index: number): Generator<void, boolean> {
    for (const sum of gradient) sum.fill(0);
    for (let n = index * batchSize; n < (index + 1) * batchSize; n++) {
      const i = visitedSample(seed, run, n, samples);
      if (!visit(i)) return false;
      if (i >= rows.kept) yield;
    }
    for (let k = 0; k < r.length; k++) {
      const [unit, sum] = [weights[k], gradient[k]];
      for (let j = 0; j < dimension; j++) unit[j] -= stepSize * scale * sum[j] + shrink * unit[j];
    }
    return true;
  }

  function* advancing(span: Span): Generator<void> {
    yield* set.labelling(rows.kept);
    for (let k = 0; k < span.steps && Number.isNaN(blowUp); k++) {
      if (!(yield* step(span.step + k))) blowUp = span.t + k * span.dt;
      trainLoss = NaN;
    }
  }

  function* measuring(): Generator<void> {
    if (!Number.isNaN(trainLoss)) return;
    yield* set.labelling(measured);
    yield* set.preactivations(weights, measured, fields);
    trainLoss = training.evaluate(fields) / measured;
  }

  return {
    get blowUp() {
      return blowUp;
    },
    advancing,
    measuring,
    advance: (span) => finish(advancing(span)),
    statistics() {
      finish(measuring());
      return measure(trainLoss, weights, teacher);
    },
  };
}
