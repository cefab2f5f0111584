/** Finite-difference stencils on uniform grids. */

/**
 * Weights of the derivatives 0 … `order` at x from values at `nodes` (Fornberg 1988), row-major: row m holds the
 * weights of the m-th derivative, one per node.
 */
export function fornbergWeights(x: number, nodes: ArrayLike<number>, order: number): Float64Array {
  const n = nodes.length;
  const weights = new Float64Array((order + 1) * n);
  weights[0] = 1;
  let c1 = 1;
  let c4 = nodes[0] - x;
  for (let i = 1; i < n; i++) {
    const highest = Math.min(i, order);
    const c5 = c4;
    let c2 = 1;
    c4 = nodes[i] - x;
    for (let j = 0; j < i; j++) {
      const c3 = nodes[i] - nodes[j];
      c2 *= c3;
      for (let m = highest; m >= 0; m--) {
        const lower = m > 0 ? m * weights[(m - 1) * n + j] : 0;
        if (j === i - 1) {
          const last = m > 0 ? m * weights[(m - 1) * n + i - 1] : 0;
          weights[m * n + i] = (c1 * (last - c5 * weights[m * n + i - 1])) / c2;
        }
        weights[m * n + j] = (c4 * weights[m * n + j] - lower) / c3;
      }
    }
    c1 = c2;
  }
  return weights;
}

/** First and second derivative on a uniform grid, every row with `width` consecutive columns. */
export interface Stencils {
  readonly points: number;
  readonly width: number;
  /** First column of each row, non-decreasing. */
  readonly start: Int32Array;
  /** points × width weights of d/dz. */
  readonly first: Float64Array;
  /** points × width weights of d²/dz². */
  readonly second: Float64Array;
}

/**
 * Stencils of odd `width` (order width − 1 for d/dz) on `points` ≥ width points, `spacing` apart. Within half a
 * width of an end they narrow so as to stay centred, and the end itself takes the three nearest points: one-sided
 * stencils of high order make moving-grid equations unstable there.
 */
export function uniformStencils(points: number, spacing: number, width: number): Stencils {
  const start = new Int32Array(points);
  const first = new Float64Array(points * width);
  const second = new Float64Array(points * width);
  for (let i = 0; i < points; i++) {
    const half = Math.max(1, Math.min((width - 1) / 2, i, points - 1 - i));
    const from = Math.min(Math.max(i - half, 0), points - 1 - 2 * half);
    const nodes = Float64Array.from({ length: 2 * half + 1 }, (_, k) => from + k);
    const weights = fornbergWeights(i, nodes, 2);
    start[i] = Math.min(Math.max(i - (width - 1) / 2, 0), points - width);
    for (let k = 0; k < nodes.length; k++) {
      const at = i * width + from + k - start[i];
      first[at] = weights[nodes.length + k] / spacing;
      second[at] = weights[2 * nodes.length + k] / spacing ** 2;
    }
  }
  return { points, width, start, first, second };
}
