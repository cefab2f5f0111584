/** Products with a stack of rows of float32, each of a whole number of vectors: twin of src/math/rows.ts. */
import { sum } from '../lib/lanes';

/** Bytes of a row that stay in the first-level cache while all rows pass. */
const BLOCK: usize = 8192;

/** out[l] = Σᵢ vector[i] row_l[i] in float64 for l < count; addresses, and bytes of a row. */
export function dots(vector: usize, rows: usize, width: usize, count: i32, out: usize): void {
  memory.fill(out, 0, 8 * <usize>count);
  for (let start: usize = 0; start < width; start += BLOCK) {
    const end = min(width, start + BLOCK);
    let l = 0;
    let row = rows;
    for (; l + 4 <= count; l += 4) {
      const b = row + width;
      const c = b + width;
      const d = c + width;
      let p = f32x4.splat(0);
      let q = p;
      let r = p;
      let s = p;
      for (let i = start; i < end; i += 16) {
        const v = v128.load(vector + i);
        p = f32x4.add(p, f32x4.mul(v, v128.load(row + i)));
        q = f32x4.add(q, f32x4.mul(v, v128.load(b + i)));
        r = f32x4.add(r, f32x4.mul(v, v128.load(c + i)));
        s = f32x4.add(s, f32x4.mul(v, v128.load(d + i)));
      }
      const to = out + 8 * <usize>l;
      store<f64>(to, load<f64>(to) + sum(p));
      store<f64>(to, load<f64>(to, 8) + sum(q), 8);
      store<f64>(to, load<f64>(to, 16) + sum(r), 16);
      store<f64>(to, load<f64>(to, 24) + sum(s), 24);
      row = d + width;
    }
    for (; l < count; l++) {
      let p = f32x4.splat(0);
      for (let i = start; i < end; i += 16) {
        p = f32x4.add(p, f32x4.mul(v128.load(vector + i), v128.load(row + i)));
      }
      const to = out + 8 * <usize>l;
      store<f64>(to, load<f64>(to) + sum(p));
      row += width;
    }
  }
}

/** vector[i] += Σ_l factors[l] row_l[i] for l < count, factors in float32. */
export function addTo(vector: usize, rows: usize, width: usize, factors: usize, count: i32): void {
  for (let start: usize = 0; start < width; start += BLOCK) {
    const end = min(width, start + BLOCK);
    let l = 0;
    let row = rows;
    for (; l + 4 <= count; l += 4) {
      const b = row + width;
      const c = b + width;
      const d = c + width;
      const p = v128.load32_splat(factors + 4 * <usize>l);
      const q = v128.load32_splat(factors + 4 * <usize>l, 4);
      const r = v128.load32_splat(factors + 4 * <usize>l, 8);
      const s = v128.load32_splat(factors + 4 * <usize>l, 12);
      for (let i = start; i < end; i += 16) {
        const ab = f32x4.add(f32x4.mul(p, v128.load(row + i)), f32x4.mul(q, v128.load(b + i)));
        const cd = f32x4.add(f32x4.mul(r, v128.load(c + i)), f32x4.mul(s, v128.load(d + i)));
        v128.store(vector + i, f32x4.add(v128.load(vector + i), f32x4.add(ab, cd)));
      }
      row = d + width;
    }
    for (; l < count; l++) {
      const p = v128.load32_splat(factors + 4 * <usize>l);
      for (let i = start; i < end; i += 16) {
        v128.store(vector + i, f32x4.add(v128.load(vector + i), f32x4.mul(p, v128.load(row + i))));
      }
      row += width;
    }
  }
}
