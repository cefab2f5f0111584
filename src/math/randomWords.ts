/** A sequence of random numbers from Threefry counters: for algorithms that draw as many as they happen to need. */
import { normalQuantile } from './gaussian.ts';
import { threefry } from './threefry.ts';

export class RandomWords {
  readonly #words = new Uint32Array(4);
  readonly #key: readonly [seed: number, stream: number, index: number];
  #block = 0;
  #used = 4;

  /** Sequences of different (seed, stream, index) are independent. */
  constructor(seed: number, stream: number, index: number) {
    this.#key = [seed, stream, index];
  }

  /** Uniform on 0 … 2³² − 1. */
  word(): number {
    if (this.#used === 4) {
      const [seed, stream, index] = this.#key;
      threefry(this.#words, this.#block++, 0, index, stream, seed, 0, 0, 0);
      this.#used = 0;
    }
    return this.#words[this.#used++];
  }

  /** Uniform on (0, 1). */
  uniform(): number {
    return (this.word() + 0.5) * 2 ** -32;
  }
}

/** Puts every `group` consecutive entries in random order. */
export function shuffleGroups(random: RandomWords, order: Uint32Array, group: number): void {
  for (let start = 0; start < order.length; start += group) {
    for (let i = Math.min(group, order.length - start) - 1; i > 0; i--) {
      const j = Math.floor(random.uniform() * (i + 1));
      const kept = order[start + i];
      order[start + i] = order[start + j];
      order[start + j] = kept;
    }
  }
}

/**
 * Standard normals, every `group` consecutive ones from different strata of equal probability, in random order.
 * @param order where the n-th number goes, a permutation of the places of `out`; left in another order
 */
export function stratifiedNormals(
  random: RandomWords,
  order: Uint32Array,
  group: number,
  out: Float64Array,
): void {
  shuffleGroups(random, order, group);
  for (let n = 0; n < order.length; n++) {
    const size = Math.min(group, order.length - n + (n % group));
    out[order[n]] = normalQuantile(((n % group) + random.uniform()) / size);
  }
}

/** Keys are told apart as far as this many equal intervals of their range do. */
const BUCKETS = 65536;

/** Places of `keys` in ascending order of the keys, which must be finite; nearly equal ones keep their order. */
export class Ranking {
  readonly order: Uint32Array;
  readonly #bucket: Uint16Array;
  readonly #next = new Uint32Array(BUCKETS + 1);

  constructor(length: number) {
    this.order = new Uint32Array(length);
    this.#bucket = new Uint16Array(length);
  }

  sort(keys: Float64Array): Uint32Array {
    const n = keys.length;
    const bucket = this.#bucket;
    const next = this.#next;
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < n; i++) {
      if (keys[i] < low) low = keys[i];
      if (keys[i] > high) high = keys[i];
    }
    const scale = high > low ? (BUCKETS - 0.5) / (high - low) : 0;
    next.fill(0);
    for (let i = 0; i < n; i++) {
      bucket[i] = (keys[i] - low) * scale;
      next[bucket[i] + 1]++;
    }
    for (let b = 1; b < BUCKETS; b++) next[b] += next[b - 1];
    for (let i = 0; i < n; i++) this.order[next[bucket[i]]++] = i;
    return this.order;
  }
}
