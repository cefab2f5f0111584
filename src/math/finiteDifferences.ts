/** Finite-difference weights. */

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

/** Centred differences of order 2·half for unit spacing. */
export interface CentredDifference {
  /** f'(0) ≈ Σ_{m ≥ 1} first[m]·(f(m) − f(−m)) */
  readonly first: Float64Array;
  /** f''(0) ≈ Σ_{m ≥ 1} second[m]·(f(m) + f(−m) − 2f(0)) */
  readonly second: Float64Array;
}

/** The centred difference that reaches `half` ≥ 1 points to each side. */
export function centredDifference(half: number): CentredDifference {
  const width = 2 * half + 1;
  const nodes = Float64Array.from({ length: width }, (_, k) => k - half);
  const weights = fornbergWeights(0, nodes, 2);
  return {
    first: weights.slice(width + half, 2 * width),
    second: weights.slice(2 * width + half, 3 * width),
  };
}
