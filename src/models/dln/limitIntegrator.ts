/** Integration of the limit over time: start, steps, saved times, blow-up. */
import { Rodas5P } from '../../solvers/rodas5p.ts';
import { stepRatio } from '../../solvers/stepControl.ts';
import { FokkerPlanck, type Coefficients } from './fokkerPlanck.ts';
import { normalGrid, type Resolution } from './limitGrid.ts';
import { statisticCount } from './statistics.ts';
import { TransportMap, type LimitClass } from './transportMap.ts';

/** The law is exact to first order in t up to this fraction of the fastest time scale; the map starts there. */
const START = 1e-8;
/** Multiple of every natural scale of the risk past which it only grows: there 1/R falls linearly to zero. */
const RUNAWAY = 1e6;
/** A risk below this counts as zero and nothing moves: squares of widths would leave the range of numbers. */
const VANISHED = 1e-280;
const ORDER_OF_ESTIMATE = 4;
/** Mass that error control gives to all points and classes alike, so that none of them goes astray. */
const TRIFLE = 1e-3;

export interface Accuracy extends Resolution {
  /** Local error per step in units of the local scales of the map. */
  readonly tolerance: number;
}

export class LimitIntegrator {
  /** Sums of all statistics at the saved times reached so far. */
  readonly recorded: Float64Array[] = [];
  /** Time of blow-up and what the last digits of its extrapolation leave open. */
  blowUp: { readonly t: number; readonly error: number } | undefined;
  readonly #map: TransportMap;
  readonly #system: FokkerPlanck;
  readonly #stepper: Rodas5P;
  readonly #saveAt: Float64Array;
  readonly #tolerance: number;
  readonly #state: Float64Array;
  readonly #between: Float64Array;
  readonly #largest: number;
  readonly #runaway: number;
  readonly #observe: ((map: TransportMap) => void) | undefined;
  #tau = 0;
  #step = 0;
  #risk: number;

  /**
   * @param saveAt ascending times ≥ 0
   * @param observe called with the map located at every saved time
   */
  constructor(
    classes: readonly LimitClass[],
    coefficients: Coefficients,
    saveAt: Float64Array,
    accuracy: Accuracy,
    observe?: (map: TransportMap) => void,
  ) {
    this.#observe = observe;
    this.#map = new TransportMap(classes, normalGrid(accuracy));
    this.#system = new FokkerPlanck(this.#map, coefficients);
    this.#stepper = new Rodas5P(this.#system);
    this.#saveAt = saveAt;
    this.#tolerance = accuracy.tolerance;
    this.#state = this.#map.initial();
    this.#between = new Float64Array(this.#map.size);
    this.#largest = classes.reduce((largest, { eigenvalue }) => Math.max(largest, eigenvalue), 0);
    this.#risk = 0.5 * (this.#map.locate(this.#state) + coefficients.labelNoise ** 2);
    const gamma = coefficients.stepSizeAt(0);
    const noise = (gamma * gamma * this.#largest) / coefficients.batchSize;
    this.#runaway = RUNAWAY * Math.max(this.#risk, 1 / noise);
    if (this.#risk > 0) this.#start(gamma, coefficients.batchSize);
  }

  get done(): boolean {
    return this.recorded.length === this.#saveAt.length || this.blowUp !== undefined;
  }

  /** First order in t: drift, and noise that widens each map to the width √(X_z² + 2Dt). */
  #start(gamma: number, batchSize: number): void {
    const { classes, grid, error, p, q, share } = this.#map;
    const middle = (grid.points - 1) / 2;
    const noise = (gamma * gamma * this.#risk) / batchSize;
    let rate = 0;
    classes.forEach(({ eigenvalue }, i) => {
      const k = i * grid.points + middle;
      const drift = gamma * (2 * (p[k] + q[k]) + Math.abs(error[k]));
      rate = Math.max(rate, eigenvalue * (drift + noise));
    });
    const t = START / rate;
    this.#save(t, 0, () => this.#state);
    const state = this.#state;
    classes.forEach(({ eigenvalue, angle }, i) => {
      const width = (angle(grid.z[middle + 1]) - angle(grid.z[middle - 1])) / (2 * grid.spacing);
      const widening = Math.hypot(width, Math.sqrt(2 * noise * eigenvalue * t)) - width;
      const shift = share[i] * noise * eigenvalue * t;
      for (let j = 0, k = i * grid.points; j < grid.points; j++, k++) {
        state[k] += widening * grid.z[j] - gamma * eigenvalue * error[k] * t - shift;
      }
    });
    state[this.#map.size - 1] = 2 * noise * t;
    this.#map.rebase(state);
    this.#system.adapt(state);
    this.#tau = Math.sqrt(t);
    this.#step = 0.01 / Math.sqrt(rate);
  }

  /** Records the saved times up to `t`, with states given as a function of the fraction of the step to √t. */
  #save(t: number, step: number, stateAt: (fraction: number) => Float64Array): void {
    while (this.recorded.length < this.#saveAt.length && this.#saveAt[this.recorded.length] <= t) {
      const tau = Math.sqrt(this.#saveAt[this.recorded.length]);
      const sums = new Float64Array(statisticCount);
      this.#map.statistics(stateAt(step === 0 ? 0 : (tau - this.#tau) / step), sums);
      this.recorded.push(sums);
      this.#observe?.(this.#map);
    }
  }

  /** Local error of the step just taken, in units of the tolerance; Infinity where it left the domain. */
  #localError(): number {
    const { next, error: estimate } = this.#stepper;
    const risk = this.#system.evaluate(next);
    if (!Number.isFinite(risk)) return Infinity;
    const { size, classes, grid, error, p, q } = this.#map;
    const { slope } = this.#system;
    let weighted = 0;
    let atRisk = 0;
    let total = 0;
    for (let i = 0; i < classes.length; i++) {
      const { eigenvalue, teacher, weight } = classes[i];
      let sum = 0;
      let square = 0;
      for (let j = 0, k = i * grid.points; j < grid.points; j++, k++) {
        // Width of the law, Newton's distance to β = β* or 0; where these are large β ∝ e^{2X} decides.
        const distance = Math.min(Math.abs(error[k]), Math.abs(error[k] + teacher)) / (2 * (p[k] + q[k]));
        const scale = Math.min(1, slope[k] + distance);
        const mass = grid.mass[j] + TRIFLE / grid.points;
        if (scale > 0) sum += mass * (estimate[k] / scale) ** 2;
        square += grid.mass[j] * error[k] * error[k];
      }
      weighted += (weight + TRIFLE / classes.length) * sum;
      atRisk += weight * eigenvalue * square * sum;
      total += weight * eigenvalue * square;
    }
    this.#risk = risk;
    // Classes count by their share of the coordinates and of the risk.
    const relative = Math.sqrt(weighted + (total > 0 ? atRisk / total : 0));
    const decay = Math.abs(estimate[size - 1]) * this.#largest;
    return Math.max(relative, decay) / this.#tolerance;
  }

  /** Takes one accepted step; false once all times are recorded or the limit has blown up. */
  advance(): boolean {
    if (this.done) return false;
    const end = this.#saveAt[this.#saveAt.length - 1];
    if (this.#risk < VANISHED) {
      this.#save(end, 0, () => this.#state);
      return false;
    }
    const before = this.#risk;
    for (;;) {
      const last = this.#tau + this.#step >= Math.sqrt(end);
      const step = last ? Math.sqrt(end) - this.#tau : this.#step;
      const error = this.#stepper.step(this.#tau, this.#state, step) ? this.#localError() : Infinity;
      this.#step = step * stepRatio(error, ORDER_OF_ESTIMATE);
      if (error <= 1) {
        this.#accept(step, last ? end : (this.#tau + step) ** 2, before);
        return !this.done;
      }
      if (!(this.#step >= 1e-14 * this.#tau)) {
        throw new RangeError(
          `step size of the limit at t = ${this.#tau ** 2} fell to ${this.#step}: expected a smooth solution`,
        );
      }
    }
  }

  #accept(step: number, t: number, before: number): void {
    let prepared = false;
    this.#save(t, step, (fraction) => {
      if (!prepared) this.#stepper.prepareDense();
      prepared = true;
      this.#stepper.interpolate(fraction, this.#between);
      return this.#between;
    });
    this.#state.set(this.#stepper.next);
    this.#map.rebase(this.#state);
    this.#system.adapt(this.#state);
    if (this.#risk > this.#runaway) {
      // 1/R is linear in t: its root, from the last step.
      const distance = (t - this.#tau ** 2) / (this.#risk / before - 1);
      this.blowUp = { t: t + distance, error: distance };
    }
    this.#tau += step;
  }
}
