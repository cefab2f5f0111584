/** Gauss rules: nodes and weights (normalised to sum 1) from the three-term recurrence of a measure. */

/** A point and the mass it carries. */
export interface Atom {
  readonly value: number;
  readonly weight: number;
}

/** A probability measure on finitely many points. */
export type Rule = readonly Atom[];

/** Coefficients of the monic recurrence p_{k+1} = (x − a_k) p_k − b_k² p_{k−1}; b_0 is not used. */
export interface Recurrence {
  /** a_0 … a_{n−1} */
  readonly a: Float64Array;
  /** (unused), b_1 … b_{n−1} */
  readonly b: Float64Array;
}

/**
 * The Gauss rule of a recurrence: eigenvalues of the Jacobi matrix are nodes, squared first components of its
 * eigenvectors weights (Golub & Welsch 1969; implicit QL with Wilkinson's shift). Nodes ascend.
 */
export function gaussRule({ a, b }: Recurrence): Rule {
  const n = a.length;
  const diagonal = Float64Array.from(a);
  const off = new Float64Array(n);
  off.set(b.subarray(1));
  const first = new Float64Array(n);
  first[0] = 1;
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l;
      while (m < n - 1) {
        const scale = Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]);
        if (Math.abs(off[m]) <= Number.EPSILON * scale) break;
        m++;
      }
      if (m === l) break;
      if (sweep === 60) throw new RangeError(`recurrence of ${n} coefficients: expected finite numbers`);
      let g = (diagonal[l + 1] - diagonal[l]) / (2 * off[l]);
      g = diagonal[m] - diagonal[l] + off[l] / (g + Math.sign(g || 1) * Math.hypot(g, 1));
      let s = 1;
      let c = 1;
      let p = 0;
      for (let i = m - 1; i >= l; i--) {
        const f = s * off[i];
        const h = c * off[i];
        const r = Math.hypot(f, g);
        off[i + 1] = r;
        if (r === 0) {
          diagonal[i + 1] -= p;
          off[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = diagonal[i + 1] - p;
        const q = (diagonal[i] - g) * s + 2 * c * h;
        p = s * q;
        diagonal[i + 1] = g + p;
        g = c * q - h;
        const v = first[i + 1];
        first[i + 1] = s * first[i] + c * v;
        first[i] = c * first[i] - s * v;
        if (i === l) {
          diagonal[l] -= p;
          off[l] = g;
          off[m] = 0;
        }
      }
    }
  }
  return Array.from(diagonal, (value, i) => ({ value, weight: first[i] ** 2 })).sort(
    (x, y) => x.value - y.value,
  );
}

/** Recurrence of the density ∝ x^exponent on [0, 1], exponent > −1 (Jacobi polynomials; 0: Legendre). */
export function powerRecurrence(nodes: number, exponent: number): Recurrence {
  const a = new Float64Array(nodes);
  const b = new Float64Array(nodes);
  const q = exponent;
  for (let k = 0; k < nodes; k++) {
    const s = 2 * k + q;
    // At k = 0 the factor q/s is 1, also in the limit q → 0.
    a[k] = 0.5 + (0.5 * (k === 0 ? 1 : q / s) * q) / (s + 2);
    b[k] = k === 0 ? 0 : (k * (k + q)) / (s * Math.sqrt((s + 1) * (s - 1)));
  }
  return { a, b };
}

/** Gauss–Legendre rule of the uniform law on [0, 1]. */
export function gaussLegendre(nodes: number): Rule {
  return gaussRule(powerRecurrence(nodes, 0));
}

/**
 * Rule for a density on [0, length] whose integrands change on all scales down to `scale` near 0:
 * Gauss–Legendre in s with x = scale·sinh s, weights normalised.
 */
export function gradedRule(
  nodes: number,
  length: number,
  scale: number,
  density: (x: number) => number,
): Rule {
  const end = Math.asinh(length / scale);
  const points = gaussLegendre(nodes).map(({ value, weight }) => {
    const x = scale * Math.sinh(end * value);
    return { value: x, weight: weight * Math.cosh(end * value) * density(x) };
  });
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  return points.map(({ value, weight }) => ({ value, weight: weight / total }));
}

/**
 * Recurrence of any measure given by many weighted points (Stieltjes' procedure, with the polynomials kept
 * orthonormal): exact for a discrete measure, as good as the discretisation otherwise.
 */
export function discreteRecurrence(points: Rule, nodes: number): Recurrence {
  const a = new Float64Array(nodes);
  const b = new Float64Array(nodes);
  let mass = 0;
  for (const { weight } of points) mass += weight;
  let previous = new Float64Array(points.length);
  let current = new Float64Array(points.length).fill(1 / Math.sqrt(mass));
  for (let k = 0; k < nodes; k++) {
    let mean = 0;
    points.forEach(({ value, weight }, i) => (mean += weight * value * current[i] ** 2));
    a[k] = mean;
    if (k + 1 === nodes) break;
    let norm = 0;
    points.forEach(({ value, weight }, i) => {
      const next = (value - mean) * current[i] - b[k] * previous[i];
      previous[i] = next;
      norm += weight * next * next;
    });
    b[k + 1] = Math.sqrt(norm);
    for (let i = 0; i < points.length; i++) previous[i] /= b[k + 1];
    [previous, current] = [current, previous];
  }
  return { a, b };
}

/** Points of the Gauss–Legendre rule that stands for a measure. */
const DISCRETISATION = 320;
let discretisation: Rule | undefined;

/**
 * Gauss rule of the measure density(y) dy on [0, end], normalised: exact for polynomials in y of degree below
 * 2·nodes. The density is smooth, and so are its changes over a hundredth of the interval.
 *
 * @param lump further mass at the end
 */
export function fittedRule(nodes: number, end: number, density: (y: number) => number, lump = 0): Rule {
  discretisation ??= gaussLegendre(DISCRETISATION);
  const points = discretisation.map(({ value, weight }) => ({
    value: end * value,
    weight: end * weight * density(end * value),
  }));
  if (lump > 0) points.push({ value: end, weight: lump });
  return gaussRule(discreteRecurrence(points, nodes));
}
