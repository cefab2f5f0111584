/**
 * The n samples of one run, x_i ~ N(0, I_d), in float32: numbers of a counter, so that what does not fit into memory is
 * drawn again whenever it is needed, and is the same.
 */
import { fillNormals } from '../../math/normal.ts';
import type { Rows, RowStore } from '../../math/rows.ts';
import { streams } from '../../math/threefry.ts';
import type { MultipassConfig } from './parameters.ts';

/** Bytes that the samples of all runs may take together. */
const MEMORY = 2 ** 29;

/** Samples that are drawn again at a time; a multiple of 4, as rows are summed four by four. */
const CHUNK = 64;

type Sized = Pick<MultipassConfig, 'dimension' | 'sampleRatio'>;

/** n = δd, rounded. */
export function sampleCount({ dimension, sampleRatio }: Sized): number {
  return Math.max(1, Math.round(sampleRatio * dimension));
}

/** How many samples of each run stay in memory. */
export function keptSamples(config: Sized & Pick<MultipassConfig, 'runs'>): number {
  const most = Math.floor(MEMORY / (4 * config.dimension * config.runs));
  const samples = sampleCount(config);
  return most >= samples ? samples : CHUNK * Math.floor(most / CHUNK);
}

export class TrainingRows {
  readonly samples: number;
  readonly kept: number;
  readonly dimension: number;
  /** Lives as long as its rows. */
  readonly store: RowStore;
  readonly #seed: number;
  readonly #run: number;
  readonly #rows: Rows;
  readonly #chunk: Rows;
  readonly #draw: Float64Array;
  readonly #part = new Float64Array(CHUNK);

  /** The first `kept` samples stay in memory. */
  constructor(config: Sized & Pick<MultipassConfig, 'seed'>, run: number, kept: number, store: RowStore) {
    this.samples = sampleCount(config);
    this.kept = kept;
    this.dimension = config.dimension;
    this.store = store;
    this.#seed = config.seed;
    this.#run = run;
    this.#draw = new Float64Array(4 * Math.ceil(config.dimension / 4));
    this.#rows = store.rows(kept, config.dimension);
    this.#chunk = store.rows(kept < this.samples ? CHUNK : 0, config.dimension);
    for (let i = 0; i < kept; i++) this.#rows.set(i, this.#drawn(i));
  }

  /** Sample i, in float32, to `out` of length d. */
  get(i: number, out: Float64Array): void {
    if (i < this.kept) {
      this.#rows.get(i, out);
      return;
    }
    const row = this.#drawn(i);
    for (let j = 0; j < row.length; j++) out[j] = Math.fround(row[j]);
  }

  /** out[k][i] = ⟨x_i, vectors[k]⟩ for the first `count` samples. */
  dots(vectors: readonly Float64Array[], count: number, out: readonly Float64Array[]): void {
    const kept = Math.min(count, this.kept);
    vectors.forEach((vector, k) => this.#rows.dots(vector, kept, out[k]));
    for (let first = kept; first < count; first += CHUNK) {
      const size = this.#drawChunk(first, count);
      vectors.forEach((vector, k) => {
        this.#chunk.dots(vector, size, this.#part);
        out[k].set(this.#part.subarray(0, size), first);
      });
    }
  }

  /** vectors[k] += Σ_i factors[k][i] x_i over all samples. */
  addTo(vectors: readonly Float64Array[], factors: readonly Float64Array[]): void {
    vectors.forEach((vector, k) => this.#rows.addTo(vector, factors[k], this.kept));
    for (let first = this.kept; first < this.samples; first += CHUNK) {
      const size = this.#drawChunk(first, this.samples);
      vectors.forEach((vector, k) => this.#chunk.addTo(vector, factors[k].subarray(first), size));
    }
  }

  #drawn(i: number): Float64Array {
    fillNormals(this.#draw, this.dimension, this.#seed, streams.trainingSamples, 0, this.#run, i);
    return this.#draw.subarray(0, this.dimension);
  }

  #drawChunk(first: number, end: number): number {
    const size = Math.min(CHUNK, end - first);
    for (let i = 0; i < size; i++) this.#chunk.set(i, this.#drawn(first + i));
    return size;
  }
}

/** Stores by what is in them, while some run uses it. */
const stores = new Map<string, WeakRef<RowStore>>();

/** Samples by run. */
const filled = new WeakMap<RowStore, Map<number, TrainingRows>>();

/**
 * The samples of a run: processes that run beside one another share them.
 * @param kind tells stores of different arithmetic apart
 */
export function trainingRows(
  config: MultipassConfig,
  run: number,
  newStore: () => RowStore,
  kind: string,
): TrainingRows {
  const kept = keptSamples(config);
  const key = [kind, config.seed, config.dimension, sampleCount(config), kept].join();
  let store = stores.get(key)?.deref();
  if (!store) {
    for (const [name, reference] of stores) if (!reference.deref()) stores.delete(name);
    store = newStore();
    stores.set(key, new WeakRef(store));
  }
  const runs = filled.get(store) ?? new Map<number, TrainingRows>();
  filled.set(store, runs);
  const rows = runs.get(run) ?? new TrainingRows(config, run, kept, store);
  runs.set(run, rows);
  return rows;
}
