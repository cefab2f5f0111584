/**
 * DOP853: an explicit Runge–Kutta method of order 8 with 12 stages, error estimates of order 5 and 3 and dense output
 * of order 7 (Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I, sections II.5 and II.6).
 */
import { DENSE, ERROR3, ERROR5, NODES, STAGES, type Combination } from './dop853Coefficients.ts';

/** y' = f(t, y) */
export interface System {
  readonly size: number;
  /** Writes f(t, y). */
  derivative(t: number, y: Float64Array, out: Float64Array): void;
}

/** The stage at the end of the step, whose slope the next step starts with. */
const LAST = 12;

/** The error estimate behaves as h⁷: order for `stepRatio`. */
export const ERROR_ORDER = 7;

/** One step at a time; the caller controls the step size, accepts or rejects. No allocation per step. */
export class Dop853 {
  /** Value at the end of the last step. */
  readonly next: Float64Array;
  readonly #system: System;
  readonly #slopes: readonly Float64Array[];
  readonly #start: Float64Array;
  readonly #error5: Float64Array;
  readonly #error3: Float64Array;
  readonly #dense: readonly Float64Array[];
  #t = 0;
  #h = 0;

  constructor(system: System) {
    const vector = () => new Float64Array(system.size);
    this.#system = system;
    this.#slopes = Array.from({ length: NODES.length }, vector);
    this.#dense = Array.from({ length: DENSE.length + 3 }, vector);
    this.#start = vector();
    this.#error5 = vector();
    this.#error3 = vector();
    this.next = vector();
  }

  /** out ← out + h Σ by·slope */
  #add(out: Float64Array, { from, by }: Combination): void {
    for (let k = 0; k < from.length; k++) {
      const slope = this.#slopes[from[k]!]!;
      const factor = this.#h * by[k]!;
      for (let i = 0; i < out.length; i++) out[i]! += factor * slope[i]!;
    }
  }

  #stage(number: number): void {
    const { next } = this;
    next.set(this.#start);
    this.#add(next, STAGES[number - 1]!);
    this.#system.derivative(this.#t + NODES[number]! * this.#h, next, this.#slopes[number]!);
  }

  /** Makes (t, y) the point that steps start from; once, before the first step. */
  begin(t: number, y: Float64Array): void {
    this.#start.set(y);
    this.#t = t;
    this.#h = 0;
    this.#system.derivative(t, y, this.#slopes[0]!);
  }

  /** Accepts the last step: the next one starts from its end. */
  accept(): void {
    this.#start.set(this.next);
    this.#t += this.#h;
    this.#slopes[0]!.set(this.#slopes[LAST]!);
  }

  /** Slope at the start, for a first step size. */
  get slope(): Float64Array {
    return this.#slopes[0]!;
  }

  /**
   * Tries a step by h. Returns the error estimate, a root mean square in units of `scale(i)`, where `scale` is filled by
   * the caller for the start of the step; not finite where the step leaves the numbers.
   */
  step(h: number, scale: Float64Array): number {
    this.#h = h;
    for (let number = 1; number <= LAST; number++) this.#stage(number);
    this.#error5.fill(0);
    this.#error3.fill(0);
    this.#add(this.#error5, ERROR5);
    this.#add(this.#error3, ERROR3);
    let [sum5, sum3] = [0, 0];
    for (let i = 0; i < scale.length; i++) {
      sum5 += (this.#error5[i]! / scale[i]!) ** 2;
      sum3 += (this.#error3[i]! / scale[i]!) ** 2;
    }
    if (sum5 === 0 && sum3 === 0) return 0;
    return sum5 / Math.sqrt((sum5 + 0.01 * sum3) * scale.length);
  }

  /** Three more stages: `interpolate` is of order 7 afterwards. To be called before `accept`. */
  prepareDense(): void {
    const end = this.#error5; // free once the error is known
    end.set(this.next);
    for (let number = LAST + 1; number < NODES.length; number++) this.#stage(number);
    this.next.set(end);
    const [rise, left, right] = this.#dense as [Float64Array, Float64Array, Float64Array];
    const [first, last] = [this.#slopes[0]!, this.#slopes[LAST]!];
    for (let i = 0; i < end.length; i++) {
      rise[i] = end[i]! - this.#start[i]!;
      left[i] = this.#h * first[i]! - rise[i]!;
      right[i] = 2 * rise[i]! - this.#h * (first[i]! + last[i]!);
    }
    DENSE.forEach((combination, k) => {
      this.#dense[k + 3]!.fill(0);
      this.#add(this.#dense[k + 3]!, combination);
    });
  }

  /** Value at a share 0 ≤ x ≤ 1 of the last step. */
  interpolate(x: number, out: Float64Array): void {
    out.fill(0);
    for (let k = this.#dense.length - 1; k >= 0; k--) {
      const part = this.#dense[k]!;
      const factor = k % 2 === 0 ? x : 1 - x;
      for (let i = 0; i < out.length; i++) out[i] = (out[i]! + part[i]!) * factor;
    }
    for (let i = 0; i < out.length; i++) out[i]! += this.#start[i]!;
  }
}
