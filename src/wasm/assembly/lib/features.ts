/**
 * Features: independent numbers of mean 0 and variance 1, four blocks at a time. Twin of src/math/features.ts, equal
 * to 5·10⁻⁶.
 */
import { line } from './lanes';
import { fillNormals, toLogarithm, toPairs, uniform, UNIT } from './normal';
import { FEATURE_ANGLES, FEATURES, fillWords } from './threefry';

// Numbers of the laws, as src/models/dln/wasm.ts gives them.
const GAUSSIAN: i32 = 0;
const RADEMACHER: i32 = 1;
const UNIFORM: i32 = 2;
const LAPLACE: i32 = 3;

const SIGN: i32 = 0x80000000;
const ONE_BITS: i32 = 0x3f800000;

/** Two tiles: words and their signs, or radii and angles. */
const beside = memory.data(8192, 16);

/** Words become ±1 by their sign bits. */
function toSigns(at: usize, end: usize): void {
  const sign = i32x4.splat(SIGN);
  const one = i32x4.splat(ONE_BITS);
  for (; at < end; at += 16) v128.store(at, v128.xor(v128.and(v128.load(at), sign), one));
}

/** Words become √3(2u − 1). */
function toUniforms(at: usize, end: usize): void {
  const c65536 = f32x4.splat(65536);
  const half = f32x4.splat(0.5);
  const unit = f32x4.splat(UNIT);
  const one = f32x4.splat(1);
  const root3 = f32x4.splat(1.7320508075688772);
  for (; at < end; at += 16) {
    const u = uniform(v128.load(at), c65536, half, unit);
    v128.store(at, f32x4.mul(root3, f32x4.sub(f32x4.add(u, u), one)));
  }
}

/** The sign bit becomes the sign, −√½ ln u of the other bits the size. */
function toLaplace(at: usize, end: usize): void {
  const sign = i32x4.splat(SIGN);
  const size = f32x4.splat(0.35355339059327376);
  for (let i = at; i < end; i += 16) {
    const word = v128.load(i);
    v128.store(beside + (i - at), v128.and(word, sign));
    v128.store(i, i32x4.shl(word, 1));
  }
  toLogarithm(at, end, 16);
  for (let i = at; i < end; i += 16) {
    v128.store(i, v128.xor(v128.load(beside + (i - at)), f32x4.mul(size, v128.load(i))));
  }
}

/** eˣ − 1 for x ≥ 0 without cancellation: x = k ln 2 + f, |f| ≤ ½ ln 2, and eᶠ − 1 by its Taylor series. */
function growth(x: v128): v128 {
  const k = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.4426950408889634)));
  const f = line(line(x, k, f32x4.splat(-0.693359375)), k, f32x4.splat(0.000212194440054690583));
  let series = line(f32x4.splat(1.0 / 5040), f, f32x4.splat(1.0 / 40320));
  series = line(f32x4.splat(1.0 / 720), f, series);
  series = line(f32x4.splat(1.0 / 120), f, series);
  series = line(f32x4.splat(1.0 / 24), f, series);
  series = line(f32x4.splat(1.0 / 6), f, series);
  series = line(f32x4.splat(0.5), f, series);
  const small = line(f, f32x4.mul(f, f), series);
  const scale = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23);
  return line(f32x4.sub(scale, f32x4.splat(1)), scale, small);
}

/** Words and the words of their angles, which lie in every second vector of `beside`, become Student t numbers. */
function toStudents(at: usize, end: usize, degreesOfFreedom: f64): void {
  const perDegree = f32x4.splat(<f32>(1 / degreesOfFreedom));
  const factor = f32x4.splat(<f32>(degreesOfFreedom - 2));
  toLogarithm(at, end, 16);
  for (let i = at; i < end; i += 16) {
    const square = f32x4.mul(factor, growth(f32x4.mul(perDegree, v128.load(i))));
    v128.store(beside + 2 * (i - at), square);
  }
  toPairs(beside, beside + 2 * (end - at));
  for (let i = at; i < end; i += 16) v128.store(i, v128.load(beside + 2 * (i - at)));
}

/** Fill at … end, a tile at most, with the features of the blocks from `first` on. */
export function fillFeatures(
  law: i32,
  degreesOfFreedom: f64,
  at: usize,
  end: usize,
  first: i32,
  step: i32,
  run: i32,
  seed: i32,
  sample: i32,
): void {
  if (law === GAUSSIAN) return fillNormals(at, end, first, FEATURES, step, run, seed, sample);
  fillWords(at, end, first, FEATURES, step, run, seed, sample);
  if (law === RADEMACHER) return toSigns(at, end);
  if (law === UNIFORM) return toUniforms(at, end);
  if (law === LAPLACE) return toLaplace(at, end);
  // Angles first fill the second half of `beside`, and spread from there over every second vector.
  const angles = beside + (end - at);
  fillWords(angles, angles + (end - at), first, FEATURE_ANGLES, step, run, seed, sample);
  for (let i: usize = 0; i < end - at; i += 16) v128.store(beside + 2 * i + 16, v128.load(angles + i));
  toStudents(at, end, degreesOfFreedom);
}
