/** Smooth curves through points. */
import { fornbergWeights } from './finiteDifferences.ts';

/** Points to each side that slope and curvature at a node are taken from. */
const SIDE = 3;

/**
 * The piecewise quintic polynomial through given points whose first two derivatives at each node are those of the
 * polynomial through the nearest seven points; constant beyond the ends. Error of order 6 in the spacing where the
 * values are smooth.
 */
export class Quintic {
  readonly nodes: Float64Array;
  /** Coefficients of ascending powers of the share of the way between two nodes, six for each pair in turn. */
  readonly pieces: Float64Array;
  readonly #values: Float64Array;
  #at = 0;

  /**
   * @param nodes ascending, at least one
   * @param values one per node, finite
   */
  constructor(nodes: Float64Array, values: Float64Array) {
    const count = nodes.length;
    this.nodes = nodes;
    this.#values = values;
    this.pieces = new Float64Array(6 * (count - 1));
    if (count === 1) return;
    const [slopes, bends] = [new Float64Array(count), new Float64Array(count)];
    const width = Math.min(count, 2 * SIDE + 1);
    for (let i = 0; i < count; i++) {
      const first = Math.min(Math.max(i - SIDE, 0), count - width);
      const near = nodes.subarray(first, first + width);
      const weights = fornbergWeights(nodes[i]!, near, 2);
      for (let k = 0; k < width; k++) {
        slopes[i]! += weights[width + k]! * values[first + k]!;
        if (width > 2) bends[i]! += weights[2 * width + k]! * values[first + k]!;
      }
    }
    for (let i = 0; i < count - 1; i++) {
      const h = nodes[i + 1]! - nodes[i]!;
      const rise = values[i + 1]! - values[i]!;
      const [a, b] = [h * slopes[i]!, h * slopes[i + 1]!];
      const [p, q] = [h * h * bends[i]!, h * h * bends[i + 1]!];
      const c3 = 10 * rise - 6 * a - 4 * b - 1.5 * p + 0.5 * q;
      const c4 = -15 * rise + 8 * a + 7 * b + 1.5 * p - q;
      const c5 = 6 * rise - 3 * a - 3 * b - 0.5 * p + 0.5 * q;
      this.pieces.set([values[i]!, a, 0.5 * p, c3, c4, c5], 6 * i);
    }
  }

  /** Index of the node at or before x; fast where calls come in nearly ascending order. */
  #find(x: number): number {
    const { nodes } = this;
    let i = this.#at;
    if (!(nodes[i]! <= x)) i = 0;
    if (nodes[Math.min(i + 4, nodes.length - 1)]! < x) {
      let high = nodes.length - 1;
      while (high - i > 1) {
        const middle = (i + high) >> 1;
        if (nodes[middle]! <= x) i = middle;
        else high = middle;
      }
    }
    while (i < nodes.length - 2 && nodes[i + 1]! <= x) i++;
    this.#at = i;
    return i;
  }

  /** The value at x where `order` is 0, the slope where it is 1. */
  #evaluate(x: number, order: 0 | 1): number {
    const { nodes } = this;
    const last = nodes.length - 1;
    if (!(x > nodes[0]!)) return order === 0 ? this.#values[0]! : 0;
    if (x >= nodes[last]!) return order === 0 ? this.#values[last]! : 0;
    const i = this.#find(x);
    const h = nodes[i + 1]! - nodes[i]!;
    const s = (x - nodes[i]!) / h;
    const [c, j] = [this.pieces, 6 * i];
    const [c3, c4, c5] = [c[j + 3]!, c[j + 4]!, c[j + 5]!];
    if (order === 0) return c[j]! + s * (c[j + 1]! + s * (c[j + 2]! + s * (c3 + s * (c4 + s * c5))));
    return (c[j + 1]! + s * (2 * c[j + 2]! + s * (3 * c3 + s * (4 * c4 + s * 5 * c5)))) / h;
  }

  value(x: number): number {
    return this.#evaluate(x, 0);
  }

  slope(x: number): number {
    return this.#evaluate(x, 1);
  }
}
