/**
 * The modified equation of SGD and gradient flow (theory: multi-pass SGD, sections 0 to 2), one run in float64.
 *
 *     dθ = −(η/√d) Σᵢ ℓ′(rᵢ; yᵢ) xᵢ dΛᵢ − ρθ dt,   dΛᵢ = dt/δ + dBᵢ/√δ (Itô) or dt/δ
 *
 * with a Brownian motion for each sample: their sum has the covariance of the gradients up to a part of rank one, which
 * is negligible. Euler–Maruyama for the one, of weak order 1; Heun's method for the other, of order 2.
 */
import { fillNormals } from '../../math/normal.ts';
import { streams } from '../../math/threefry.ts';
import type { Oracle, Span } from '../model.ts';
import type { MultipassConfig } from './parameters.ts';
import { initialWeights } from './start.ts';
import type { StatisticName } from './statistics.ts';
import { meanOf, RUNAWAY, type TrainingSet } from './trainingSet.ts';

/** A state with what is known there: evaluated once, though measured and stepped from. */
class Place {
  readonly weights: Float64Array;
  /** ℓ′(rᵢ; yᵢ) */
  readonly slope: Float64Array;
  /** Sum of ℓ(rᵢ; yᵢ). */
  loss = NaN;
  readonly #set: TrainingSet;
  readonly #outputs: Float64Array;
  readonly #curvature: Float64Array;

  constructor(set: TrainingSet, weights: Float64Array) {
    this.#set = set;
    this.weights = weights;
    [this.slope, this.#outputs, this.#curvature] = [1, 2, 3].map(() => new Float64Array(set.samples));
  }

  moved(): void {
    this.loss = NaN;
  }

  /** False where the run has diverged. */
  evaluate(): boolean {
    if (!Number.isNaN(this.loss)) return true;
    const { samples, pair } = this.#set;
    const r = this.#outputs;
    this.#set.preactivations(this.weights, samples, r);
    if (!r.every((value) => Math.abs(value) <= RUNAWAY)) return false;
    this.loss = pair.derivatives(r, this.#set.labelFirst(samples), this.slope, this.#curvature);
    return true;
  }
}

type Step = (index: number, dt: number) => boolean;

function oracleOf(teacher: Float64Array, place: Place, samples: number, step: Step): Oracle<StatisticName> {
  let blowUp = NaN;
  return {
    get blowUp() {
      return blowUp;
    },
    advance(span: Span) {
      for (let k = 0; k < span.steps && Number.isNaN(blowUp); k++) {
        if (!step(span.step + k, span.dt)) blowUp = span.t + k * span.dt;
      }
    },
    statistics() {
      const trainLoss = place.evaluate() ? place.loss / samples : NaN;
      const { weights } = place;
      return { trainLoss, squaredNorm: meanOf(weights, weights), overlap: meanOf(weights, teacher) };
    },
  };
}

export function smeOracle(
  config: MultipassConfig,
  teacher: Float64Array,
  run: number,
  set: TrainingSet,
): Oracle<StatisticName> {
  const { dimension, seed, stepSize, ridge, sampleRatio } = config;
  const { samples, rows } = set;
  const place = new Place(set, initialWeights(config, run));
  const { weights, slope } = place;
  const normals = new Float64Array(4 * Math.ceil(samples / 4));
  const kick = new Float64Array(samples);

  return oracleOf(teacher, place, samples, (index, dt) => {
    if (!place.evaluate()) return false;
    fillNormals(normals, samples, seed, streams.brownian, index, run, 0);
    const mean = dt / sampleRatio;
    const factor = -stepSize / Math.sqrt(dimension);
    for (let i = 0; i < samples; i++) {
      kick[i] = factor * slope[i] * (mean + Math.sqrt(mean) * normals[i]);
    }
    const shrink = 1 - stepSize * ridge * dt;
    for (let j = 0; j < dimension; j++) weights[j] *= shrink;
    rows.addTo(weights, kick);
    place.moved();
    return true;
  });
}

export function flowOracle(
  config: MultipassConfig,
  teacher: Float64Array,
  run: number,
  set: TrainingSet,
): Oracle<StatisticName> {
  const { dimension, stepSize, ridge, sampleRatio } = config;
  const { samples, rows } = set;
  const place = new Place(set, initialWeights(config, run));
  const ahead = new Place(set, new Float64Array(dimension));
  const kick = new Float64Array(samples);
  const [start, end] = [new Float64Array(dimension), new Float64Array(dimension)];
  const factor = -stepSize / (sampleRatio * Math.sqrt(dimension));

  /** dθ/dt at a place to `out`; false where the run has diverged. */
  function rate(at: Place, out: Float64Array): boolean {
    if (!at.evaluate()) return false;
    for (let i = 0; i < samples; i++) kick[i] = factor * at.slope[i];
    for (let j = 0; j < dimension; j++) out[j] = -stepSize * ridge * at.weights[j];
    rows.addTo(out, kick);
    return true;
  }

  return oracleOf(teacher, place, samples, (_index, dt) => {
    const { weights } = place;
    if (!rate(place, start)) return false;
    for (let j = 0; j < dimension; j++) ahead.weights[j] = weights[j] + dt * start[j];
    ahead.moved();
    if (!rate(ahead, end)) return false;
    for (let j = 0; j < dimension; j++) weights[j] += (dt / 2) * (start[j] + end[j]);
    place.moved();
    return true;
  });
}
