/**
 * The modified equation of SGD and gradient flow (theory: multi-pass SGD, sections 0 to 2 and 6), one run in float64.
 *
 *     dθ = −(η/√d) Σᵢ ℓ_r(rᵢ; yᵢ) xᵢ dΛᵢ − ρθ dt,   dΛᵢ = dt/δ + dBᵢ/√δ (Itô) or dt/δ
 *
 * for every hidden unit, with a Brownian motion for each sample: their sum has the covariance of the gradients up to a part of rank one, which
 * is negligible. Euler–Maruyama for the one, of weak order 1; Heun's method for the other, of order 2.
 */
import { fillNormals } from '../../math/normal.ts';
import { streams } from '../../math/threefry.ts';
import type { Oracle, Span } from '../model.ts';
import type { MultipassConfig } from './parameters.ts';
import type { NetworkLoss } from './networkProblem.ts';
import { initialWeights, unitsOf } from './start.ts';
import { measure, type StatisticName } from './statistics.ts';
import { finish } from './trainingRows.ts';
import { RUNAWAY, type TrainingSet } from './trainingSet.ts';

/** A state with what is known there: evaluated once, though measured and stepped from. */
class Place {
  /** One vector of each unit. */
  readonly weights: readonly Float64Array[];
  /** Sum of ℓ(f(x_i); y_i). */
  loss = NaN;
  readonly #set: TrainingSet;
  readonly #fields: readonly Float64Array[];
  readonly #losses: NetworkLoss;

  constructor(set: TrainingSet, weights: readonly Float64Array[]) {
    this.#set = set;
    this.weights = weights;
    this.#fields = weights.map(() => new Float64Array(set.samples));
    this.#losses = set.lossOf(set.label);
  }

  /** ℓ_r of every unit and sample. */
  get gradient(): readonly Float64Array[] {
    return this.#losses.gradient;
  }

  moved(): void {
    this.loss = NaN;
  }

  /** False where the run has diverged. */
  *evaluate(): Generator<void, boolean> {
    if (!Number.isNaN(this.loss)) return true;
    const [set, fields] = [this.#set, this.#fields];
    yield* set.labelling(set.samples);
    yield* set.preactivations(this.weights, set.samples, fields);
    if (!fields.every((r) => r.every((value) => Math.abs(value) <= RUNAWAY))) return false;
    this.loss = this.#losses.evaluate(fields);
    return true;
  }
}

type Step = (index: number, dt: number) => Generator<void, boolean>;

function oracleOf(place: Place, { samples, teacher }: TrainingSet, step: Step): Oracle<StatisticName> {
  let blowUp = NaN;

  function* advancing(span: Span): Generator<void> {
    for (let k = 0; k < span.steps && Number.isNaN(blowUp); k++) {
      if (!(yield* step(span.step + k, span.dt))) blowUp = span.t + k * span.dt;
    }
  }

  function* measuring(): Generator<void> {
    yield* place.evaluate();
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
      return measure(place.loss / samples, place.weights, teacher);
    },
  };
}

export function smeOracle(config: MultipassConfig, run: number, set: TrainingSet): Oracle<StatisticName> {
  const { dimension, seed, stepSize, ridge, sampleRatio } = config;
  const { samples, rows } = set;
  const place = new Place(set, unitsOf(initialWeights(config, run), dimension));
  const { weights, gradient } = place;
  const normals = new Float64Array(4 * Math.ceil(samples / 4));
  const kick = weights.map(() => new Float64Array(samples));

  return oracleOf(place, set, function* (index, dt) {
    if (!(yield* place.evaluate())) return false;
    fillNormals(normals, samples, seed, streams.brownian, index, run, 0);
    const mean = dt / sampleRatio;
    const factor = -stepSize / Math.sqrt(dimension);
    const shrink = 1 - stepSize * ridge * dt;
    for (let k = 0; k < weights.length; k++) {
      const [out, slope, unit] = [kick[k], gradient[k], weights[k]];
      for (let i = 0; i < samples; i++) {
        out[i] = factor * slope[i] * (mean + Math.sqrt(mean) * normals[i]);
      }
      for (let j = 0; j < dimension; j++) unit[j] *= shrink;
    }
    yield* rows.addTo(weights, kick);
    place.moved();
    return true;
  });
}

export function flowOracle(config: MultipassConfig, run: number, set: TrainingSet): Oracle<StatisticName> {
  const { dimension, stepSize, ridge, sampleRatio } = config;
  const { samples, rows } = set;
  const place = new Place(set, unitsOf(initialWeights(config, run), dimension));
  const vectors = () => place.weights.map(() => new Float64Array(dimension));
  const ahead = new Place(set, vectors());
  const kick = place.weights.map(() => new Float64Array(samples));
  const [start, end] = [vectors(), vectors()];
  const factor = -stepSize / (sampleRatio * Math.sqrt(dimension));

  /** dθ/dt at a place to `out`; false where the run has diverged. */
  function* rate(at: Place, out: readonly Float64Array[]): Generator<void, boolean> {
    if (!(yield* at.evaluate())) return false;
    for (let k = 0; k < out.length; k++) {
      for (let i = 0; i < samples; i++) kick[k][i] = factor * at.gradient[k][i];
      for (let j = 0; j < dimension; j++) out[k][j] = -stepSize * ridge * at.weights[k][j];
    }
    yield* rows.addTo(out, kick);
    return true;
  }

  return oracleOf(place, set, function* (_index, dt) {
    const { weights } = place;
    if (!(yield* rate(place, start))) return false;
    for (let k = 0; k < weights.length; k++) {
      for (let j = 0; j < dimension; j++) ahead.weights[k][j] = weights[k][j] + dt * start[k][j];
    }
    ahead.moved();
    if (!(yield* rate(ahead, end))) return false;
    for (let k = 0; k < weights.length; k++) {
      for (let j = 0; j < dimension; j++) weights[k][j] += (dt / 2) * (start[k][j] + end[k][j]);
    }
    place.moved();
    return true;
  });
}
