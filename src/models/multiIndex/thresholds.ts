/** The step size above which students leave their teachers (theory: multi-index models, section 3). */
import { factorDense, solveDense } from '../../math/dense.ts';
import type { Rule } from '../../math/quadrature.ts';
import type { Loss } from './loss.ts';
import type { Problem } from './problem.ts';
import { leastSquares } from './smoothLosses.ts';

/** Squared size of an error, relative to the teacher, at which I(B) is linear in it even for losses with kinks. */
const TINY = 1e-24;
/** Pivots of the curvature below this share of the largest one are rounding. */
const DEGENERATE = 1e-9;
/** Points on a continuous spectrum. */
const NODES = 64;

/** X with MX + XM = F, all l×l and symmetric; undefined where M has eigenvalues that cancel. */
function lyapunov(m: Float64Array, f: Float64Array, l: number): Float64Array | undefined {
  const matrix = new Float64Array(l ** 4);
  for (let a = 0; a < l; a++) {
    for (let b = 0; b < l; b++) {
      for (let c = 0; c < l; c++) {
        matrix[(a * l + b) * l * l + c * l + b]! += m[a * l + c]!;
        matrix[(a * l + b) * l * l + a * l + c]! += m[c * l + b]!;
      }
    }
  }
  const x = Float64Array.from(f);
  return solveDense(matrix, x) ? x : undefined;
}

/** How small errors behave: their moments A decay as MA + AM, and gradient noise feeds them with S(A). */
interface Neighbourhood {
  /** M = E∇²f at X = X*, l×l. */
  readonly curvature: Float64Array;
  /** S(A), linear in A. */
  feed(a: Float64Array): Float64Array;
}

/** `teacher` is the l*×l* block ⟨λX*X*ᵀ⟩. */
function neighbourhood(loss: Loss, teacher: Float64Array): Neighbourhood {
  const l = loss.students;
  const size = 2 * l;
  const epsilon = TINY * Math.max(...teacher);
  const moments = new Float64Array(size * size);
  for (let n = 0; n < l; n++) {
    for (let m = 0; m < l; m++) moments[(l + n) * size + l + m] = teacher[n * l + m]!;
  }
  const gradient = new Float64Array(size * l);
  loss.meanGradient(moments, gradient);
  const covariance = new Float64Array(l * l);
  /** S(uuᵀ) with u = e_a + sign·e_b */
  const along = (a: number, b: number, sign: number) => {
    const u = new Float64Array(l);
    u[a]! += 1;
    u[b]! += sign;
    for (let i = 0; i < l; i++) {
      for (let j = 0; j < l; j++) moments[i * size + j] = epsilon * u[i]! * u[j]!;
    }
    loss.gradientCovariance(moments, 0, covariance);
    return covariance.map((value) => value / epsilon);
  };
  // Polarisation: e_a e_bᵀ + e_b e_aᵀ is half the difference of two squares.
  const images = Array.from({ length: l * l }, (_, at) => {
    const [a, b] = [Math.floor(at / l), at % l];
    if (a === b) return along(a, a, 0);
    const minus = along(a, b, -1);
    return along(a, b, 1).map((value, i) => (value - minus[i]!) / 4);
  });
  return {
    curvature: gradient.slice(0, l * l),
    feed: (matrix) =>
      matrix.map((_, i) => images.reduce((sum, image, at) => sum + matrix[at]! * image[i]!, 0)),
  };
}

/** Teachers that depend on each other leave directions without curvature. */
function isSingular(curvature: Float64Array, l: number): boolean {
  const factors = Float64Array.from(curvature);
  if (!factorDense(factors, new Int32Array(l))) return true;
  const pivots = Array.from({ length: l }, (_, a) => Math.abs(factors[a * (l + 1)]!));
  return Math.min(...pivots) < DEGENERATE * Math.max(...pivots);
}

/** Spectral radius of A ↦ 𝓛⁻¹S(A), 𝓛(A) = MA + AM: both keep the cone of positive matrices, so powers converge to it. */
export function noiseGain(loss: Loss, teacher: Float64Array): number | undefined {
  const l = loss.students;
  const { curvature, feed } = neighbourhood(loss, teacher);
  if (isSingular(curvature, l)) return undefined;
  let matrix: Float64Array = new Float64Array(l * l);
  for (let a = 0; a < l; a++) matrix[a * (l + 1)] = 1;
  let gain = 0;
  for (let sweep = 0; sweep < 1000; sweep++) {
    const next = lyapunov(curvature, feed(matrix), l);
    if (!next) return undefined;
    const norm = Math.hypot(...next);
    matrix = next.map((value) => value / norm);
    if (Math.abs(norm - gain) <= 1e-15 * norm) break;
    gain = norm;
  }
  return gain;
}

/** Mean of f over a spectrum. */
export function meanOver(rule: Rule, f: (eigenvalue: number) => number): number {
  return rule.reduce((sum, { value, weight }) => sum + weight * f(value), 0);
}

/**
 * γ_c below which X = X* attracts, B/(T·gain) with T = ⟨λ⟩ whatever the spectrum. With ridge X* is no fixed point, but least
 * squares converges to one below 2B/⟨λ²/(λ + δ)⟩. Undefined where there is no such step size: the gradient of
 * logistic losses does not vanish at X*, and a committee that has another size than its teacher has no X = X*.
 */
export function criticalStepSize(problem: Problem): number | undefined {
  const { loss, ridge, batchSize } = problem;
  const rule = problem.spectrum.rule(NODES);
  if (loss === leastSquares) return (2 * batchSize) / meanOver(rule, (value) => value ** 2 / (value + ridge));
  if (!loss.matched || ridge > 0 || loss.label === 'uniform') return undefined;
  const gain = noiseGain(loss, teacherCovariance(problem, rule));
  return gain === undefined ? undefined : batchSize / (meanOver(rule, (value) => value) * gain);
}

/** l*×l* covariance ⟨λX*X*ᵀ⟩ of the teachers' outputs. */
export function teacherCovariance({ loss, start }: Problem, rule: Rule): Float64Array {
  const { students, teachers } = loss;
  const size = students + teachers;
  const out = new Float64Array(teachers * teachers);
  for (const { value, weight } of rule) {
    const moments = start(value);
    for (let n = 0; n < teachers; n++) {
      for (let m = 0; m < teachers; m++) {
        out[n * teachers + m]! += weight * value * moments[(students + n) * size + students + m]!;
      }
    }
  }
  return out;
}
