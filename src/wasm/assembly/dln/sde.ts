/**
 * The SDE in hyperbolic coordinates (theory: diagonal linear networks, section 2) by stochastic Heun, one run: twin
 * of src/models/dln/sde.ts in float32. c sinh 2ξ − β* has a float32 floor: the risk is exact down to about 1e-14.
 */
import { toExponential } from '../lib/exponential';
import { line, sizeOf, sum, TILE } from '../lib/lanes';
import { fillNormals } from '../lib/normal';
import { BROWNIAN } from '../lib/threefry';
import {
  batchSize,
  dimension,
  eigenvalue,
  labelNoise,
  root,
  run,
  runaway,
  seed,
  stepSizeAt,
  teacher,
} from './problem';
import { add, clear, record } from './statistics';

/** Hyperbolic angle ξ = ½ ln|p/q|. */
export let xi: usize = 0;
/** ln c at time 0. */
export let lnC0: usize = 0;
/** Length 1, float64: S = ∫ 2γ²R/B dt, the clock of the noise; ln c = ln c(0) − λS. */
export let noiseTime: usize = 0;
/** √λ times the increments of a step. */
export let z: usize = 0;
/** λ(β − β*), and within a step the drift of both its ends. */
export let drift: usize = 0;

/** c·e^(2ξ) and c·e^(−2ξ) of a tile, vector by vector. */
const powers = memory.data(8192, 16);

/** The arguments of two powers; ln c is carried, since c itself may underflow. */
function setPowers(at: usize, lnC: v128, angle: v128): void {
  const twice = f32x4.add(angle, angle);
  v128.store(at, f32x4.add(lnC, twice));
  v128.store(at, f32x4.sub(lnC, twice), 16);
}

/** From the powers of a tile: store factor·λe + what is there, e = c sinh 2ξ − β*; returns Σ λe². */
function addDrift(from: usize, to: usize, factor: f64): f64 {
  toExponential(powers, powers + 2 * (to - from));
  const lambdas = eigenvalue;
  const stars = teacher;
  const drifts = drift;
  const half = f32x4.splat(0.5);
  const factors = f32x4.splat(<f32>factor);
  let total = f32x4.splat(0);
  let at: usize = powers;
  for (let i = from; i < to; i += 16) {
    const beta = f32x4.mul(half, f32x4.sub(v128.load(at), v128.load(at, 16)));
    const e = f32x4.sub(beta, v128.load(stars + i));
    const d = f32x4.mul(v128.load(lambdas + i), e);
    v128.store(drifts + i, line(v128.load(drifts + i), factors, d));
    total = line(total, d, e);
    at += 32;
  }
  return sum(total);
}

/** Drift λe at the present ξ and time S; returns Σ λe². */
function evaluateTile(from: usize, to: usize, time: f64): f64 {
  const lambdas = eigenvalue;
  const starts = lnC0;
  const angles = xi;
  const drifts = drift;
  const negative = f32x4.splat(<f32>-time);
  let at: usize = powers;
  for (let i = from; i < to; i += 16) {
    setPowers(at, line(v128.load(starts + i), v128.load(lambdas + i), negative), v128.load(angles + i));
    v128.store(drifts + i, f32x4.splat(0));
    at += 32;
  }
  return addDrift(from, to, 1);
}

/**
 * Euler over γdt = `before` with the present risk; leaves z and the mean move by both drifts. Returns Σ λe² at the
 * end of the step, time S; `after` is γdt there.
 */
function predictTile(
  from: usize,
  to: usize,
  step: i32,
  before: f64,
  after: f64,
  deviation: f64,
  time: f64,
): f64 {
  const lambdas = eigenvalue;
  const roots = root;
  const starts = lnC0;
  const angles = xi;
  const drifts = drift;
  const zs = z;
  fillNormals(zs + from, zs + to, <i32>(from >> 4), BROWNIAN, step, run, seed, 0);
  const half = f32x4.splat(<f32>(-0.5 * before));
  const noise = f32x4.splat(<f32>-deviation);
  const negative = f32x4.splat(<f32>-time);
  let at: usize = powers;
  for (let i = from; i < to; i += 16) {
    const dz = f32x4.mul(v128.load(zs + i), v128.load(roots + i));
    const move = f32x4.mul(half, v128.load(drifts + i));
    const angle = line(f32x4.add(v128.load(angles + i), f32x4.add(move, move)), noise, dz);
    setPowers(at, line(v128.load(starts + i), v128.load(lambdas + i), negative), angle);
    v128.store(zs + i, dz);
    v128.store(drifts + i, move);
    at += 32;
  }
  return addDrift(from, to, -0.5 * after);
}

/** Take the step that predictTile has prepared. */
function correctTile(from: usize, to: usize, deviation: f64): void {
  const angles = xi;
  const drifts = drift;
  const zs = z;
  const noise = f32x4.splat(<f32>-deviation);
  for (let i = from; i < to; i += 16) {
    const move = line(v128.load(drifts + i), noise, v128.load(zs + i));
    v128.store(angles + i, f32x4.add(v128.load(angles + i), move));
  }
}

function riskOf(weightedErrors: f64): f64 {
  return 0.5 * (weightedErrors / dimension + labelNoise * labelNoise);
}

/** Take `steps` steps, or all before the one where the run diverges; returns how many. */
export function advanceSde(step: i32, steps: i32, t: f64, dt: f64): i32 {
  const size = sizeOf(dimension);
  let time = load<f64>(noiseTime);
  let errors: f64 = 0;
  for (let from: usize = 0; from < size; from += TILE)
    errors += evaluateTile(from, min(from + TILE, size), time);
  for (let k = 0; k < steps; k++) {
    const risk = riskOf(errors);
    if (!(risk <= runaway)) return k;
    const before = stepSizeAt(t + k * dt);
    const after = stepSizeAt(t + (k + 1) * dt);
    const start = (2 * before * before * risk * dt) / batchSize;
    errors = 0;
    for (let from: usize = 0; from < size; from += TILE) {
      const to = min(from + TILE, size);
      errors += predictTile(from, to, step + k, before * dt, after * dt, sqrt(start), time + start);
    }
    const predicted = riskOf(errors);
    if (!(predicted <= runaway)) return k;
    const mean = start / 2 + (after * after * predicted * dt) / batchSize;
    time += mean;
    store<f64>(noiseTime, time);
    errors = 0;
    for (let from: usize = 0; from < size; from += TILE) {
      const to = min(from + TILE, size);
      correctTile(from, to, sqrt(mean));
      errors += evaluateTile(from, to, time);
    }
  }
  return steps;
}

/** Record the statistics of the present state. */
export function measureSde(): void {
  clear();
  const size = sizeOf(dimension);
  const time = load<f64>(noiseTime);
  const negative = f32x4.splat(<f32>-time);
  for (let i: usize = 0; i < size; i += 16) {
    const lambda = v128.load(eigenvalue + i);
    const star = v128.load(teacher + i);
    const lnC = line(v128.load(lnC0 + i), lambda, negative);
    setPowers(powers, lnC, v128.load(xi + i));
    v128.store(powers, lnC, 32);
    toExponential(powers, powers + 48);
    const grown = v128.load(powers);
    const shrunk = v128.load(powers, 16);
    const c = v128.load(powers, 32);
    const e = f32x4.sub(f32x4.mul(f32x4.splat(0.5), f32x4.sub(grown, shrunk)), star);
    add(lambda, star, e, f32x4.add(grown, shrunk), f32x4.add(c, c));
  }
  record();
}
