/**
 * Vectors of four float32. An array of length d lies in memory as groups of 16 numbers: number 4w + l of group g is
 * coordinate w·⌈d/4⌉ + 4g + l, word w of block 4g + l of the random numbers, so that no vector needs a shuffle.
 */

/** Bytes of a group. */
export const GROUP: usize = 64;
/** Bytes of a tile: what one loop takes at once, so that all arrays of a tile stay in the nearest cache. */
export const TILE: usize = 64 * GROUP;

/** Bytes of an array of length d. */
export function sizeOf(dimension: i32): usize {
  return GROUP * ((<usize>(dimension + 15)) >> 4);
}

/** Number `index` of a table in all lanes. */
export function constant(table: usize, index: i32): v128 {
  return v128.load32_splat(table + 4 * index);
}

/** a + bx. */
export function line(a: v128, b: v128, x: v128): v128 {
  return f32x4.add(a, f32x4.mul(b, x));
}

/** Lanes 0 and 1 in float64. */
export function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

/** Lanes 2 and 3 in float64. */
export function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 0));
}

/** Sum of the two float64 lanes. */
export function sumPair(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/** Sum of the four float32 lanes, in float64. */
export function sum(x: v128): f64 {
  return sumPair(f64x2.add(low(x), high(x)));
}
