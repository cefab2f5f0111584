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
  /** y, one of each sample. */
  readonly label: Float64Array;
  readonly #scale: number;

  constructor(config: MultipassConfig, teacher: Float64Array, run: number, rows: TrainingRows) {
    const { loss, labelNoise, seed } = config;
    this.rows = rows;
    this.pair = losses[loss];
    this.#scale = 1 / Math.sqrt(config.dimension);
    const outputs = new Float64Array(rows.samples);
    rows.dots(teacher, rows.samples, outputs);
    this.label = outputs.map((output, i) => {
      const noise = labelNoise > 0 ? labelNoise * normalAt(seed, streams.trainingNoise, 0, run, i) : 0;
      return this.pair.label(output * this.#scale, noise);
    });
  }

  get samples(): number {
    return this.rows.samples;
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
