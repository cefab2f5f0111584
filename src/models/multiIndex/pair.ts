/** The plane that one student and one teacher span, from moments of [X − X*, X*]: exact as X → X* and as X ∥ X*. */

export interface Pair {
  /** ⟨λ(X − X*)²⟩ */
  readonly error: number;
  /** ⟨λ(X − X*)X*⟩ */
  readonly cross: number;
  /** p = ⟨λX²⟩, q = ⟨λXX*⟩, s = ⟨λX*²⟩ */
  readonly p: number;
  readonly q: number;
  readonly s: number;
  /** ps − q² ≥ 0 */
  readonly determinant: number;
  /** θ: the angle between student and teacher. */
  readonly angle: number;
}

/** From the 2×2 moments of errors and teacher. */
export function pairOf(moments: Float64Array): Pair {
  const [error, cross, s] = [moments[0]!, moments[1]!, moments[3]!];
  const p = Math.max(s + 2 * cross + error, 0);
  const q = s + cross;
  const determinant = Math.max(error * s - cross * cross, 0);
  return { error, cross, p, q, s, determinant, angle: Math.atan2(Math.sqrt(determinant), q) };
}

/** Where the series below are used, and their number of terms: a relative error below 1e-16. */
const [SMALL, TERMS] = [1, 10];

/** x − sin x */
export function sineGap(x: number): number {
  if (Math.abs(x) > SMALL) return x - Math.sin(x);
  let sum = 0;
  let term = x;
  for (let k = 1; k <= TERMS; k++) {
    term *= (-x * x) / (2 * k * (2 * k + 1));
    sum -= term;
  }
  return sum;
}

/** sin x − x cos x */
export function arcGap(x: number): number {
  if (Math.abs(x) > SMALL) return Math.sin(x) - x * Math.cos(x);
  let sum = 0;
  let term = x;
  for (let k = 1; k <= TERMS; k++) {
    term *= (-x * x) / (2 * k * (2 * k + 1));
    sum -= 2 * k * term;
  }
  return sum;
}

/** √(s/p) sin θ and θ − √(s/p) sin θ. */
export function tilt({ error, cross, p, s, determinant, angle }: Pair): { sine: number; gap: number } {
  const sine = Math.sqrt(determinant) / p;
  // 1 − √(s/p) from the difference of the norms, which the errors give.
  const shrink = (2 * cross + error) / (Math.sqrt(p) * (Math.sqrt(p) + Math.sqrt(s)));
  return { sine, gap: sineGap(angle) + shrink * Math.sin(angle) };
}
