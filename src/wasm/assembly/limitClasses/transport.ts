/** Where the points of a map are: twin of `locateClass` in src/models/dln/transportMap.ts, two points at a time. */
import { array, ERROR, MASS, P, points, Q } from './layout';

const FAR: f64 = 1;
const LOG2E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;

let eigenvalue: f64 = 0;
let teacher: f64 = 0;
let lnP: f64 = 0;
let lnQ: f64 = 0;
let startP: f64 = 0;
let startQ: f64 = 0;
let startError: f64 = 0;
let share: f64 = 0;

/** The class, and its frame at the start of a step. */
export function setFrame(rate: f64, star: f64, logP: f64, logQ: f64, error: f64, theta: f64): void {
  eigenvalue = rate;
  teacher = star;
  lnP = logP;
  lnQ = logQ;
  startP = Math.exp(logP);
  startQ = Math.exp(logQ);
  startError = error;
  share = theta;
}

export function eigenvalueOf(): f64 {
  return eigenvalue;
}

export function shareOf(): f64 {
  return share;
}

/** e^x, where e^x − 1 is `less`. */
function grown(x: f64, less: f64): f64 {
  return x > -1 ? 1 + less : Math.exp(x);
}

/** Twin of the branch for angles out of the range of one exponential. */
function locateFar(k: usize, angle: f64, logP: f64, logQ: f64): void {
  const p = Math.exp(logP + 2 * angle);
  const q = Math.exp(logQ - 2 * angle);
  store<f64>(array(P) + k, p);
  store<f64>(array(Q) + k, q);
  store<f64>(array(ERROR) + k, p - q - teacher);
}

/**
 * Fills error, p and q of the points from an even index on up to `to` for the state at address y; returns E e² there.
 */
export function locate(y: usize, from: i32, to: i32): f64 {
  const decay = eigenvalue * load<f64>(y + 8 * <usize>points);
  const growthP = (share - 1) * decay;
  const growthQ = -(share + 1) * decay;
  const moreP = Math.expm1(growthP);
  const moreQ = Math.expm1(growthQ);
  const logP = lnP + growthP;
  const logQ = lnQ + growthQ;
  const range = f64x2.splat(min(logP, logQ) > -600 ? 340 : FAR);
  const frameP = f64x2.splat(startP * grown(growthP, moreP));
  const frameQ = f64x2.splat(startQ * grown(growthQ, moreQ));
  const frameError = f64x2.splat(startError + startP * moreP - startQ * moreQ);
  const star = f64x2.splat(teacher);
  const one = f64x2.splat(1);
  const pOut = array(P);
  const qOut = array(Q);
  const errorOut = array(ERROR);
  let sum = f64x2.splat(0);
  const end: usize = 8 * <usize>to;
  for (let k: usize = 8 * <usize>from; k < end; k += 16) {
    // S after the last point is no angle.
    const pair = v128.load(y + k);
    const angle = k + 8 < end ? pair : f64x2.replace_lane(pair, 1, 0);
    const size = f64x2.abs(angle);
    const double = f64x2.add(angle, angle);
    // 2ⁿ by its bits: n + 1023 in both lanes.
    const n = i32x4.trunc_sat_f64x2_s_zero(
      f64x2.add(f64x2.mul(double, f64x2.splat(LOG2E)), f64x2.splat(1023.5)),
    );
    const count = f64x2.sub(f64x2.convert_low_i32x4_s(n), f64x2.splat(1023));
    const x = f64x2.sub(
      f64x2.sub(double, f64x2.mul(count, f64x2.splat(LN2_HIGH))),
      f64x2.mul(count, f64x2.splat(LN2_LOW)),
    );
    const bits = i64x2.extend_low_i32x4_s(n);
    const power = i64x2.shl(bits, 52);
    const inverse = i64x2.shl(i64x2.sub(i64x2.splat(2046), bits), 52);
    const square = f64x2.mul(x, x);
    const even = f64x2.add(
      one,
      f64x2.mul(square, f64x2.add(f64x2.splat(1.0 / 9), f64x2.mul(square, f64x2.splat(1.0 / 1008)))),
    );
    const odd = f64x2.mul(
      x,
      f64x2.add(
        f64x2.splat(0.5),
        f64x2.mul(square, f64x2.add(f64x2.splat(1.0 / 72), f64x2.mul(square, f64x2.splat(1.0 / 30240)))),
      ),
    );
    const above = f64x2.add(even, odd);
    const below = f64x2.sub(even, odd);
    const each = f64x2.div(f64x2.add(odd, odd), f64x2.mul(above, below));
    const raised = f64x2.mul(frameP, power);
    const lowered = f64x2.mul(frameQ, inverse);
    const more = f64x2.mul(f64x2.mul(raised, each), above);
    const less = f64x2.mul(f64x2.mul(lowered, each), below);
    const p = f64x2.add(raised, more);
    const q = f64x2.sub(lowered, less);
    const near = f64x2.sub(
      f64x2.add(frameError, f64x2.add(more, f64x2.sub(raised, frameP))),
      f64x2.sub(f64x2.sub(lowered, frameQ), less),
    );
    const away = f64x2.sub(f64x2.sub(p, q), star);
    const error = v128.bitselect(near, away, f64x2.lt(size, f64x2.splat(FAR)));
    v128.store(pOut + k, p);
    v128.store(qOut + k, q);
    v128.store(errorOut + k, error);
    if (v128.any_true(f64x2.ge(size, range))) {
      for (let i = k; i < min(k + 16, end); i += 8) {
        const a = load<f64>(y + i);
        if (!(abs(a) < f64x2.extract_lane(range, 0))) locateFar(i, a, logP, logQ);
      }
    }
    const located = v128.load(errorOut + k);
    sum = f64x2.add(sum, f64x2.mul(v128.load(array(MASS) + k), f64x2.mul(located, located)));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
