/** The SDE of SGD (theory: multi-index models, section 1), one run: twin of src/models/multiIndex/sde.ts in float32. */
import { line, sizeOf, sum, TILE } from '../lib/lanes';
import { fillNormals } from '../lib/normal';
import { BROWNIAN } from '../lib/threefry';
import { coefficients } from './model';
import {
  column,
  decay,
  dimension,
  drift,
  errors,
  matched,
  noise,
  root,
  run,
  seed,
  splat,
  students,
  sums,
  teacher,
  teachers,
} from './problem';

/** Normals of a step, vector after vector. */
export let z: usize = 0;
/** Predicted errors, and half the move by the drift of the start, vector after vector. */
export let predicted: usize = 0;
export let half: usize = 0;

/** Adds λ U Uᵀ over a tile to `sums`, with `vectors` for the errors. */
function measureTile(vectors: usize, from: usize, to: usize): void {
  const size = sizeOf(dimension);
  const columns = students + teachers;
  const roots = root;
  for (let a = 0; a < students; a++) {
    const first = vectors + <usize>a * size;
    for (let b = a; b < columns; b++) {
      const second = b < students ? vectors + <usize>b * size : column(b);
      let total = f32x4.splat(0);
      for (let i = from; i < to; i += 16) {
        const scale = v128.load(roots + i);
        const weighted = f32x4.mul(scale, v128.load(first + i));
        total = line(total, weighted, f32x4.mul(scale, v128.load(second + i)));
      }
      const at = sums + 8 * <usize>(a * columns + b);
      store<f64>(at, load<f64>(at) + sum(total));
    }
  }
}

/** λ times column `a` of U times `drift`, and `decay` times X, at place i of the vectors. */
function moveAt(vectors: usize, a: i32, i: usize, shrink: v128): v128 {
  const size = sizeOf(dimension);
  let total = f32x4.splat(0);
  for (let b = 0; b < students; b++) {
    total = line(total, splat(drift, b * students + a), v128.load(vectors + <usize>b * size + i));
  }
  for (let n = 0; n < teachers; n++) {
    const star = v128.load(teacher + <usize>n * size + i);
    total = line(total, splat(drift, (students + n) * students + a), star);
  }
  const scale = v128.load(root + i);
  const pulled = f32x4.mul(scale, f32x4.mul(scale, total));
  const own = <usize>a * size + i;
  const e = v128.load(vectors + own);
  return line(pulled, shrink, matched ? f32x4.add(e, v128.load(teacher + own)) : e);
}

/** √λ times `noise` times the normals of student a. */
function noiseAt(a: i32, i: usize): v128 {
  const size = sizeOf(dimension);
  let total = f32x4.splat(0);
  for (let b = 0; b <= a; b++) {
    total = line(total, splat(noise, a * students + b), v128.load(z + <usize>b * size + i));
  }
  return f32x4.mul(v128.load(root + i), total);
}

/** Draws the normals of a tile, predicts the end of the step by the drift and noise of its start. */
function predictTile(from: usize, to: usize, step: i32): void {
  const size = sizeOf(dimension);
  const shrink = splat(decay, 0);
  for (let b = 0; b < students; b++) {
    const at = z + <usize>b * size;
    fillNormals(at + from, at + to, <i32>(from >> 4), BROWNIAN, step, run, seed, b);
  }
  for (let a = 0; a < students; a++) {
    const offset = <usize>a * size;
    for (let i = from; i < to; i += 16) {
      const move = moveAt(errors, a, i, shrink);
      v128.store(half + offset + i, f32x4.mul(f32x4.splat(0.5), move));
      const end = f32x4.sub(v128.load(errors + offset + i), f32x4.add(move, noiseAt(a, i)));
      v128.store(predicted + offset + i, end);
    }
  }
  measureTile(predicted, from, to);
}

/** Takes the step with the mean of both drifts and the noise of both ends. */
function correctTile(from: usize, to: usize): void {
  const size = sizeOf(dimension);
  const shrink = splat(decay, 0);
  for (let a = 0; a < students; a++) {
    const offset = <usize>a * size;
    for (let i = from; i < to; i += 16) {
      const end = f32x4.mul(f32x4.splat(0.5), moveAt(predicted, a, i, shrink));
      const move = f32x4.add(v128.load(half + offset + i), end);
      const at = errors + offset + i;
      v128.store(at, f32x4.sub(v128.load(at), f32x4.add(move, noiseAt(a, i))));
    }
  }
  measureTile(errors, from, to);
}

/** Take `steps` steps, or all before the one where the run diverges; returns how many. */
export function advanceSde(step: i32, steps: i32, t: f64, dt: f64): i32 {
  const size = sizeOf(dimension);
  memory.fill(sums, 0, 512);
  for (let from: usize = 0; from < size; from += TILE) measureTile(errors, from, min(from + TILE, size));
  for (let k = 0; k < steps; k++) {
    const now = t + k * dt;
    if (!coefficients(0, now, dt)) return k;
    memory.fill(sums, 0, 512);
    for (let from: usize = 0; from < size; from += TILE) predictTile(from, min(from + TILE, size), step + k);
    if (!coefficients(1, now, dt)) return k;
    memory.fill(sums, 0, 512);
    for (let from: usize = 0; from < size; from += TILE) correctTile(from, min(from + TILE, size));
  }
  return steps;
}
