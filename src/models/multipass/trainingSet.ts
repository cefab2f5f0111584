/** What one run learns from: its samples and their labels (theory: multi-pass SGD, section 0). */
import { normalAt } from '../../math/normal.ts';
import { streams } from '../../math/threefry.ts';
import { losses, type LossPair } from './losses.ts';
import type { MultipassConfig } from './parameters.ts';
import type { TrainingRows } from './trainingRows.ts';

/** Preactivation beyond which a run has diverged: losses beyond 10¹² tell nothing. */
export const RUNAWAY = 1e6;

export class TrainingSet {
  readonly rows: TrainingRows;
  readonly pair: LossPair;
  /** y, one of each sample; those that are not kept in memory are labelled when they are first needed. */
  readonly label: Float64Array;
  readonly #scale: number;
  readonly #teacher: Float64Array;
  readonly #noise: (i: number) => number;
  #labelled = 0;

  constructor(config: MultipassConfig, teacher: Float64Array, run: number, rows: TrainingRows) {
    const { loss, labelNoise, seed } = config;
    this.rows = rows;
    this.pair = losses[loss];
    this.#scale = 1 / Math.sqrt(config.dimension);
    this.#teacher = teacher;
    this.#noise = (i) => (labelNoise > 0 ? labelNoise * normalAt(seed, streams.trainingNoise, 0, run, i) : 0);
    this.label = new Float64Array(rows.samples).fill(NaN);
    this.labelFirst(rows.kept);
  }

  get samples(): number {
    return this.rows.samples;
  }

  /** Labels of the first `count` samples. */
  labelFirst(count: number): Float64Array {
    if (count > this.#labelled) {
      const outputs = new Float64Array(count);
      this.preactivations(this.#teacher, count, outputs);
      for (let i = this.#labelled; i < count; i++)
        this.label[i] = this.pair.label(outputs[i], this.#noise(i));
      this.#labelled = count;
    }
    return this.label.subarray(0, count);
  }

  /** Label of sample i, the features of which are x. */
  labelOf(i: number, x: Float64Array): number {
    if (Number.isNaN(this.label[i])) {
      let sum = 0;
      for (let j = 0; j < x.length; j++) sum += this.#teacher[j] * x[j];
      this.label[i] = this.pair.label(sum * this.#scale, this.#noise(i));
    }
    return this.label[i];
  }

  /** r_i = ⟨x_i, θ⟩/√d of the first `count` samples to `out`. */
  preactivations(weights: Float64Array, count: number, out: Float64Array): void {
    this.rows.dots(weights, count, out);
    for (let i = 0; i < count; i++) out[i] *= this.#scale;
  }
}

/** Mean product of the entries of two vectors. */
export function meanOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum / a.length;
}
