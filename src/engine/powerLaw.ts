/** Weighted least squares fit of a power law to measured values, which may be negative where noise outweighs them. */

export interface Measured {
  readonly x: number;
  readonly y: number;
  /** Standard error of y, positive. */
  readonly error: number;
}

export interface PowerLaw {
  /** y ≈ factor·x^exponent. */
  readonly factor: number;
  readonly exponent: number;
  /** Standard error of the exponent; wider where the points scatter more than their own errors say. */
  readonly standardError: number;
  /** Sum of squared residuals in units of the errors, per degree of freedom. */
  readonly scatter: number;
  /** Smallest x that was fitted. */
  readonly from: number;
}

const sumOf = <T>(all: readonly T[], of: (each: T) => number): number =>
  all.reduce((sum, each) => sum + of(each), 0);

/** Exponents that are searched. */
const [LOWEST, HIGHEST] = [-4, 2];
const GRID = 0.02;
const PRECISION = 1e-6;

/** The best factor for an exponent, x in units of `unit`, and the sum of squares that it leaves. */
function at(
  exponent: number,
  points: readonly Measured[],
  unit: number,
): { factor: number; squares: number } {
  const shape = (x: number) => (x / unit) ** exponent;
  const factor =
    sumOf(points, ({ x, y, error }) => (shape(x) * y) / error ** 2) /
    sumOf(points, ({ x, error }) => (shape(x) / error) ** 2);
  return { factor, squares: sumOf(points, ({ x, y, error }) => ((y - factor * shape(x)) / error) ** 2) };
}

/** The minimum of f around `middle`, which lies between its neighbours on the grid, by golden sections. */
function minimise(f: (x: number) => number, low: number, high: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [low, high];
  while (b - a > PRECISION) {
    const [left, right] = [b - golden * (b - a), a + golden * (b - a)];
    if (f(left) < f(right)) b = right;
    else a = left;
  }
  return (a + b) / 2;
}

/**
 * Fits in linear space, so that points within their own error count with it, and no point is dropped for being
 * small. Undefined with fewer than three points, where the values do not stand out of their errors (factor below
 * two standard errors), or where no exponent within −4 … 2 is best.
 */
export function fitPowerLaw(points: readonly Measured[]): PowerLaw | undefined {
  if (points.length < 3) return undefined;
  const unit = Math.exp(sumOf(points, ({ x }) => Math.log(x)) / points.length);
  const squares = (exponent: number) => at(exponent, points, unit).squares;
  const grid = Array.from({ length: Math.round((HIGHEST - LOWEST) / GRID) + 1 }, (_, i) => LOWEST + i * GRID);
  const best = grid.reduce((a, b) => (squares(b) < squares(a) ? b : a));
  if (best === grid[0] || best === grid.at(-1)) return undefined;
  const exponent = minimise(squares, best - GRID, best + GRID);
  const { factor, squares: left } = at(exponent, points, unit);
  // Information about ln(factor) and the exponent.
  const moment = (power: number) =>
    sumOf(
      points,
      ({ x, error }) => ((factor * (x / unit) ** exponent) / error) ** 2 * Math.log(x / unit) ** power,
    );
  const [m0, m1, m2] = [moment(0), moment(1), moment(2)];
  const determinant = m0 * m2 - m1 ** 2;
  const scatter = left / (points.length - 2);
  const widening = Math.sqrt(Math.max(1, scatter));
  if (!(factor > 0) || !(Math.sqrt(m2 / determinant) * widening < 0.5)) return undefined;
  return {
    factor: factor / unit ** exponent,
    exponent,
    standardError: Math.sqrt(m0 / determinant) * widening,
    scatter,
    from: points[0]!.x,
  };
}

/** A power law that leaves larger residuals than this, per degree of freedom, does not hold for all points yet. */
const ACCEPTED = 2;

/**
 * The power law that large x approach: as few of the smallest x as possible are left out, at most half of them, so
 * that the rest agrees with a power law within its errors; none where that does not help, and the error is wider.
 * `points` in increasing order of x.
 */
export function fitAsymptote(points: readonly Measured[]): PowerLaw | undefined {
  const most = Math.min(points.length - 3, Math.floor(points.length / 2));
  for (let left = 0; left <= most; left++) {
    const fit = fitPowerLaw(points.slice(left));
    if (fit && fit.scatter <= ACCEPTED) return fit;
  }
  return fitPowerLaw(points);
}
