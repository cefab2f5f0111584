/** Autoregression of order 1 in order of coordinates: twin of `correlate` in src/models/dln/samples.ts. */
import { GROUP, line, sizeOf } from './lanes';

/** Powers of the correlation below this one add nothing to a float32. */
const NEGLIGIBLE = 1e-10;

/** xⁿ. */
function power(x: f64, n: i32): f64 {
  let result: f64 = 1;
  for (; n > 0; n >>= 1) {
    if (n & 1) result *= x;
    x *= x;
  }
  return result;
}

/** Replace z of length d by z̃, z̃₁ = z₁, z̃ᵢ = φz̃ᵢ₋₁ + √(1 − φ²)zᵢ. */
export function correlate(at: usize, dimension: i32, correlation: f64): void {
  const blocks = (dimension + 3) >> 2;
  const end = at + sizeOf(dimension);
  const kept = f32x4.splat(<f32>correlation);
  const weight = sqrt(1 - correlation * correlation);
  const fresh = f32x4.splat(<f32>weight);
  const first: f64 = load<f32>(at);
  // The words are four stretches of coordinates: a chain in each, as if 0 came before it.
  let chains = f32x4.splat(0);
  for (let i = at; i < end; i += GROUP) {
    const a = v128.load(i);
    const b = v128.load(i, 16);
    const c = v128.load(i, 32);
    const d = v128.load(i, 48);
    const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
    const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
    const ab2 = i32x4.shuffle(a, b, 2, 6, 3, 7);
    const cd2 = i32x4.shuffle(c, d, 2, 6, 3, 7);
    const e = line(f32x4.mul(fresh, i64x2.shuffle(ab, cd, 0, 2)), kept, chains);
    const f = line(f32x4.mul(fresh, i64x2.shuffle(ab, cd, 1, 3)), kept, e);
    const g = line(f32x4.mul(fresh, i64x2.shuffle(ab2, cd2, 0, 2)), kept, f);
    const h = line(f32x4.mul(fresh, i64x2.shuffle(ab2, cd2, 1, 3)), kept, g);
    chains = h;
    const ef = i32x4.shuffle(e, f, 0, 4, 1, 5);
    const gh = i32x4.shuffle(g, h, 0, 4, 1, 5);
    const ef2 = i32x4.shuffle(e, f, 2, 6, 3, 7);
    const gh2 = i32x4.shuffle(g, h, 2, 6, 3, 7);
    v128.store(i, i64x2.shuffle(ef, gh, 0, 2));
    v128.store(i, i64x2.shuffle(ef, gh, 1, 3), 16);
    v128.store(i, i64x2.shuffle(ef2, gh2, 0, 2), 32);
    v128.store(i, i64x2.shuffle(ef2, gh2, 1, 3), 48);
  }
  // What really came before it: z̃ at the end of the stretch before; before z₁, what makes z̃₁ = z₁.
  const last = at + GROUP * <usize>((blocks - 1) >> 2) + 4 * <usize>((blocks - 1) & 3);
  const decay = power(correlation, blocks - 1);
  const before0 = first * (1 - weight);
  const before1 = correlation * (load<f32>(last) + decay * before0);
  const before2 = correlation * (load<f32>(last, 16) + decay * before1);
  const before3 = correlation * (load<f32>(last, 32) + decay * before2);
  const square = correlation * correlation;
  const powers = f32x4(1, <f32>correlation, <f32>square, <f32>(square * correlation));
  let scale: f64 = 1;
  for (let i = at; i < end && scale > NEGLIGIBLE; i += GROUP) {
    v128.store(i, line(v128.load(i), powers, f32x4.splat(<f32>(scale * before0))));
    v128.store(i, line(v128.load(i, 16), powers, f32x4.splat(<f32>(scale * before1))), 16);
    v128.store(i, line(v128.load(i, 32), powers, f32x4.splat(<f32>(scale * before2))), 32);
    v128.store(i, line(v128.load(i, 48), powers, f32x4.splat(<f32>(scale * before3))), 48);
    scale *= square * square;
  }
}
