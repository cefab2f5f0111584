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

/** Numbers in a block of rows: products with a block take some milliseconds. */
const BLOCK = 2 ** 24;

/** Does at once what is done in pieces. */
export function finish(pieces: Generator<void>): void {
  while (!pieces.next().done);
}

/** Where something takes long it is a generator, which ends a piece of some milliseconds with each yield. */
export class TrainingRows {
  readonly samples: number;
  readonly kept: number;
  readonly dimension: number;
  /** Lives as long as its rows. */
  readonly store: RowStore;
  readonly #seed: number;
  readonly #run: number;
  /** Rows that a block holds; the last one may hold fewer. */
  readonly #blockRows: number;
  readonly #blocks: readonly Rows[];
  readonly #chunk: Rows;
  readonly #draw: Float64Array;
  readonly #part: Float64Array;
  #drawnRows = 0;

  /** The first `kept` samples stay in memory, once they are drawn. */
  constructor(config: Sized & Pick<MultipassConfig, 'seed'>, run: number, kept: number, store: RowStore) {
    const { dimension, seed } = config;
    this.samples = sampleCount(config);
    this.kept = kept;
    this.dimension = dimension;
    this.store = store;
    this.#seed = seed;
    this.#run = run;
    this.#draw = new Float64Array(4 * Math.ceil(dimension / 4));
    this.#blockRows = CHUNK * Math.max(1, Math.floor(BLOCK / (CHUNK * dimension)));
    const blocks = Math.ceil(kept / this.#blockRows);
    this.#blocks = Array.from({ length: blocks }, (_, b) =>
      store.rows(Math.min(this.#blockRows, kept - b * this.#blockRows), dimension),
    );
    this.#chunk = store.rows(kept < this.samples ? CHUNK : 0, dimension);
    this.#part = new Float64Array(Math.max(CHUNK, Math.min(this.#blockRows, kept)));
  }

  /** Draws the samples that stay in memory, where that has not been done. */
  *drawing(): Generator<void> {
    while (this.#drawnRows < this.kept) {
      const i = this.#drawnRows++;
      this.#blocks[Math.floor(i / this.#blockRows)].set(i % this.#blockRows, this.#drawn(i));
      if (i % CHUNK === CHUNK - 1) yield;
    }
  }

  /** Sample i, in float32, to `out` of length d. */
  get(i: number, out: Float64Array): void {
    if (i < this.kept) {
      if (i >= this.#drawnRows) finish(this.drawing());
      this.#blocks[Math.floor(i / this.#blockRows)].get(i % this.#blockRows, out);
      return;
    }
    const row = this.#drawn(i);
    for (let j = 0; j < row.length; j++) out[j] = Math.fround(row[j]);
  }

  /** out[k][i] = ⟨x_i, vectors[k]⟩ for the first `count` samples. */
  *dots(vectors: readonly Float64Array[], count: number, out: readonly Float64Array[]): Generator<void> {
    for (const { rows, first, size } of this.#stacks(count)) {
      if (first > 0) yield;
      // Nothing is held over a yield: a run of another task may use the same rows meanwhile.
      const stack = rows();
      vectors.forEach((vector, k) => {
        stack.dots(vector, size, this.#part);
        out[k].set(this.#part.subarray(0, size), first);
      });
    }
  }

  /** vectors[k] += Σ_i factors[k][i] x_i over all samples. */
  *addTo(vectors: readonly Float64Array[], factors: readonly Float64Array[]): Generator<void> {
    for (const { rows, first, size } of this.#stacks(this.samples)) {
      if (first > 0) yield;
      const stack = rows();
      vectors.forEach((vector, k) => stack.addTo(vector, factors[k].subarray(first), size));
    }
  }

  /** The first `count` samples in stacks: blocks in memory, then chunks that are drawn again when asked for. */
  *#stacks(count: number): Generator<{ rows: () => Rows; first: number; size: number }> {
    const kept = Math.min(count, this.kept);
    for (let first = 0; first < kept; first += this.#blockRows) {
      const block = this.#blocks[first / this.#blockRows];
      yield { rows: () => block, first, size: Math.min(this.#blockRows, kept - first) };
    }
    for (let first = kept; first < count; first += CHUNK) {
      const size = Math.min(CHUNK, count - first);
      yield { rows: () => this.#drawChunk(first, size), first, size };
    }
  }

  #drawn(i: number): Float64Array {
    fillNormals(this.#draw, this.dimension, this.#seed, streams.trainingSamples, 0, this.#run, i);
    return this.#draw.subarray(0, this.dimension);
  }

  #drawChunk(first: number, size: number): Rows {
    for (let i = 0; i < size; i++) this.#chunk.set(i, this.#drawn(first + i));
    return this.#chunk;
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
