/** What theory says without solving the equation (theory: diagonal linear networks, section 4). */

/** A class of coordinates: eigenvalue λ, teacher entry β*, share of the coordinates. */
export interface TeacherClass {
  readonly eigenvalue: number;
  readonly teacher: number;
  readonly weight: number;
}

const mean = <T extends TeacherClass>(classes: readonly T[], of: (each: T) => number): number =>
  classes.reduce((sum, each) => sum + each.weight * of(each), 0);

/** Root of an increasing function with f(low) ≤ 0 ≤ f(high), to the last digit. */
function bisect(f: (x: number) => number, low: number, high: number): number {
  for (;;) {
    const middle = (low + high) / 2;
    if (!(middle > low && middle < high)) return middle;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
}

/**
 * Exponential rate ρ at which the noiseless risk finally decays, e^{−ρt}, from c_∞ of every class: the root of
 * 1 = (γ²/B) Σ w λ²κ²/(2γλκ − ρ) with κ = 2√(c_∞² + β*²). Undefined where γκ̄ ≥ 2B (unstable) or where a class has
 * κ = 0 (no exponential rate).
 */
export function exponentialRate(
  classes: readonly (TeacherClass & { readonly c: number })[],
  stepSize: number,
  batchSize: number,
): number | undefined {
  const moving = classes
    .filter(({ eigenvalue }) => eigenvalue > 0)
    .map(({ eigenvalue, teacher, c, weight }) => ({
      weight,
      strength: 2 * eigenvalue * Math.hypot(c, teacher),
    }));
  const slowest = 2 * stepSize * moving.reduce((least, { strength }) => Math.min(least, strength), Infinity);
  const gain = (rho: number) =>
    moving.reduce(
      (sum, { weight, strength }) => sum + (weight * strength ** 2) / (2 * stepSize * strength - rho),
      0,
    );
  const excess = (rho: number) => (stepSize ** 2 / batchSize) * gain(rho) - 1;
  if (!(slowest > 0 && slowest < Infinity) || excess(0) >= 0) return undefined;
  return bisect(excess, 0, slowest);
}

/**
 * Largest ρ with R(t) ≤ R(0)e^{−ρt} for all t by the sufficient condition of section 4 (σ = 0, start at zero output
 * with c₀ = α²/2): the certificate of global existence and exponential convergence. Undefined where it does not hold.
 */
export function certifiedRate(
  classes: readonly TeacherClass[],
  { stepSize, batchSize, initScale }: { stepSize: number; batchSize: number; initScale: number },
): number | undefined {
  const c = initScale ** 2 / 2;
  const risk = mean(classes, ({ eigenvalue, teacher }) => eigenvalue * teacher ** 2) / 2;
  const eigenvalues = classes.map(({ eigenvalue }) => eigenvalue);
  const [smallest, largest] = [Math.min(...eigenvalues), Math.max(...eigenvalues)];
  const squares = mean(
    classes,
    ({ eigenvalue, teacher }) => eigenvalue ** 2 * (9 * teacher ** 2 + 4 * c ** 2),
  );
  const loss = (stepSize ** 2 / batchSize) * (22 * largest * risk + squares);
  const shrinkage = (2 * stepSize ** 2 * largest * risk) / batchSize;
  const bound = (rho: number) => 4 * stepSize * smallest * c * Math.exp(-shrinkage / rho) - loss;
  // The bound grows with ρ, so iterating it from above descends to its largest fixed point, if it has one.
  let rho = bound(Infinity);
  for (;;) {
    const next = rho > 0 ? bound(rho) : 0;
    if (!(next > 0)) return undefined;
    if (next >= rho) return rho;
    rho = next;
  }
}

/**
 * Risk that label noise leaves in the end: R = ½[σ² + E λ(β*² − (|β*| − γR/B)₊²)], when c → 0 has
 * soft-thresholded the teacher.
 */
export function longTimeRisk(
  classes: readonly TeacherClass[],
  { stepSize, batchSize, labelNoise }: { stepSize: number; batchSize: number; labelNoise: number },
): number {
  const level = (risk: number) => {
    const kept = (teacher: number) => Math.max(Math.abs(teacher) - (stepSize * risk) / batchSize, 0);
    const lost = mean(classes, ({ eigenvalue, teacher }) => eigenvalue * (teacher ** 2 - kept(teacher) ** 2));
    return (labelNoise ** 2 + lost) / 2;
  };
  // The level is concave and increasing in R, at least σ²/2: it crosses R once.
  const highest = level(Infinity);
  return bisect((risk) => risk - level(risk), labelNoise ** 2 / 2, highest);
}

/** Curvature above which a point is unstable: γκ̄ = 2B. */
export function stabilityEdge(stepSize: number, batchSize: number): number {
  return (2 * batchSize) / stepSize;
}
