/** The limit equations in time: adaptive steps, moments at the recorded times, blow-up as a time. */
import type { Rule } from '../../math/quadrature.ts';
import { stepRatio } from '../../solvers/stepControl.ts';
import { toErrors } from './loss.ts';
import { MomentFlow } from './momentFlow.ts';
import type { Problem, SecondMoments } from './problem.ts';
import { explicitStepper, stiffStepper, type Stepper } from './steppers.ts';
import { StiffFlow } from './stiffFlow.ts';

/** Growth of the students' variance, relative to start and teacher, from which on it is watched; and where numbers end. */
const [LARGE, HUGE] = [1e6, 1e60];
/** Exponent m − 1 of a growth x' ∝ xᵐ above which it ends in finite time; exponential growth has 0. */
const SUPERLINEAR = 0.2;
/** Squared cosine between student and teacher above which the state is that of their difference. */
const CLOSE = 0.25;
/** Fastest rate times horizon from which the implicit method is taken at once; its tolerance. */
const [STIFFNESS, STIFF] = [1e5, 1e-9];
/** Explicit steps to take before the number of those left may be too MANY; step times rate where stability sets the step. */
const [PATIENCE, MANY, UNSTABLE] = [150, 1500, 2.5];
/** Steps after which to give up, explicit ones and all once the implicit method is used, which are slower. */
const [MOST, MOST_STIFF] = [40000, 20000];
/** First step, as a share of the time on which the state changes. */
const FIRST = 1e-3;

export class LimitIntegrator {
  /** Moments of U = [E | X*] at the recorded times reached so far. */
  readonly recorded: SecondMoments[] = [];
  /** Finite time at which the moments diverge, if they do. */
  blowUp: { t: number; error: number } | undefined;
  /** The moments have left the range of numbers, growing exponentially. */
  overflow = false;
  readonly #problem: Problem;
  readonly #rule: Rule;
  readonly #sign: 1 | -1;
  #flow: MomentFlow;
  #method: Stepper;
  #stiff = false;
  #steps = 0;
  /** Whether the state is of X, not of X − X*: an even loss, student and teacher still nearly orthogonal. */
  #uncentred: boolean;
  readonly #saveAt: Float64Array;
  readonly #tolerance: number;
  #y: Float64Array;
  readonly #scale: Float64Array;
  readonly #state: Float64Array;
  readonly #natural: number;
  #t = 0;
  #h: number;
  /** ln of size and growth rate when the growth was last looked at. */
  #watched: { size: number; rate: number } | undefined;

  constructor(problem: Problem, rule: Rule, sign: 1 | -1, saveAt: Float64Array, tolerance: number) {
    this.#problem = problem;
    this.#rule = rule;
    this.#sign = sign;
    const { uncentred } = problem.loss;
    this.#flow = new MomentFlow(uncentred ? { ...problem, loss: uncentred } : problem, rule, sign);
    this.#uncentred = uncentred !== undefined;
    this.#saveAt = saveAt;
    this.#tolerance = tolerance;
    this.#y = Float64Array.from(this.#flow.start);
    this.#scale = new Float64Array(this.#flow.size);
    this.#state = new Float64Array(this.#flow.size);
    this.#natural = Math.max(this.#flow.studentVariance(this.#y), this.#flow.teacherVariance);
    const method = explicitStepper(this.#flow, 0, this.#y);
    this.#method = method;
    this.#flow.scale(this.#y, 1, this.#scale);
    let fastest = 0;
    method.slope.forEach((slope, i) => (fastest = Math.max(fastest, Math.abs(slope) / this.#scale[i]!)));
    this.#h = Math.min(FIRST / fastest, saveAt.at(-1)!);
    this.#stiff = fastest * saveAt.at(-1)! > STIFFNESS;
    if (this.#stiff) this.#restart();
    this.#record(0, 0);
    this.#centre();
  }

  /** Goes over to errors X − X* once student and teacher are no longer nearly orthogonal. */
  #centre(): void {
    if (!this.#uncentred) return;
    const [p, q, , s] = this.#flow.moments(this.#y).weighted;
    if (q! * q! < CLOSE * p! * s!) return;
    this.#uncentred = false;
    const y = this.#flow.centre(this.#y, this.#problem.loss);
    this.#flow = new MomentFlow(this.#problem, this.#rule, this.#sign);
    this.#y = y;
    this.#restart();
  }

  /** A new method at the present state. */
  #restart(): void {
    const { loss } = this.#problem;
    const problem = this.#uncentred ? { ...this.#problem, loss: loss.uncentred! } : this.#problem;
    this.#method = this.#stiff
      ? stiffStepper(new StiffFlow(this.#flow, problem, this.#rule), this.#t, this.#y)
      : explicitStepper(this.#flow, this.#t, this.#y);
  }

  /** Goes over to the implicit method where stability, not accuracy, holds up the explicit one, and for long. */
  #accelerate(): void {
    const left = (this.#saveAt.at(-1)! - this.#t) / this.#h;
    if (this.#stiff || this.#steps < PATIENCE || left < MANY || this.#watched) return;
    const rate = this.#flow.fastestRate(this.#problem.stepSizeAt(this.#t), this.#y);
    if (this.#h * rate < UNSTABLE) return;
    this.#stiff = true;
    this.#restart();
  }

  /** Moments of errors, whatever the state is of. */
  #moments(state: Float64Array): SecondMoments {
    const moments = this.#flow.moments(state);
    if (!this.#uncentred) return moments;
    const { loss } = this.#problem;
    for (const each of [moments.plain, moments.weighted, moments.squared]) toErrors(loss, each, each);
    return moments;
  }

  /** Moments at the saved times up to the end of the step that begins at #t. */
  #record(end: number, h: number): void {
    let dense = false;
    while (this.recorded.length < this.#saveAt.length && this.#saveAt[this.recorded.length]! <= end) {
      const state = this.#state;
      state.set(this.#y);
      if (h > 0) {
        if (!dense) this.#method.prepareDense();
        dense = true;
        this.#method.interpolate((this.#saveAt[this.recorded.length]! - this.#t) / h, state);
      }
      this.recorded.push(this.#moments(state));
    }
  }

  /** Whether the growth past all natural scales ends in finite time: x' = c xᵐ ends after 1/((m − 1)x'/x). */
  #watch(): void {
    const variance = this.#flow.studentVariance(this.#y);
    if (!(variance > LARGE * this.#natural)) return;
    if (variance > HUGE * this.#natural) this.overflow = true;
    this.#flow.derivative(this.#t, this.#y, this.#scale);
    const size = Math.log(variance);
    const rate = Math.log(Math.abs(this.#flow.studentVariance(this.#scale)) / variance);
    this.#watched ??= { size, rate };
    if (size - this.#watched.size < 1) return;
    const power = (rate - this.#watched.rate) / (size - this.#watched.size);
    this.#watched = { size, rate };
    if (power < SUPERLINEAR) return;
    const left = Math.exp(-rate) / power;
    this.blowUp = { t: this.#t + left, error: left / 2 + this.#tolerance * this.#t };
  }

  /** One step; false once the last time is recorded or the limit has ceased to exist. */
  advance(): boolean {
    if (this.recorded.length >= this.#saveAt.length) return false;
    const tolerance = this.#stiff ? Math.max(this.#tolerance, STIFF) : this.#tolerance;
    this.#flow.scale(this.#y, tolerance, this.#scale);
    const h = this.#h;
    const error = this.#method.step(h, this.#scale);
    this.#h *= stepRatio(error, this.#method.order);
    if (error <= 1) {
      const end = this.#t + h;
      this.#record(end, h);
      this.#y.set(this.#method.next);
      this.#method.accept();
      this.#t = end;
      this.#watch();
      this.#centre();
      this.#accelerate();
    }
    if (this.#steps++ > (this.#stiff ? MOST_STIFF : MOST)) {
      const taken = `${this.#steps} steps were taken to t = ${this.#t}`;
      throw new RangeError(`limit: ${taken}, expected a spectrum with a shorter tail or a shorter horizon`);
    }
    return !this.blowUp && !this.overflow && this.recorded.length < this.#saveAt.length;
  }
}
