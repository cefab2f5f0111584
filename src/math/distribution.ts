/**
 * Laws of eigenvalues and teacher entries: quantile functions for arrays of coordinates, quadrature rules for
 * deterministic limits. All rules are Gauss rules in a variable chosen so that exponentials and rational
 * functions of the value converge fast, at long times too.
 */
import { normalDensity, normalQuantile } from './gaussian.ts';
import { fittedRule, gaussLegendre, type Atom, type Rule } from './quadrature.ts';

export type { Atom, Rule } from './quadrature.ts';

export interface Distribution {
  /** Discrete laws only: values ascending and distinct, weights positive with sum 1. */
  readonly atoms?: Rule;
  /** The value below which a share p of the mass lies, 0 < p < 1. */
  quantile(p: number): number;
  /**
   * Weights with sum 1; `nodes` points for a continuous law, all atoms of a discrete one.
   *
   * @param finest smallest |value| near which integrands still change
   */
  rule(nodes: number, finest?: number): Rule;
}

/** Finitely many values; weights are normalised, equal values merged, zero weights dropped. */
export function discrete(values: readonly Readonly<Atom>[]): Distribution {
  const total = values.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0)) throw new RangeError(`weights of atoms have sum ${total}: expected a positive sum`);
  const masses = new Map<number, number>();
  for (const { value, weight } of values) {
    if (weight > 0) masses.set(value + 0, (masses.get(value + 0) ?? 0) + weight / total);
  }
  const atoms = [...masses].map(([value, weight]) => ({ value, weight })).sort((x, y) => x.value - y.value);
  return {
    atoms,
    quantile(p) {
      let below = 0;
      for (const { value, weight } of atoms) {
        below += weight;
        if (p <= below) return value;
      }
      return atoms[atoms.length - 1].value;
    },
    rule: () => atoms,
  };
}

/** All mass at one value. */
export function pointMass(value: number): Distribution {
  return discrete([{ value, weight: 1 }]);
}

/** A share `density` of the mass at `amplitude`, the rest at 0. */
export function sparse(density: number, amplitude: number): Distribution {
  return discrete([
    { value: 0, weight: 1 - density },
    { value: amplitude, weight: density },
  ]);
}

/** Two equally likely values with mean 1 and ratio `condition` ≥ 1. */
export function twoPoint(condition: number): Distribution {
  return discrete([
    { value: 2 / (1 + condition), weight: 0.5 },
    { value: (2 * condition) / (1 + condition), weight: 0.5 },
  ]);
}

/** ln λ uniform, mean 1, largest over smallest value `condition` ≥ 1. */
export function logUniform(condition: number): Distribution {
  const width = Math.log(condition);
  if (width === 0) return pointMass(1);
  const smallest = width / Math.expm1(width);
  const quantile = (p: number): number => smallest * Math.exp(width * p);
  return {
    quantile,
    rule: (nodes) => gaussLegendre(nodes).map(({ value, weight }) => ({ value: quantile(value), weight })),
  };
}

/** Exponents of e past which mass is left out, and past which eigenvalues are lumped: they are faster than all else. */
const [NEGLIGIBLE, LARGEST] = [30, 30];
/** Logarithms of eigenvalues up to which a rule has nodes evenly, beyond ever more sparsely. */
const EVEN = 6;

/**
 * λ = (1 − a) s^{−a} with s uniform on (0, 1), 0 ≤ a < ½. With l = ln(λ/(1 − a)) the density of λ² is ∝ e^{−(1/a − 2)l},
 * which for a near ½ reaches over hundreds of powers of ten. The rule is exact for λ² times polynomials in
 * asinh(l/6): integrands change with l, and settle where λ is larger than all other rates.
 */
export function powerLaw(exponent: number): Distribution {
  if (exponent < 1e-12) return pointMass(1);
  const decay = 1 / exponent - 2;
  const longest = Math.min(NEGLIGIBLE / decay, LARGEST);
  const logarithm = (y: number): number => EVEN * Math.sinh(y);
  return {
    quantile: (p) => (1 - exponent) * (1 - p) ** -exponent,
    rule(nodes) {
      const end = Math.asinh(longest / EVEN);
      // Nodes for the law itself and for λ² times it, in equal shares.
      const share = (l: number): number => 1 + Math.exp(-2 * l) / (exponent * decay);
      const density = (y: number): number =>
        Math.exp(-decay * logarithm(y)) * share(logarithm(y)) * EVEN * Math.cosh(y);
      const beyond = Math.exp(-decay * longest) / decay;
      const points = fittedRule(nodes, end, density, beyond).map(({ value, weight }) => {
        const l = logarithm(value);
        const grown = Math.exp(l);
        return { value: (1 - exponent) * grown, weight: weight / (grown * grown * share(l)) };
      });
      const total = points.reduce((sum, { weight }) => sum + weight, 0);
      return points.map(({ value, weight }) => ({ value, weight: weight / total }));
    },
  };
}

/**
 * Marchenko–Pastur law with mean 1 and support (1 ± √c)², aspect ratio 0 < c ≤ 1. With
 * λ = 1 + c + 2√c cos φ its density in φ is 2 sin²φ/(πλ) on (0, π), whose integral is elementary.
 */
export function marchenkoPastur(aspect: number): Distribution {
  const root = Math.sqrt(aspect);
  const eigenvalue = (phi: number): number => 1 + aspect + 2 * root * Math.cos(phi);
  const above = (phi: number): number => {
    const arc = Math.atan(((1 - root) / (1 + root)) * Math.tan(0.5 * phi));
    const sum = (1 + aspect) * phi - 2 * root * Math.sin(phi) - 2 * (1 - aspect) * arc;
    return sum / (2 * Math.PI * aspect);
  };
  return {
    quantile(p) {
      let low = 0;
      let high = Math.PI;
      let phi = Math.PI * (1 - p);
      for (let i = 0; i < 100 && high - low > 1e-15; i++) {
        const excess = above(phi) - (1 - p);
        if (excess > 0) high = phi;
        else low = phi;
        const step = (excess * Math.PI * eigenvalue(phi)) / (2 * Math.sin(phi) ** 2);
        if (Math.abs(step) < 1e-14) break;
        phi = phi - step > low && phi - step < high ? phi - step : 0.5 * (low + high);
      }
      return eigenvalue(phi);
    },
    rule(nodes, finest = 0.01) {
      // psi = π − φ: eigenvalues near 0 decide about long times, and for c near 1 they lie dense.
      const scale = Math.max(1 - root, Math.min(1, Math.sqrt(finest / root)));
      const psi = (y: number): number => scale * Math.sinh(y);
      const density = (y: number): number =>
        (Math.sin(psi(y)) ** 2 / eigenvalue(Math.PI - psi(y))) * Math.cosh(y);
      return fittedRule(nodes, Math.asinh(Math.PI / scale), density).map(({ value, weight }) => ({
        value: (1 - root) ** 2 + 4 * root * Math.sin(0.5 * psi(value)) ** 2,
        weight,
      }));
    },
  };
}

/**
 * Normal law with mean 0. The rule joins two half-lines, graded towards 0, so that functions of |x| (norms,
 * thresholds, rates) converge as fast as functions of x; an odd number of nodes is rounded up.
 */
export function gaussian(deviation: number): Distribution {
  return {
    quantile: (p) => deviation * normalQuantile(p),
    rule(nodes, finest = 0.3 * deviation) {
      const scale = Math.min(1, finest / deviation);
      const value = (y: number): number => scale * Math.sinh(y);
      // Beyond 8.5 standard deviations lies 1e-15 of the second moment.
      const density = (y: number): number => normalDensity(value(y)) * Math.cosh(y);
      const half = fittedRule(Math.ceil(nodes / 2), Math.asinh(8.5 / scale), density);
      const right = half.map((atom) => ({ value: deviation * value(atom.value), weight: 0.5 * atom.weight }));
      const left = right.map((atom) => ({ value: -atom.value, weight: atom.weight }));
      return [...left.reverse(), ...right];
    },
  };
}
