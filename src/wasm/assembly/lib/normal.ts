/**
 * Standard normals by Box–Muller, four blocks at a time. Twin of src/math/normal.ts, equal to 5·10⁻⁶: the radius
 * has the very same roundings, the angle is taken from the bits of its word.
 */
import { constant, line } from './lanes';
import { fillWords } from './threefry';

const ROOT_HALF_BITS: i32 = 0x3f3504f3;
/** 2⁻³². */
export const UNIT: f32 = 2.3283064365386963e-10;

// Coefficients as in src/math/normal.ts, those of the logarithm times −4. They are read before a loop, because
// engines build a vector constant anew wherever it is written.
const radiusTable = memory.data<f32>([
  65536,
  0.5,
  UNIT,
  1,
  -1.3862943611198906,
  -4,
  -4.0 / 3,
  -4.0 / 5,
  -4.0 / 7,
  -4.0 / 9,
]);
const angleTable = memory.data<f32>([
  UNIT,
  1,
  -1.23370054937,
  0.253669410357,
  -0.0208615283422,
  0.000906739898403,
  1.57079632195,
  -0.645963477665,
  0.0796802176478,
  -0.00460214921281,
]);

/** (f32(word) + ½)·2⁻³² in (0, 1], from the constants 65536, ½ and 2⁻³². */
export function uniform(word: v128, c65536: v128, half: v128, unit: v128): v128 {
  // Halves convert exactly, so their sum is rounded once.
  const high = f32x4.convert_i32x4_s(i32x4.shr_u(word, 16));
  const low = f32x4.convert_i32x4_s(i32x4.shr_u(i32x4.shl(word, 16), 16));
  return f32x4.mul(f32x4.add(line(low, high, c65536), half), unit);
}

/**
 * Turn a word into −2 ln u, u = (f32(word) + ½)·2⁻³² in (0, 1], in the vectors at every `stride` bytes. Rounding
 * never makes it negative.
 */
export function toLogarithm(at: usize, end: usize, stride: usize): void {
  const c65536 = constant(radiusTable, 0);
  const half = constant(radiusTable, 1);
  const unit = constant(radiusTable, 2);
  const one = constant(radiusTable, 3);
  const log2 = constant(radiusTable, 4);
  const c0 = constant(radiusTable, 5);
  const c1 = constant(radiusTable, 6);
  const c2 = constant(radiusTable, 7);
  const c3 = constant(radiusTable, 8);
  const c4 = constant(radiusTable, 9);
  const rootHalf = i32x4.splat(ROOT_HALF_BITS);
  for (; at < end; at += stride) {
    const u = uniform(v128.load(at), c65536, half, unit);
    // u = m·2ᵉ with m in [√½, √2), ln m = 2 artanh s, s = (m − 1)/(m + 1).
    const exponent = i32x4.shr_s(i32x4.sub(u, rootHalf), 23);
    const m = i32x4.sub(u, i32x4.shl(exponent, 23));
    const s = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
    const q = f32x4.mul(s, s);
    const series = line(c0, q, line(c1, q, line(c2, q, line(c3, q, c4))));
    const whole = f32x4.mul(f32x4.convert_i32x4_s(exponent), log2);
    v128.store(at, line(whole, s, series));
  }
}

/** Turn every r² and the word beside it, u in turns, into r cos 2πu and r sin 2πu. */
export function toPairs(at: usize, end: usize): void {
  const unit = constant(angleTable, 0);
  const c0 = constant(angleTable, 1);
  const c1 = constant(angleTable, 2);
  const c2 = constant(angleTable, 3);
  const c3 = constant(angleTable, 4);
  const c4 = constant(angleTable, 5);
  const s0 = constant(angleTable, 6);
  const s1 = constant(angleTable, 7);
  const s2 = constant(angleTable, 8);
  const s3 = constant(angleTable, 9);
  const eighth = i32x4.splat(1 << 29);
  for (; at < end; at += 32) {
    const r = f32x4.sqrt(v128.load(at));
    const word = v128.load(at, 16);
    // 4u = quadrant + f: bits 30 and 31 of word + 2²⁹ are the nearest quadrant, what remains is f·2³².
    const quadrant = i32x4.add(word, eighth);
    const f = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shl(word, 2)), unit);
    const q = f32x4.mul(f, f);
    const cosine = f32x4.mul(r, line(c0, q, line(c1, q, line(c2, q, line(c3, q, c4)))));
    const sine = f32x4.mul(f32x4.mul(r, f), line(s0, q, line(s1, q, line(s2, q, s3))));
    const odd = i32x4.shr_s(i32x4.shl(quadrant, 1), 31);
    const exchange = v128.and(odd, v128.xor(cosine, sine));
    // The cosine is negative in quadrants 1 and 2, the sine in 2 and 3.
    const right = i32x4.shl(i32x4.shr_u(quadrant, 31), 31);
    const left = v128.xor(right, i32x4.shl(odd, 31));
    v128.store(at, v128.xor(v128.xor(cosine, exchange), left));
    v128.store(at, v128.xor(v128.xor(sine, exchange), right), 16);
  }
}

/** Fill at … end with the normals of the blocks from `first` on, per group of 4 blocks 4 vectors. */
export function fillNormals(
  at: usize,
  end: usize,
  first: i32,
  stream: i32,
  step: i32,
  run: i32,
  seed: i32,
  sample: i32,
): void {
  fillWords(at, end, first, stream, step, run, seed, sample);
  toLogarithm(at, end, 32);
  toPairs(at, end);
}
