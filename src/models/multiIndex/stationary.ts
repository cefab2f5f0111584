/**
 * Stationary states of one student (theory: multi-index models, section 1): with D = λM_rr + δ and K = λμ + δ every
 * eigenvalue has ⟨EX*⟩ = −Ks/D and ⟨E²⟩ = γλI/(2BD) + K²s/D² (K = λμ where E = X), so that two numbers remain to be found.
 */
import type { Rule } from '../../math/quadrature.ts';
import { integrator } from './limit.ts';
import { riskOf } from './loss.ts';
import type { Problem } from './problem.ts';

/** Time, in units of 1/(γ⟨λ⟩M_rr) at the start, after which Newton's method takes over; how well it is followed. */
const [PATIENCE, STEPS, LEVEL] = [300, 3000, { tolerance: 1e-6, nodes: 32 }];
/** Noiseless errors below this share of the teacher are on their way to 0. */
const VANISHING = 1e-6;

/** Weighted moments that the eigenvalues would settle at if M and I stayed what they are at `moments`. */
function settled(problem: Problem, rule: Rule, stepSize: number, moments: Float64Array): [number, number] {
  const { loss, labelNoise, ridge, batchSize } = problem;
  const gradient = new Float64Array(2);
  const covariance = new Float64Array(1);
  loss.meanGradient(moments, gradient);
  loss.gradientCovariance(moments, labelNoise, covariance);
  let [error, cross] = [0, 0];
  for (const { value, weight } of rule) {
    const teacher = problem.start(value)[3]!;
    const decay = value * gradient[0]! + ridge;
    if (!(decay > 0)) return [NaN, NaN];
    const pull = (value * gradient[1]! + (loss.matched ? ridge : 0)) / decay;
    const noise = (stepSize * value * covariance[0]!) / (2 * batchSize * decay);
    cross -= weight * value * pull * teacher;
    error += weight * value * (noise + pull * pull * teacher);
  }
  return [error, cross];
}

function withErrors(moments: Float64Array, error: number, cross: number): Float64Array {
  return Float64Array.of(error, cross, cross, moments[3]!);
}

/** Newton's method for the two numbers, from a state of the limit; undefined where it does not converge. */
function newton(
  problem: Problem,
  rule: Rule,
  stepSize: number,
  start: Float64Array,
): Float64Array | undefined {
  let moments = start;
  const residual = (at: Float64Array): [number, number] => {
    const [error, cross] = settled(problem, rule, stepSize, at);
    return [error - at[0]!, cross - at[1]!];
  };
  for (let step = 0; step < 60; step++) {
    const [error, cross] = [moments[0]!, moments[1]!];
    const [f, g] = residual(moments);
    const [h, k] = [1e-6 * error, 1e-6 * Math.sqrt(error * moments[3]!)];
    const [right, left] = [error + h, error - h].map((x) => residual(withErrors(moments, x, cross)));
    const [above, below] = [cross + k, cross - k].map((x) => residual(withErrors(moments, error, x)));
    const [fe, ge] = [0, 1].map((i) => (right![i]! - left![i]!) / (2 * h));
    const [fc, gc] = [0, 1].map((i) => (above![i]! - below![i]!) / (2 * k));
    const determinant = fe! * gc! - fc! * ge!;
    const byError = (fc! * g - gc! * f) / determinant;
    const byCross = (ge! * f - fe! * g) / determinant;
    if (!Number.isFinite(byError + byCross)) return undefined;
    // Halved until the errors stay positive.
    let share = 1;
    while (error + share * byError <= 0.1 * error) share /= 2;
    moments = withErrors(moments, error + share * byError, cross + share * byCross);
    if (Math.abs(byError) < 1e-12 * error && Math.abs(byCross) < 1e-12 * Math.sqrt(error * moments[3]!)) {
      return moments;
    }
  }
  return undefined;
}

/** Weighted 2×2 moments of [E, X*] of the stationary state that the limit tends to, and its risk. */
export interface Stationary {
  readonly moments: Float64Array;
  readonly risk: number;
}

/** The stationary state that the limit tends to; undefined where it tends to X* itself, or does not settle. */
export function stationaryState(problem: Problem): Stationary | undefined {
  const { loss, labelNoise, ridge } = problem;
  if (loss.students !== 1 || loss.teachers !== 1 || (!loss.matched && ridge === 0)) return undefined;
  const stepSize = problem.stepSizeAt(0);
  const rule = problem.spectrum.rule(LEVEL.nodes);
  const gradient = new Float64Array(2);
  const first = integrator(problem, Float64Array.of(0), LEVEL).recorded[0]!.weighted;
  loss.meanGradient(first, gradient);
  const mean = rule.reduce((sum, { value, weight }) => sum + weight * value, 0);
  const end = PATIENCE / (stepSize * mean * Math.abs(gradient[0]!) + stepSize * ridge);
  const run = integrator(problem, Float64Array.of(end), LEVEL);
  let steps = 0;
  while (steps < STEPS && run.advance()) steps++;
  const reached = run.recorded[0]?.weighted;
  if (!reached || run.blowUp || run.overflow) return undefined;
  const silent = loss.matched && labelNoise === 0 && ridge === 0 && loss.label === 'normal';
  if (silent && reached[0]! < VANISHING * reached[3]!) return undefined;
  const moments = newton(problem, rule, stepSize, reached);
  if (!moments || moments[0]! > 2 * reached[0]!) return undefined;
  return { moments, risk: riskOf(loss, moments, labelNoise) };
}
