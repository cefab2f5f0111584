/**
 * Steps of one class of the limit under a prescribed risk: twin of src/solvers/rodas5p.ts on the system of
 * src/models/dln/fokkerPlanck.ts. Tables hold, in this order: the coefficients C and A with 8 numbers per stage, the
 * 8 weights of ∂f/∂t, 3 × 8 of dense output, 2 × 25 of differences, and for each stage the factors of e, of the push,
 * and the growth of S.
 */
import { factor, solve } from './banded';
import { differentiate, fillRows, setWeights } from './differences';
import * as at from './layout';
import { array, points, tables } from './layout';
import { eigenvalueOf, locate, setFrame, shareOf } from './transport';

export { array, locate, setFrame, tables };

const STAGES = 8;
const A: usize = 8 * 64;
const SLOPES: usize = 8 * 128;
const DENSE: usize = 8 * 136;
const WEIGHTS: usize = 8 * 160;
const RATES: usize = 8 * 210;

export function reserve(count: i32): void {
  at.reserve(count);
  setWeights(tables() + WEIGHTS);
}

/** Bytes of a vector of the system, whole pairs. */
function bytes(): usize {
  return 8 * <usize>(points + 1);
}

/** Fills all that depends on the state at an address; false where its map is not increasing. */
export function evaluate(y: usize): bool {
  locate(y, 0, points);
  return differentiate(y, shareOf());
}

/** out += factor Σ weights[j]·stage j for j < count. */
function combine(out: usize, weights: usize, factor: f64, count: i32): void {
  const end = bytes();
  const first = array(at.STAGES);
  const apart = array(at.STAGES + 1) - first;
  for (let j = 0; j < count; j += 2) {
    const a = f64x2.splat(factor * load<f64>(weights + 8 * <usize>j));
    const b = f64x2.splat(j + 1 < count ? factor * load<f64>(weights + 8 * <usize>j, 8) : 0);
    const one = first + apart * <usize>j;
    const two = j + 1 < count ? one + apart : one;
    for (let k: usize = 0; k < end; k += 16) {
      const sum = f64x2.add(f64x2.mul(a, v128.load(one + k)), f64x2.mul(b, v128.load(two + k)));
      v128.store(out + k, f64x2.add(v128.load(out + k), sum));
    }
  }
}

/** Factors shift·I − ∂f/∂X at the state that was evaluated last, and solves for the column of S. */
function linearise(shift: f64, drift: f64, noise: f64): bool {
  const eigenvalue = eigenvalueOf();
  const share = shareOf();
  fillRows(noise);
  const byDecay = array(at.BY_DECAY);
  let diagonal = at.matrix() + 32;
  for (let j = 0; j < points; j++, diagonal += at.WIDTH) {
    const k: usize = 8 * <usize>j;
    const p = load<f64>(array(at.P) + k);
    const q = load<f64>(array(at.Q) + k);
    store<f64>(byDecay + k, -drift * eigenvalue * ((share - 1) * p + (share + 1) * q));
    store<f64>(diagonal, load<f64>(diagonal) + shift + 2 * drift * (p + q));
  }
  if (!factor()) return false;
  solve(byDecay);
  return true;
}

/** out = a·error + b·push, and its last number `last`. */
function slope(out: usize, a: f64, b: f64, last: f64): void {
  const end = bytes();
  const x = f64x2.splat(a);
  const y = f64x2.splat(b);
  for (let k: usize = 0; k < end; k += 16) {
    const drift = f64x2.mul(x, v128.load(array(at.ERROR) + k));
    v128.store(out + k, f64x2.add(drift, f64x2.mul(y, v128.load(array(at.PUSH) + k))));
  }
  store<f64>(out + 8 * <usize>points, last);
}

/** y += a·x */
function add(y: usize, a: f64, x: usize): void {
  const end = bytes();
  const factor = f64x2.splat(a);
  for (let k: usize = 0; k < end; k += 16) {
    v128.store(y + k, f64x2.add(v128.load(y + k), f64x2.mul(factor, v128.load(x + k))));
  }
}

/**
 * One step of length h; false where the system is not defined on the way. The result is in `NEXT`, its error in the
 * last stage.
 *
 * @param shift 1/(hγ) of the method
 * @param drift, noise, growth factors of e, push and 1 in ∂f/∂t
 */
export function step(h: f64, shift: f64, drift: f64, noise: f64, growth: f64): bool {
  const y = array(at.Y);
  const next = array(at.NEXT);
  const time = array(at.TIME);
  const rates = tables() + RATES;
  const last: usize = 8 * <usize>points;
  if (!evaluate(y) || !linearise(shift, -load<f64>(rates), load<f64>(rates, 8))) return false;
  slope(time, drift, noise, growth);
  memory.copy(next, y, bytes());
  for (let stage = 0; stage < STAGES; stage++) {
    const row: usize = 64 * <usize>stage;
    if (stage > 5) add(next, 1, array(at.STAGES + stage - 1));
    else if (stage > 0) {
      memory.copy(next, y, bytes());
      combine(next, tables() + A + row, 1, stage);
    }
    if (stage > 0 && !evaluate(next)) return false;
    const right = array(at.STAGES + stage);
    const rate = rates + 24 * <usize>stage;
    slope(right, load<f64>(rate), load<f64>(rate, 8), load<f64>(rate, 16));
    combine(right, tables() + row, 1 / h, stage);
    const weight = h * load<f64>(tables() + SLOPES + 8 * <usize>stage);
    if (weight !== 0) add(right, weight, time);
    const decay = load<f64>(right + last) / shift;
    solve(right);
    add(right, decay, array(at.BY_DECAY));
    store<f64>(right + last, decay);
  }
  add(next, 1, array(at.STAGES + STAGES - 1));
  return true;
}

/** Makes `interpolate` tell of the last step. */
export function prepareDense(): void {
  for (let m = 0; m < 3; m++) {
    const bend = array(at.DENSE + m);
    memory.fill(bend, 0, bytes());
    combine(bend, tables() + DENSE + 64 * <usize>m, 1, STAGES);
  }
}

/** Writes the solution at the fraction θ of the last step to `BETWEEN`. */
export function interpolate(theta: f64): void {
  const y = array(at.Y);
  const next = array(at.NEXT);
  const out = array(at.BETWEEN);
  const a = array(at.DENSE);
  const b = array(at.DENSE + 1);
  const c = array(at.DENSE + 2);
  const t = f64x2.splat(theta);
  const rest = f64x2.splat(1 - theta);
  const end = bytes();
  for (let k: usize = 0; k < end; k += 16) {
    const inner = f64x2.add(v128.load(b + k), f64x2.mul(t, v128.load(c + k)));
    const bend = f64x2.add(v128.load(a + k), f64x2.mul(t, inner));
    const far = f64x2.mul(t, f64x2.add(v128.load(next + k), f64x2.mul(rest, bend)));
    v128.store(out + k, f64x2.add(f64x2.mul(rest, v128.load(y + k)), far));
  }
}
