/** Streaming SGD (theory: multi-index models, section 0), one run: twin of src/models/multiIndex/sgd.ts in float32. */
import { line, sizeOf, sum, TILE } from '../lib/lanes';
import { fillNormals } from '../lib/normal';
import { FEATURES } from '../lib/threefry';
import { gradient } from './model';
import {
  batchSize,
  column,
  dimension,
  errors,
  largest,
  matched,
  outputs,
  ridge,
  root,
  run,
  seed,
  slopes,
  splat,
  stepSizeAt,
  students,
  teacher,
  teachers,
} from './problem';

/** The latest sample. */
export let x: usize = 0;
/** Sums over the samples before it in its batch, vector after vector; needed where the batch size is above 1. */
export let collected: usize = 0;

/** γ/(B√d) times the slopes of the latest sample. */
const weights = memory.data(32, 16);

/** Draws a tile of the sample and gives it its variances. */
function drawTile(from: usize, to: usize, step: i32, sample: i32): void {
  const xs = x;
  const roots = root;
  fillNormals(xs + from, xs + to, <i32>(from >> 4), FEATURES, step, run, seed, sample);
  for (let i = from; i < to; i += 16) {
    v128.store(xs + i, f32x4.mul(v128.load(xs + i), v128.load(roots + i)));
  }
}

/** Adds ⟨x, U⟩ over a tile to the outputs. */
function multiplyTile(from: usize, to: usize): void {
  const xs = x;
  for (let a = 0; a < students + teachers; a++) {
    const vector = column(a);
    let even = f32x4.splat(0);
    let odd = f32x4.splat(0);
    for (let i = from; i < to; i += 32) {
      even = line(even, v128.load(xs + i), v128.load(vector + i));
      odd = line(odd, v128.load(xs + i, 16), v128.load(vector + i, 16));
    }
    const at = outputs + 8 * <usize>a;
    store<f64>(at, load<f64>(at) + sum(f32x4.add(even, odd)));
  }
}

/** Adds the latest sample to the sums over its batch; the first sample sets them. */
function collectTile(from: usize, to: usize, first: bool): void {
  const xs = x;
  for (let a = 0; a < students; a++) {
    const to0 = collected + <usize>a * sizeOf(dimension);
    const weight = splat(weights, a);
    for (let i = from; i < to; i += 16) {
      const g = f32x4.mul(weight, v128.load(xs + i));
      v128.store(to0 + i, first ? g : f32x4.add(v128.load(to0 + i), g));
    }
  }
}

/** A step: E −= what was collected, the latest sample, and `shrink` X. */
function updateTile(from: usize, to: usize, shrink: f64): void {
  const xs = x;
  const alone = batchSize === 1;
  const share = f32x4.splat(<f32>shrink);
  for (let a = 0; a < students; a++) {
    const offset = <usize>a * sizeOf(dimension);
    const vector = errors + offset;
    const star = teacher + offset;
    const before = collected + offset;
    const weight = splat(weights, a);
    for (let i = from; i < to; i += 16) {
      const e = v128.load(vector + i);
      let g = f32x4.mul(weight, v128.load(xs + i));
      if (!alone) g = f32x4.add(g, v128.load(before + i));
      if (shrink !== 0) {
        const student = matched ? f32x4.add(e, v128.load(star + i)) : e;
        g = line(g, share, student);
      }
      v128.store(vector + i, f32x4.sub(e, g));
    }
  }
}

/** Uses the sample before for its batch or a step, and draws this one, tile by tile; sets the outputs. */
function nextSample(step: i32, sample: i32, first: bool, shrink: f64): void {
  const size = sizeOf(dimension);
  memory.fill(outputs, 0, 64);
  for (let from: usize = 0; from < size; from += TILE) {
    const to = min(from + TILE, size);
    if (sample > 0) collectTile(from, to, sample === 1);
    else if (!first) updateTile(from, to, shrink);
    drawTile(from, to, step, sample);
    multiplyTile(from, to);
  }
}

/** Divides the outputs by √d; false where they show that the run has diverged. */
function finishOutputs(rootD: f64): bool {
  for (let a = 0; a < students + teachers; a++) {
    const at = outputs + 8 * <usize>a;
    const output = load<f64>(at) / rootD;
    store<f64>(at, output);
    if (!(abs(output) <= largest)) return false;
  }
  return true;
}

/** Take `steps` steps, or all before the one where the run diverges; returns how many. */
export function advanceSgd(step: i32, steps: i32, t: f64, dt: f64): i32 {
  const rootD = sqrt<f64>(dimension);
  let shrink: f64 = 0;
  for (let k = 0; k < steps; k++) {
    const now = stepSizeAt(t + k * dt);
    for (let sample = 0; sample < batchSize; sample++) {
      nextSample(step + k, sample, k === 0, shrink);
      if (!finishOutputs(rootD)) return k;
      gradient(step + k, run, sample);
      for (let a = 0; a < students; a++) {
        const at: usize = (<usize>a) << 3;
        store<f64>(weights + at, (now / (batchSize * rootD)) * load<f64>(slopes + at));
      }
    }
    shrink = (now * ridge) / dimension;
  }
  if (steps > 0) updateTile(0, sizeOf(dimension), shrink);
  return steps;
}
