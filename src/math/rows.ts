/** A stack of long rows, and the two products that a history of paths needs. */

export interface Rows {
  /** Copies `values` to a row. */
  set(index: number, values: Float64Array): void;
  /** Copies a row to `out`. */
  get(index: number, out: Float64Array): void;
  /** out[l] = Σᵢ vector[i] row_l[i] for l from 0 to count − 1. */
  dots(vector: Float64Array, count: number, out: Float64Array): void;
  /** vector[i] += Σ_l factors[l] row_l[i] for l from 0 to count − 1. */
  addTo(vector: Float64Array, factors: Float64Array, count: number): void;
}

/** Where rows come from. */
export interface RowStore {
  /** Rows of length `width`, all 0. */
  rows(capacity: number, width: number): Rows;
  /** Ends the use of all rows so far. */
  clear(): void;
}

/** Entries that stay in the first-level cache while all rows pass. */
const BLOCK = 1024;

class PlainRows implements Rows {
  readonly #width: number;
  readonly #data: Float32Array | Float64Array;

  constructor(data: Float32Array | Float64Array, width: number) {
    this.#width = width;
    this.#data = data;
  }

  set(index: number, values: Float64Array): void {
    this.#data.set(values, index * this.#width);
  }

  get(index: number, out: Float64Array): void {
    out.set(this.#data.subarray(index * this.#width, (index + 1) * this.#width));
  }

  dots(vector: Float64Array, count: number, out: Float64Array): void {
    const data = this.#data;
    const width = this.#width;
    out.fill(0, 0, count);
    for (let start = 0; start < width; start += BLOCK) {
      const end = Math.min(width, start + BLOCK);
      let l = 0;
      for (; l + 4 <= count; l += 4) {
        const a = l * width;
        const b = a + width;
        const c = b + width;
        const d = c + width;
        let p = 0;
        let q = 0;
        let r = 0;
        let s = 0;
        for (let i = start; i < end; i++) {
          const v = vector[i];
          p += v * data[a + i];
          q += v * data[b + i];
          r += v * data[c + i];
          s += v * data[d + i];
        }
        out[l] += p;
        out[l + 1] += q;
        out[l + 2] += r;
        out[l + 3] += s;
      }
      for (; l < count; l++) {
        const a = l * width;
        let p = 0;
        for (let i = start; i < end; i++) p += vector[i] * data[a + i];
        out[l] += p;
      }
    }
  }

  addTo(vector: Float64Array, factors: Float64Array, count: number): void {
    const data = this.#data;
    const width = this.#width;
    for (let start = 0; start < width; start += BLOCK) {
      const end = Math.min(width, start + BLOCK);
      let l = 0;
      for (; l + 4 <= count; l += 4) {
        const a = l * width;
        const b = a + width;
        const c = b + width;
        const d = c + width;
        const p = factors[l];
        const q = factors[l + 1];
        const r = factors[l + 2];
        const s = factors[l + 3];
        for (let i = start; i < end; i++) {
          vector[i] += p * data[a + i] + q * data[b + i] + r * data[c + i] + s * data[d + i];
        }
      }
      for (; l < count; l++) {
        const a = l * width;
        const p = factors[l];
        for (let i = start; i < end; i++) vector[i] += p * data[a + i];
      }
    }
  }
}

/** Rows in the heap of JavaScript. */
export const plainRows: RowStore = {
  rows: (capacity, width) => new PlainRows(new Float64Array(capacity * width), width),
  clear: () => undefined,
};

/** The same in half the memory: entries are rounded, sums are not. */
export const singleRows: RowStore = {
  rows: (capacity, width) => new PlainRows(new Float32Array(capacity * width), width),
  clear: () => undefined,
};
