/**
 * Threefry4x32-20, a counter-based random number generator: the numbers are a function of counter and key, so
 * any engine, any chunking and any number of runs draws the same ones. Salmon, Moraes, Dror, Shaw, "Parallel
 * random numbers: as easy as 1, 2, 3" (SC 2011). Twin of shaders/lib/threefry.wgsl.
 *
 * Use in this project: counter (block, step, run, stream), key (seed, 0, sample, 0). A vector of length d takes
 * blocks j = 0 … ⌈d/4⌉−1; its coordinate i = w·⌈d/4⌉ + j is word w of block j.
 */

/** Last counter word: what the numbers are for. */
export const streams = {
  /** Features z of sample `sample` at step `step`. */
  features: 1,
  /** Label noise ε: the first normal of block 0. */
  labelNoise: 2,
  /** Brownian increments of the SDE at step `step`. */
  brownian: 3,
  /** Random initial state; `step` numbers its arrays. */
  initial: 4,
  /** Angles of Student t features, the radii of which come from `features`. */
  featureAngles: 5,
  /** Random teachers; `step` numbers them. */
  teacher: 6,
  /** Binary labels: 1 where the uniform number of the first word of block 0 is below their probability. */
  labels: 7,
  /** Paths of the mean-field equations, and what a coarser grid needs besides; `run` is the batch of paths. */
  meanField: 8,
  meanFieldCoarse: 9,
  /** Samples of a data file: the first word of block 0 picks one. */
  rows: 10,
  /** Features of training sample `sample`, its label noise, and which samples SGD visits. */
  trainingSamples: 11,
  trainingNoise: 12,
  visits: 13,
} as const;

const PARITY = 0x1bd11bda;

/** Write the four words of counter (c0, c1, c2, c3) under key (k0, k1, k2, k3) to `words`. */
export function threefry(
  words: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  k2: number,
  k3: number,
): void {
  k0 |= 0;
  k1 |= 0;
  k2 |= 0;
  k3 |= 0;
  let k4 = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
  let a = (c0 + k0) | 0;
  let b = (c1 + k1) | 0;
  let c = (c2 + k2) | 0;
  let d = (c3 + k3) | 0;
  let k = k0;
  for (let injection = 1; ; injection++) {
    // Four rounds, then the key schedule moves on by one word; the rotations alternate between two sets.
    if (injection & 1) {
      a = (a + b) | 0;
      b = ((b << 10) | (b >>> 22)) ^ a;
      c = (c + d) | 0;
      d = ((d << 26) | (d >>> 6)) ^ c;
      a = (a + d) | 0;
      d = ((d << 11) | (d >>> 21)) ^ a;
      c = (c + b) | 0;
      b = ((b << 21) | (b >>> 11)) ^ c;
      a = (a + b) | 0;
      b = ((b << 13) | (b >>> 19)) ^ a;
      c = (c + d) | 0;
      d = ((d << 27) | (d >>> 5)) ^ c;
      a = (a + d) | 0;
      d = ((d << 23) | (d >>> 9)) ^ a;
      c = (c + b) | 0;
      b = ((b << 5) | (b >>> 27)) ^ c;
    } else {
      a = (a + b) | 0;
      b = ((b << 6) | (b >>> 26)) ^ a;
      c = (c + d) | 0;
      d = ((d << 20) | (d >>> 12)) ^ c;
      a = (a + d) | 0;
      d = ((d << 17) | (d >>> 15)) ^ a;
      c = (c + b) | 0;
      b = ((b << 11) | (b >>> 21)) ^ c;
      a = (a + b) | 0;
      b = ((b << 25) | (b >>> 7)) ^ a;
      c = (c + d) | 0;
      d = ((d << 10) | (d >>> 22)) ^ c;
      a = (a + d) | 0;
      d = ((d << 18) | (d >>> 14)) ^ a;
      c = (c + b) | 0;
      b = ((b << 20) | (b >>> 12)) ^ c;
    }
    k = k0;
    k0 = k1;
    k1 = k2;
    k2 = k3;
    k3 = k4;
    k4 = k;
    a = (a + k0) | 0;
    b = (b + k1) | 0;
    c = (c + k2) | 0;
    d = (d + k3 + injection) | 0;
    if (injection === 5) break;
  }
  words[0] = a;
  words[1] = b;
  words[2] = c;
  words[3] = d;
}
