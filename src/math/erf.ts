/** Above this the tail is small enough for its continued fraction to converge in `TERMS` terms. */
const [LARGE, TERMS] = [2.5, 40];

/** Error function 2/√π ∫₀ˣ exp(−y²) dy, absolute error about 1e-16. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  const front = (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x);
  if (size <= LARGE) {
    let sum = 0;
    let term = x;
    for (let n = 1; sum + term !== sum; n++) {
      sum += term;
      term *= (2 * x * x) / (2 * n + 1);
    }
    return front * sum;
  }
  // 1 − erf = front/2 · 1/(x + ½/(x + 1/(x + ³⁄₂/(x + …)))), from the far end.
  let below = size;
  for (let n = TERMS; n > 0; n--) below = size + (0.5 * n) / below;
  return Math.sign(x) * (1 - front / (2 * below));
}
