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
  readonly #values: Float64Array;
  readonly #slopes: Float64Array;
  readonly #bends: Float64Array;
  #at = 0;

  /**
   * @param nodes ascending, at least one
   * @param values one per node, finite
   */
  constructor(nodes: Float64Array, values: Float64Array) {
    const count = nodes.length;
    this.nodes = nodes;
    this.#values = values;
    this.#slopes = new Float64Array(count);
    this.#bends = new Float64Array(count);
    if (count === 1) return;
    const width = Math.min(count, 2 * SIDE + 1);
    for (let i = 0; i < count; i++) {
      const first = Math.min(Math.max(i - SIDE, 0), count - width);
      const near = nodes.subarray(first, first + width);
      const weights = fornbergWeights(nodes[i]!, near, 2);
      for (let k = 0; k < width; k++) {
        this.#slopes[i]! += weights[width + k]! * values[first + k]!;
        if (width > 2) this.#bends[i]! += weights[2 * width + k]! * values[first + k]!;
      }
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
    const [start, rise] = [this.#values[i]!, this.#values[i + 1]! - this.#values[i]!];
    const [a, b] = [h * this.#slopes[i]!, h * this.#slopes[i + 1]!];
    const [p, q] = [h * h * this.#bends[i]!, h * h * this.#bends[i + 1]!];
    const c3 = 10 * rise - 6 * a - 4 * b - 1.5 * p + 0.5 * q;
    const c4 = -15 * rise + 8 * a + 7 * b + 1.5 * p - q;
    const c5 = 6 * rise - 3 * a - 3 * b - 0.5 * p + 0.5 * q;
    if (order === 0) return start + s * (a + s * (0.5 * p + s * (c3 + s * (c4 + s * c5))));
    return (a + s * (p + s * (3 * c3 + s * (4 * c4 + s * 5 * c5)))) / h;
  }

  /** Coefficients of ascending powers of the share of the way between two nodes, six for each pair in turn. */
  pieces(): Float64Array {
    const all = new Float64Array(6 * Math.max(0, this.nodes.length - 1));
    for (let i = 0; i < this.nodes.length - 1; i++) {
      const h = this.nodes[i + 1]! - this.nodes[i]!;
      const [start, rise] = [this.#values[i]!, this.#values[i + 1]! - this.#values[i]!];
      const [a, b] = [h * this.#slopes[i]!, h * this.#slopes[i + 1]!];
      const [p, q] = [h * h * this.#bends[i]!, h * h * this.#bends[i + 1]!];
      all[6 * i] = start;
      all[6 * i + 1] = a;
      all[6 * i + 2] = 0.5 * p;
      all[6 * i + 3] = 10 * rise - 6 * a - 4 * b - 1.5 * p + 0.5 * q;
      all[6 * i + 4] = -15 * rise + 8 * a + 7 * b + 1.5 * p - q;
      all[6 * i + 5] = 6 * rise - 3 * a - 3 * b - 0.5 * p + 0.5 * q;
    }
    return all;
  }

  value(x: number): number {
    return this.#evaluate(x, 0);
  }

  slope(x: number): number {
    return this.#evaluate(x, 1);
  }
}
