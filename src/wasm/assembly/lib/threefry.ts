/**
 * Threefry4x32-20 (Salmon, Moraes, Dror, Shaw, SC 2011), four blocks at a time, one per lane. Twin of
 * src/math/threefry.ts, bit for bit. Counter (block, step, run, stream), key (seed, 0, sample, 0).
 */

// Streams, as in src/math/threefry.ts.
export const FEATURES: i32 = 1;
export const LABEL_NOISE: i32 = 2;
export const BROWNIAN: i32 = 3;
export const FEATURE_ANGLES: i32 = 5;

const PARITY: i32 = 0x1bd11bda;

/** x rotated to the left, ^ y. */
function mix(x: v128, bits: i32, y: v128): v128 {
  return v128.xor(v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits)), y);
}

// Four rounds, then the key injection a, b, c, d. One chain of 20 rounds per group would wait for itself all the
// time: in four rounds over all groups, processors overlap the groups.
function oddRounds(at: usize, end: usize, a: i32, b: i32, c: i32, d: i32): void {
  const keyA = i32x4.splat(a);
  const keyB = i32x4.splat(b);
  const keyC = i32x4.splat(c);
  const keyD = i32x4.splat(d);
  for (; at < end; at += 64) {
    let a = v128.load(at);
    let b = v128.load(at, 16);
    let c = v128.load(at, 32);
    let d = v128.load(at, 48);
    a = i32x4.add(a, b);
    c = i32x4.add(c, d);
    b = mix(b, 10, a);
    d = mix(d, 26, c);
    a = i32x4.add(a, d);
    c = i32x4.add(c, b);
    d = mix(d, 11, a);
    b = mix(b, 21, c);
    a = i32x4.add(a, b);
    c = i32x4.add(c, d);
    b = mix(b, 13, a);
    d = mix(d, 27, c);
    a = i32x4.add(a, d);
    c = i32x4.add(c, b);
    d = mix(d, 23, a);
    b = mix(b, 5, c);
    v128.store(at, i32x4.add(a, keyA));
    v128.store(at, i32x4.add(b, keyB), 16);
    v128.store(at, i32x4.add(c, keyC), 32);
    v128.store(at, i32x4.add(d, keyD), 48);
  }
}

function evenRounds(at: usize, end: usize, a: i32, b: i32, c: i32, d: i32): void {
  const keyA = i32x4.splat(a);
  const keyB = i32x4.splat(b);
  const keyC = i32x4.splat(c);
  const keyD = i32x4.splat(d);
  for (; at < end; at += 64) {
    let a = v128.load(at);
    let b = v128.load(at, 16);
    let c = v128.load(at, 32);
    let d = v128.load(at, 48);
    a = i32x4.add(a, b);
    c = i32x4.add(c, d);
    b = mix(b, 6, a);
    d = mix(d, 20, c);
    a = i32x4.add(a, d);
    c = i32x4.add(c, b);
    d = mix(d, 17, a);
    b = mix(b, 11, c);
    a = i32x4.add(a, b);
    c = i32x4.add(c, d);
    b = mix(b, 25, a);
    d = mix(d, 10, c);
    a = i32x4.add(a, d);
    c = i32x4.add(c, b);
    d = mix(d, 18, a);
    b = mix(b, 20, c);
    v128.store(at, i32x4.add(a, keyA));
    v128.store(at, i32x4.add(b, keyB), 16);
    v128.store(at, i32x4.add(c, keyC), 32);
    v128.store(at, i32x4.add(d, keyD), 48);
  }
}

/** Fill at … end with the words of the blocks from `first` on, per group of 4 blocks 4 vectors: word w of each. */
export function fillWords(
  at: usize,
  end: usize,
  first: i32,
  stream: i32,
  step: i32,
  run: i32,
  seed: i32,
  sample: i32,
): void {
  const parity = PARITY ^ seed ^ sample;
  const four = i32x4.splat(4);
  let block = i32x4.add(i32x4.splat(first + seed), i32x4(0, 1, 2, 3));
  for (let to = at; to < end; to += 64) {
    v128.store(to, block);
    v128.store(to, i32x4.splat(step), 16);
    v128.store(to, i32x4.splat(run + sample), 32);
    v128.store(to, i32x4.splat(stream), 48);
    block = i32x4.add(block, four);
  }
  oddRounds(at, end, 0, sample, 0, parity + 1);
  evenRounds(at, end, sample, 0, parity, seed + 2);
  oddRounds(at, end, 0, parity, seed, 3);
  evenRounds(at, end, parity, seed, 0, sample + 4);
  oddRounds(at, end, seed, 0, sample, 5);
}
