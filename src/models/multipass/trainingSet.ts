/** What one run learns from: its samples and their labels (theory: multi-pass SGD, section 0). */
import { normalAt } from '../../math/normal.ts';
import { streams } from '../../math/threefry.ts';
import { networkOf, type Network } from './architecture.ts';
import { losses, type LossPair } from './losses.ts';
import { NetworkLoss, teacherOutput, type NetworkProblem } from './networkProblem.ts';
import type { MultipassConfig } from './parameters.ts';
import { unitsOf } from './start.ts';
import type { TrainingRows } from './trainingRows.ts';

/** Preactivation beyond which a run has diverged: losses beyond 10¹² tell nothing. */
export const RUNAWAY = 1e6;

export class TrainingSet {
  readonly rows: TrainingRows;
  readonly network: Network;
  /** θ*, one vector of each unit. */
  readonly teacher: readonly Float64Array[];
  /** y, one of each sample; samples are labelled when they are first needed. */
  readonly label: Float64Array;
  readonly #problem: NetworkProblem;
  readonly #pair: LossPair;
  readonly #scale: number;
  readonly #noise: (i: number) => number;
  #labelled = 0;

  /** @param teacher θ*, vector after vector */
  constructor(config: MultipassConfig, teacher: Float64Array, run: number, rows: TrainingRows) {
    const { loss, labelNoise, seed, sampleRatio, stepSize, ridge } = config;
    this.rows = rows;
    this.network = networkOf(config);
    this.teacher = unitsOf(teacher, config.dimension);
    const decay = stepSize * ridge;
    this.#problem = { loss, sampleRatio, stepSize, decay, labelNoise, network: this.network };
    this.#pair = losses[loss];
    this.#scale = 1 / Math.sqrt(config.dimension);
    this.#noise = (i) => (labelNoise > 0 ? labelNoise * normalAt(seed, streams.trainingNoise, 0, run, i) : 0);
    this.label = new Float64Array(rows.samples).fill(NaN);
  }

  get samples(): number {
    return this.rows.samples;
  }

  /** Losses of outputs with these labels, which may change. */
  lossOf(labels: Float64Array): NetworkLoss {
    return new NetworkLoss(this.#problem, labels);
  }

  /** Labels the first `count` samples. */
  *labelling(count: number): Generator<void> {
    yield* this.rows.drawing();
    if (count <= this.#labelled) return;
    const fields = this.teacher.map(() => new Float64Array(count));
    yield* this.preactivations(this.teacher, count, fields);
    const outputs = teacherOutput(this.#problem, fields);
    for (let i = this.#labelled; i < count; i++) this.label[i] = this.#pair.label(outputs[i], this.#noise(i));
    this.#labelled = count;
  }

  /** Label of sample i, the features of which are x. */
  labelOf(i: number, x: Float64Array): number {
    if (Number.isNaN(this.label[i])) {
      const fields = this.teacher.map((vector) => Float64Array.of(this.preactivation(vector, x)));
      this.label[i] = this.#pair.label(teacherOutput(this.#problem, fields)[0], this.#noise(i));
    }
    return this.label[i];
  }

  /** ⟨x, θ⟩/√d */
  preactivation(weights: Float64Array, x: Float64Array): number {
    let sum = 0;
    for (let j = 0; j < x.length; j++) sum += weights[j] * x[j];
    return sum * this.#scale;
  }

  /** r_i = ⟨x_i, θ⟩/√d of the first `count` samples and every unit to `out`. */
  *preactivations(
    weights: readonly Float64Array[],
    count: number,
    out: readonly Float64Array[],
  ): Generator<void> {
    yield* this.rows.dots(weights, count, out);
    for (const r of out) for (let i = 0; i < count; i++) r[i] *= this.#scale;
  }
}
