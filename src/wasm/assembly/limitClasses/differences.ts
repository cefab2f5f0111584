/** Differences along a map and their part of the Jacobian: twin of src/models/dln/differences.ts. */
import { array, BEND, matrix, points, PULL, PUSH, REACH, SLOPE, WIDTH } from './layout';

/** Address of the weights of first differences, 5 per reach 0 … 4, and after them of second differences. */
let weights: usize = 0;

export function setWeights(address: usize): void {
  weights = address;
}

/** Slope and bend where differences reach less than four points; false where the map is not increasing. */
function single(y: usize, j: i32): bool {
  const k: usize = 8 * <usize>j;
  const reach = <i32>load<u8>(array(REACH) + j);
  const at = y + k;
  let y1: f64 = 0;
  let y2: f64 = 0;
  const centre = 2 * load<f64>(at);
  for (let m = 1; m <= reach; m++) {
    const w = weights + 8 * <usize>(5 * reach + m);
    const left = load<f64>(at - 8 * <usize>m);
    const right = load<f64>(at + 8 * <usize>m);
    y1 += load<f64>(w) * (right - left);
    y2 += load<f64>(w, 200) * (right + left - centre);
  }
  if (reach === 0) y1 = j === 0 ? load<f64>(at, 8) - load<f64>(at) : load<f64>(at) - load<f64>(at - 8);
  store<f64>(array(SLOPE) + k, y1);
  store<f64>(array(BEND) + k, y2 / y1);
  return y1 > 0;
}

/** Fills slope, bend and push − θ; false where the map is not increasing. */
export function differentiate(y: usize, share: f64): bool {
  const slopes = array(SLOPE);
  const bends = array(BEND);
  const reaches = array(REACH);
  const f1 = v128.load64_splat(weights, 168);
  const f2 = v128.load64_splat(weights, 176);
  const f3 = v128.load64_splat(weights, 184);
  const f4 = v128.load64_splat(weights, 192);
  const g1 = v128.load64_splat(weights, 368);
  const g2 = v128.load64_splat(weights, 376);
  const g3 = v128.load64_splat(weights, 384);
  const g4 = v128.load64_splat(weights, 392);
  const zero = f64x2.splat(0);
  let j = 0;
  while (j < points) {
    if (j + 1 >= points || load<u16>(reaches + j) !== 0x0404) {
      if (!single(y, j)) return false;
      j++;
      continue;
    }
    const k: usize = 8 * <usize>j;
    const at = y + k;
    const middle = v128.load(at);
    const centre = f64x2.add(middle, middle);
    const l1 = v128.load(at - 8);
    const r1 = v128.load(at, 8);
    const l2 = v128.load(at - 16);
    const r2 = v128.load(at, 16);
    const l3 = v128.load(at - 24);
    const r3 = v128.load(at, 24);
    const l4 = v128.load(at - 32);
    const r4 = v128.load(at, 32);
    const y1 = f64x2.add(
      f64x2.add(f64x2.mul(f1, f64x2.sub(r1, l1)), f64x2.mul(f2, f64x2.sub(r2, l2))),
      f64x2.add(f64x2.mul(f3, f64x2.sub(r3, l3)), f64x2.mul(f4, f64x2.sub(r4, l4))),
    );
    if (i64x2.bitmask(f64x2.gt(y1, zero)) !== 3) return false;
    const y2 = f64x2.add(
      f64x2.add(
        f64x2.mul(g1, f64x2.sub(f64x2.add(r1, l1), centre)),
        f64x2.mul(g2, f64x2.sub(f64x2.add(r2, l2), centre)),
      ),
      f64x2.add(
        f64x2.mul(g3, f64x2.sub(f64x2.add(r3, l3), centre)),
        f64x2.mul(g4, f64x2.sub(f64x2.add(r4, l4), centre)),
      ),
    );
    v128.store(slopes + k, y1);
    v128.store(bends + k, f64x2.div(y2, y1));
    j += 2;
  }
  const end: usize = 8 * <usize>points;
  const theta = f64x2.splat(share);
  for (let k: usize = 0; k < end; k += 16) {
    const pushed = f64x2.div(
      f64x2.add(v128.load(array(PULL) + k), v128.load(bends + k)),
      v128.load(slopes + k),
    );
    v128.store(array(PUSH) + k, f64x2.sub(pushed, theta));
  }
  return true;
}

/** Fills the rows of −noise·∂push/∂X. */
export function fillRows(noise: f64): void {
  let diagonal = matrix() + 32;
  for (let j = 0; j < points; j++, diagonal += WIDTH) {
    const k: usize = 8 * <usize>j;
    const slope = load<f64>(array(SLOPE) + k);
    const byBend = noise / (slope * slope);
    const bySlope = byBend * (load<f64>(array(PULL) + k) + 2 * load<f64>(array(BEND) + k));
    const reach = <i32>load<u8>(array(REACH) + j);
    let centre: f64 = 0;
    for (let m = 1; m <= reach; m++) {
      const w = weights + 8 * <usize>(5 * reach + m);
      const odd = bySlope * load<f64>(w);
      const even = byBend * load<f64>(w, 200);
      store<f64>(diagonal + 8 * <usize>m, odd - even);
      store<f64>(diagonal - 8 * <usize>m, -odd - even);
      centre += even;
    }
    for (let m = reach + 1; m <= 4; m++) {
      store<f64>(diagonal + 8 * <usize>m, 0);
      store<f64>(diagonal - 8 * <usize>m, 0);
    }
    if (reach === 0) {
      if (j === 0) {
        centre = -bySlope / 2;
        store<f64>(diagonal, bySlope, 8);
      } else {
        centre = bySlope / 2;
        store<f64>(diagonal - 8, -bySlope);
      }
    }
    store<f64>(diagonal, 2 * centre);
  }
}
