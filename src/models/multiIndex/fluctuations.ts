/**
 * Width of the risk of single runs (theory: multi-index models, section 1, fluctuations): for K = λI and one student the
 * moments y = (⟨λE²⟩, ⟨λEX*⟩) of a run differ from the limit by N(0, Σ/d), Σ' = JΣ + ΣJᵀ + Q. Mean limits of SGD and its
 * SDE agree, their Q do not: that of SGD knows the fourth moments of a sample.
 */
import { Dop853, ERROR_ORDER } from '../../solvers/dop853.ts';
import { stepRatio } from '../../solvers/stepControl.ts';
import { drawsOf } from './labels.ts';
import { overPlane } from './planarMean.ts';
import type { Problem } from './problem.ts';

const [TOLERANCE, STEPS] = [1e-6, 3000];
/** Below this cosine an even loss has left its saddle at a random time: no small Gaussian width then. */
const SADDLE = 0.05;
/** Errors and overlap; Σ of SGD (three entries); Σ of the SDE. */
const SIZE = 8;

/** √d times the standard deviation of the risk at the given times, NaN past the end of the limit. */
export interface Widths {
  readonly sgd: Float64Array;
  readonly sde: Float64Array;
}

/** Whether the theory covers this problem. */
export function hasWidths({ loss, spectrum, start }: Problem): boolean {
  if (loss.students !== 1 || loss.teachers !== 1 || spectrum.atoms?.length !== 1) return false;
  const [p, q, , s] = start(spectrum.atoms[0]!.value);
  return !loss.even || q! * q! > SADDLE ** 2 * p! * s!;
}

class Fluctuations {
  readonly size = SIZE;
  readonly start: Float64Array;
  readonly #problem: Problem;
  readonly #eigenvalue: number;
  readonly #teacher: number;
  readonly #gradient = new Float64Array(2);
  readonly #covariance = new Float64Array(1);
  readonly #noise = new Float64Array(6);

  constructor(problem: Problem, sign: 1 | -1) {
    this.#problem = problem;
    this.#eigenvalue = problem.spectrum.atoms![0]!.value;
    const [p, q, , s] = problem.start(this.#eigenvalue).map((value) => this.#eigenvalue * value);
    this.#teacher = s!;
    const [error, cross] = problem.loss.matched ? [p! - 2 * sign * q! + s!, sign * q! - s!] : [p!, q!];
    this.start = new Float64Array(SIZE);
    this.start.set([error, cross]);
  }

  #moments(error: number, cross: number): Float64Array {
    return Float64Array.of(error, cross, cross, this.#teacher);
  }

  /** Drift of (error, cross), as in the limit. */
  #drift(t: number, error: number, cross: number): [number, number] {
    const { loss, labelNoise, ridge, batchSize, stepSizeAt } = this.#problem;
    const moments = this.#moments(error, cross);
    loss.meanGradient(moments, this.#gradient);
    loss.gradientCovariance(moments, labelNoise, this.#covariance);
    const [own, pull] = [this.#gradient[0]!, this.#gradient[1]!];
    const step = stepSizeAt(t) * this.#eigenvalue;
    const decay = stepSizeAt(t) * ridge;
    const centre = loss.matched ? 1 : 0;
    return [
      -2 * step * (own * error + pull * cross) -
        2 * decay * (error + centre * cross) +
        (step * step * this.#covariance[0]!) / batchSize,
      -step * (own * cross + pull * this.#teacher) - decay * (cross + centre * this.#teacher),
    ];
  }

  /** Q of SGD, then of the SDE, each (error, error), (error, cross), (cross, cross). */
  #sources(t: number, error: number, cross: number): Float64Array {
    const { loss, labelNoise, batchSize, stepSizeAt } = this.#problem;
    const step = stepSizeAt(t) * this.#eigenvalue;
    const moments = this.#moments(error, cross);
    const [outputs, g] = [new Float64Array(2), new Float64Array(1)];
    let [first, second, aa, ab, bb, square] = [0, 0, 0, 0, 0, 0];
    overPlane(moments, loss.matched, loss.label === 'normal', (e, teacher, weight) => {
      outputs[0] = e;
      outputs[1] = teacher;
      for (const [draw, share] of drawsOf(loss, labelNoise, teacher)) {
        loss.gradient(outputs, draw, g);
        const a = (step * step * g[0]! * g[0]!) / batchSize - 2 * step * e * g[0]!;
        const b = -step * teacher * g[0]!;
        const w = weight * share;
        first += w * a;
        second += w * b;
        aa += w * a * a;
        ab += w * a * b;
        bb += w * b * b;
        square += w * g[0]! * g[0]!;
      }
    });
    const noise = this.#noise;
    noise.set([aa - first * first, ab - first * second, bb - second * second]);
    const isotropic = step * step * square;
    noise.set([4 * error * isotropic, 2 * cross * isotropic, this.#teacher * isotropic], 3);
    return noise.map((value) => value / batchSize);
  }

  derivative(t: number, y: Float64Array, out: Float64Array): void {
    const [error, cross] = [y[0]!, y[1]!];
    out.set(this.#drift(t, error, cross));
    const [h, k] = [1e-5 * error, 1e-5 * Math.sqrt(error * this.#teacher)];
    const [right, left] = [this.#drift(t, error + h, cross), this.#drift(t, error - h, cross)];
    const [above, below] = [this.#drift(t, error, cross + k), this.#drift(t, error, cross - k)];
    const [j00, j10] = [0, 1].map((i) => (right[i]! - left[i]!) / (2 * h || 1));
    const [j01, j11] = [0, 1].map((i) => (above[i]! - below[i]!) / (2 * k || 1));
    const sources = this.#sources(t, error, cross);
    for (const at of [0, 3]) {
      const [aa, ab, bb] = [y[2 + at]!, y[3 + at]!, y[4 + at]!];
      out[2 + at] = 2 * (j00! * aa + j01! * ab) + sources[at]!;
      out[3 + at] = j00! * ab + j01! * bb + j10! * aa + j11! * ab + sources[at + 1]!;
      out[4 + at] = 2 * (j10! * ab + j11! * bb) + sources[at + 2]!;
    }
  }

  /** Scales of (error, cross) and of their variances, which move by their own size. */
  scale(y: Float64Array, relative: number, out: Float64Array): void {
    const [error, root] = [y[0]!, Math.sqrt(Math.abs(y[0]!) * this.#teacher)];
    out.set([error, root]);
    for (const at of [2, 5]) {
      const [first, last] = [Math.abs(y[at]!) + error * error, Math.abs(y[at + 2]!) + root * root];
      out.set([first, Math.sqrt(first) * Math.sqrt(last), last], at);
    }
    for (let i = 0; i < SIZE; i++) out[i] = relative * Math.abs(out[i]!) + Number.MIN_VALUE;
  }

  /** √(∇R·Σ∇R) for Σ at `at`. */
  width(y: Float64Array, at: number): number {
    this.#problem.loss.meanGradient(this.#moments(y[0]!, y[1]!), this.#gradient);
    const [u, v] = [this.#gradient[0]! / 2, this.#gradient[1]!];
    return Math.sqrt(Math.max(u * u * y[at]! + 2 * u * v * y[at + 1]! + v * v * y[at + 2]!, 0));
  }
}

/** All runs start from the moments of the limit. */
export function widthsAt(problem: Problem, sign: 1 | -1, saveAt: Float64Array): Widths {
  const system = new Fluctuations(problem, sign);
  const method = new Dop853(system);
  const widths = {
    sgd: new Float64Array(saveAt.length).fill(NaN),
    sde: new Float64Array(saveAt.length).fill(NaN),
  };
  const y = Float64Array.from(system.start);
  const [scale, state] = [new Float64Array(SIZE), new Float64Array(SIZE)];
  method.begin(0, y);
  let [t, h, next] = [0, 1e-3 / (1 + Math.abs(method.slope[0]! / y[0]!)), 0];
  for (let steps = 0; steps < STEPS && next < saveAt.length && h > Number.EPSILON * t; steps++) {
    system.scale(y, TOLERANCE, scale);
    const error = method.step(h, scale);
    const ratio = stepRatio(error, ERROR_ORDER);
    if (error <= 1) {
      if (saveAt[next]! <= t + h) method.prepareDense();
      for (; next < saveAt.length && saveAt[next]! <= t + h; next++) {
        method.interpolate((saveAt[next]! - t) / h, state);
        widths.sgd[next] = system.width(state, 2);
        widths.sde[next] = system.width(state, 5);
      }
      y.set(method.next);
      method.accept();
      t += h;
    }
    h *= ratio;
  }
  return widths;
}
