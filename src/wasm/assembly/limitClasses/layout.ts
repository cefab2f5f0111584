/**
 * Where the arrays of one class lie: one number per grid point and S, with free space around each so that stencils
 * and vectors may reach beyond its ends. The order is that of `ARRAYS` in src/models/dln/limitCompiled.ts.
 */
export const Y = 0;
export const NEXT = 1;
export const BETWEEN = 2;
export const TIME = 3;
export const BY_DECAY = 4;
export const ERROR = 5;
export const P = 6;
export const Q = 7;
export const SLOPE = 8;
export const BEND = 9;
export const PUSH = 10;
export const PULL = 11;
export const MASS = 12;
export const REACH = 13;
export const DENSE = 14;
export const STAGES = 17;
const COUNT = 25;

/** Rows of the banded matrix hold so many numbers. */
export const WIDTH: usize = 72;
/** Bytes before the first number of an array. */
const MARGIN: usize = 64;
/** Numbers of tables: A, C, slopes and dense output of the method, then weights of first and second differences. */
const TABLES: usize = 240;

export let points: i32 = 0;
/** Bytes of an array up to the next one. */
let stride: usize = 0;
let base: usize = 0;

/** Makes room for so many grid points; arrays are 0. */
export function reserve(count: i32): void {
  points = count;
  stride = ((8 * <usize>(count + 1) + 2 * MARGIN + 15) >> 4) << 4;
  base = (__heap_base + 15) & ~15;
  const end = matrix() + WIDTH * <usize>count + MARGIN;
  const missing = <i32>((end + 0xffff) >> 16) - memory.size();
  if (missing > 0) memory.grow(missing);
  memory.fill(base + 8 * TABLES, 0, end - base - 8 * TABLES);
}

export function tables(): usize {
  return base;
}

export function array(index: i32): usize {
  return base + 8 * TABLES + <usize>index * stride + MARGIN;
}

export function matrix(): usize {
  return array(COUNT);
}
