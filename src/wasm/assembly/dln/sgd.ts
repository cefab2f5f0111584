/**
 * Streaming SGD (theory: diagonal linear networks, section 1), one run: twin of src/models/dln/sgd.ts in float32.
 * Carries e = uv − β* beside u and v: recomputed, it would give the risk a float32 floor.
 */
import { correlate } from '../lib/autoregression';
import { fillFeatures } from '../lib/features';
import { GROUP, line, sizeOf, sum, TILE } from '../lib/lanes';
import { fillNormals } from '../lib/normal';
import { LABEL_NOISE } from '../lib/threefry';
import {
  batchSize,
  correlation,
  degreesOfFreedom,
  dimension,
  eigenvalue,
  labelNoise,
  law,
  root,
  run,
  runaway,
  seed,
  stepSizeAt,
  teacher,
} from './problem';
import { add, clear, record } from './statistics';

/** Weights and error of the run. */
export let u: usize = 0;
export let v: usize = 0;
export let error: usize = 0;
/** The latest sample. */
export let x: usize = 0;
/** Sum over the samples before it in its batch; needed where the batch size is above 1. */
export let gradient: usize = 0;

/** A group for the draw that holds the label noise. */
const draw = memory.data(64, 16);

/** Draw a tile of the sample's standardised features. */
function drawTile(from: usize, to: usize, step: i32, sample: i32): void {
  fillFeatures(law, degreesOfFreedom, x + from, x + to, <i32>(from >> 4), step, run, seed, sample);
}

/** Give a tile of the features their variances; returns ⟨x, e⟩. */
function scaleTile(from: usize, to: usize): f64 {
  const xs = x;
  const es = error;
  const roots = root;
  let total = f32x4.splat(0);
  for (let i = from; i < to; i += GROUP) {
    const x0 = f32x4.mul(v128.load(xs + i), v128.load(roots + i));
    const x1 = f32x4.mul(v128.load(xs + i, 16), v128.load(roots + i, 16));
    const x2 = f32x4.mul(v128.load(xs + i, 32), v128.load(roots + i, 32));
    const x3 = f32x4.mul(v128.load(xs + i, 48), v128.load(roots + i, 48));
    v128.store(xs + i, x0);
    v128.store(xs + i, x1, 16);
    v128.store(xs + i, x2, 32);
    v128.store(xs + i, x3, 48);
    const left = line(f32x4.mul(x0, v128.load(es + i)), x1, v128.load(es + i, 16));
    const right = line(f32x4.mul(x2, v128.load(es + i, 32)), x3, v128.load(es + i, 48));
    total = f32x4.add(total, f32x4.add(left, right));
  }
  return sum(total);
}

/** Gradient += h x; the first sample of a batch sets it. */
function collectTile(from: usize, to: usize, h: f64, first: bool): void {
  const xs = x;
  const gradients = gradient;
  const factor = f32x4.splat(<f32>h);
  for (let i = from; i < to; i += 16) {
    const g = f32x4.mul(factor, v128.load(xs + i));
    v128.store(gradients + i, first ? g : f32x4.add(v128.load(gradients + i), g));
  }
}

/** A step by g = gradient + h x: u −= g v, v −= g u. */
function updateTile(from: usize, to: usize, h: f64): void {
  const us = u;
  const vs = v;
  const es = error;
  const xs = x;
  const gradients = gradient;
  const alone = batchSize === 1;
  const factor = f32x4.splat(<f32>h);
  for (let i = from; i < to; i += 16) {
    let g = f32x4.mul(factor, v128.load(xs + i));
    if (!alone) g = f32x4.add(v128.load(gradients + i), g);
    const a = v128.load(us + i);
    const b = v128.load(vs + i);
    const ga = f32x4.mul(g, a);
    const gb = f32x4.mul(g, b);
    v128.store(us + i, f32x4.sub(a, gb));
    v128.store(vs + i, f32x4.sub(b, ga));
    const change = f32x4.sub(f32x4.mul(ga, gb), line(f32x4.mul(ga, a), gb, b));
    v128.store(es + i, f32x4.add(v128.load(es + i), change));
  }
}

/** Use the sample before, of weight h, for the gradient or a step, and draw this one, tile by tile: ⟨x, e⟩. */
function nextSample(h: f64, step: i32, sample: i32, first: bool): f64 {
  const size = sizeOf(dimension);
  const independent = correlation === 0;
  let product: f64 = 0;
  for (let from: usize = 0; from < size; from += TILE) {
    const to = min(from + TILE, size);
    if (sample > 0) collectTile(from, to, h, sample === 1);
    else if (!first) updateTile(from, to, h);
    drawTile(from, to, step, sample);
    if (independent) product += scaleTile(from, to);
  }
  if (independent) return product;
  correlate(x, dimension, correlation);
  for (let from: usize = 0; from < size; from += TILE) product += scaleTile(from, min(from + TILE, size));
  return product;
}

function noise(step: i32, sample: i32): f64 {
  if (labelNoise === 0) return 0;
  fillNormals(draw, draw + GROUP, 0, LABEL_NOISE, step, run, seed, sample);
  return labelNoise * load<f32>(draw);
}

/** Take `steps` steps, or all before the one where the run diverges; returns how many. */
export function advanceSgd(step: i32, steps: i32, t: f64, dt: f64): i32 {
  const rootD = sqrt<f64>(dimension);
  // A residual has variance 2R: eight standard deviations at the runaway risk.
  const largest = 8 * sqrt(2 * runaway);
  let h: f64 = 0;
  for (let k = 0; k < steps; k++) {
    const weight = stepSizeAt(t + k * dt) / (batchSize * rootD);
    for (let sample = 0; sample < batchSize; sample++) {
      const residual = nextSample(h, step + k, sample, k === 0) / rootD - noise(step + k, sample);
      if (!(abs(residual) <= largest)) return k;
      h = weight * residual;
    }
  }
  if (steps > 0) updateTile(0, sizeOf(dimension), h);
  return steps;
}

/** Record the statistics of the present state. */
export function measureSgd(): void {
  clear();
  const size = sizeOf(dimension);
  for (let i: usize = 0; i < size; i += 16) {
    const a = v128.load(u + i);
    const b = v128.load(v + i);
    const kappa = line(f32x4.mul(a, a), b, b);
    const gap = f32x4.mul(f32x4.add(a, b), f32x4.sub(a, b));
    add(v128.load(eigenvalue + i), v128.load(teacher + i), v128.load(error + i), kappa, gap);
  }
  record();
}
