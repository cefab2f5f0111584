/**
 * Logistic regression on labels 1{r* > 0} never settles (theory: multi-index models, section 3, K = I, no ridge): the
 * student grows as t^⅓ and turns to its teacher so that (1 − cos θ)p tends to a constant c; the risk falls as t^{−⅓}.
 */
import { erf } from '../../math/erf.ts';

/** ∫ S(r)²Φ(−r/√(2c)) dr */
function overlapIntegral(c: number): number {
  const width = Math.sqrt(2 * c);
  const step = Math.min(0.1, width / 10);
  let sum = 0;
  // S² has decayed to e^{−80} at the left end, Φ to e^{−40} at the right one.
  for (let r = -40; r < 9 * width; r += step) {
    sum += (step * 0.5 * (1 - erf(r / (width * Math.SQRT2)))) / (1 + Math.exp(-r)) ** 2;
  }
  return sum;
}

/** c = (γ/2B) ∫ S(r)²Φ(−r/√(2c)) dr, by bisection: the ratio of both sides falls with c. */
export function misalignment(stepSize: number, batchSize: number): number {
  const factor = stepSize / (2 * batchSize);
  let [low, high] = [1e-12, 1];
  while (factor * overlapIntegral(high) > high) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = Math.sqrt(low * high);
    if (factor * overlapIntegral(middle) > middle) low = middle;
    else high = middle;
  }
  return low;
}

/** Variance p of the student's output and risk at late times t. */
export function separableAsymptotics(
  stepSize: number,
  batchSize: number,
): (t: number) => { variance: number; risk: number } {
  const c = misalignment(stepSize, batchSize);
  const total = c + Math.PI ** 2 / 6;
  return (t) => {
    const variance = ((3 * stepSize * total * t) / Math.sqrt(2 * Math.PI)) ** (2 / 3);
    return { variance, risk: total / Math.sqrt(2 * Math.PI * variance) };
  };
}
