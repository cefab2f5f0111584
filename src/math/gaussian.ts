/** Density, distribution function and quantile of the standard normal law. */

/** (2π)^{−1/2} exp(−z²/2) */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

const [STEPS, END] = [64, 8];

/** φ(n/64)/64 and Φ(n/64), −8 ≤ n/64 ≤ 8, the latter by the series ½ + φ(z)(z + z³/3 + z⁵/(3·5) + …). */
const RISE = Float64Array.from(
  { length: 2 * END * STEPS + 1 },
  (_, i) => normalDensity(i / STEPS - END) / STEPS,
);
const CUMULATIVE = RISE.map((rise, i) => {
  const z = i / STEPS - END;
  let sum = 0;
  let term = z;
  for (let n = 3; sum + term !== sum; n += 2) {
    sum += term;
    term *= (z * z) / n;
  }
  return 0.5 + rise * STEPS * sum;
});

/** P(Z ≤ z), absolute error below 2e-10: cubic interpolation with the density as slope. */
export function normalCumulative(z: number): number {
  if (!(Math.abs(z) < END)) return z > 0 ? 1 : 0;
  const at = (z + END) * STEPS;
  const i = Math.floor(at);
  const s = at - i;
  const rise = CUMULATIVE[i + 1] - CUMULATIVE[i];
  const [left, right] = [RISE[i], RISE[i + 1]];
  return CUMULATIVE[i] + s * (left + s * (3 * rise - 2 * left - right + s * (left + right - 2 * rise)));
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i];
  return sum;
}

const CENTRE = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
  45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
];
const CENTRE_BELOW = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
  39307.89580009271061, 28729.085735721942674, 5226.495278852854561,
];
const SHOULDER = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
  1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
];
const SHOULDER_BELOW = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
  0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
];
const TAIL = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
  0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
];
const TAIL_BELOW = [
  1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
  1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
];

/** z with P(Z ≤ z) = p, to about 1e-15 relative (Wichura 1988, algorithm AS 241, PPND16). */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE, r)) / polynomial(CENTRE_BELOW, r);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const z =
    r <= 5
      ? polynomial(SHOULDER, r - 1.6) / polynomial(SHOULDER_BELOW, r - 1.6)
      : polynomial(TAIL, r - 5) / polynomial(TAIL_BELOW, r - 5);
  return Math.sign(q) * z;
}
