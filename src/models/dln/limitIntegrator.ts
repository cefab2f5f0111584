/** Integration of the limit over time: start, steps, saved times, blow-up. */
import type { Stepper } from '../../solvers/rodas5p.ts';
import { stepRatio } from '../../solvers/stepControl.ts';
import { riskOf, type Coefficients } from './feedback.ts';
import type { Equation } from './fokkerPlanck.ts';
import type { Resolution } from './limitGrid.ts';
import { plainMachine, type Machine } from './limitMachine.ts';
import type { RoughnessOf } from './roughness.ts';
import { omitUnknown } from './limitSolution.ts';
import { statisticCount } from './statistics.ts';
import type { LimitClass, TransportMap } from './transportMap.ts';

/** The law is exact to first order in t up to this fraction of the fastest time scale; the map starts there. */
const START = 1e-8;
/** Multiple of every natural scale of the risk past which it only grows: there 1/R falls linearly to zero. */
const RUNAWAY = 1e6;
/** A risk below this counts as zero and nothing moves: squares of widths would leave the range of numbers. */
const VANISHED = 1e-280;
const ORDER_OF_ESTIMATE = 4;
/** Mass that error control gives to all points and classes alike, so that none of them goes astray. */
const TRIFLE = 1e-3;

/** Called with the map located at a saved time, the sums of all statistics, and their terms at the ends of the maps. */
type Observe = (map: TransportMap, sums: Float64Array, edge: Float64Array) => void;

interface Options {
  readonly observe?: Observe;
  /** Where the sums at each saved time are written; new arrays by default. */
  readonly store?: readonly Float64Array[];
  /** Measures how well the grid resolves the maps, where that is asked for. */
  readonly roughnessOf?: RoughnessOf;
  /** What computes; by default the plain classes. */
  readonly machine?: Machine | undefined;
  /** τ after each step of an earlier solution, whose errors are to be repeated. */
  readonly replay?: readonly number[];
  /** 1 for each saved time whose statistics are all needed, 0 where E λe² is enough; without it all are. */
  readonly precise?: Uint8Array;
  /** Records in the middle and at the end of each step, instead of at the saved times but the first. */
  readonly eachStep?: boolean;
}

export interface Accuracy extends Resolution {
  /** Local error per step in units of the local scales of the map. */
  readonly tolerance: number;
}

export class LimitIntegrator {
  /** Times that are recorded, ascending. */
  readonly times: number[];
  /** Sums of all statistics at those of them reached so far. */
  readonly recorded: Float64Array[] = [];
  /** Time of blow-up and what the last digits of its extrapolation leave open. */
  blowUp: { readonly t: number; readonly error: number } | undefined;
  /** The larger of the initial risk and B/(γ²λ_max). */
  readonly naturalRisk: number;
  /** Largest share of a statistic in the terms at the ends of the maps. */
  beyond = 0;
  /** Whether no step is small enough: the grid does not hold the solution. */
  stuck = false;
  readonly #map: TransportMap;
  readonly #system: Equation;
  readonly #stepper: Stepper;
  readonly #eachStep: boolean;
  readonly #end: number;
  readonly #tolerance: number;
  readonly #state: Float64Array;
  readonly #between: Float64Array;
  readonly #largest: number;
  readonly #runaway: number;
  readonly #observe: Observe | undefined;
  readonly #edge = new Float64Array(statisticCount);
  readonly #coefficients: Coefficients;
  readonly #coupled: boolean;
  readonly #replay: readonly number[];
  readonly #precise: Uint8Array | undefined;
  readonly #store: readonly Float64Array[] | undefined;
  readonly #roughnessOf: RoughnessOf | undefined;
  /** τ after each step from the start on. */
  readonly taus: number[] = [];
  /** Risk at these. */
  readonly risks: number[] = [];
  /** Multiple of the tolerance that the next steps may use: more than 1 for classes that hardly count. */
  leniency = 1;
  /** Largest estimates of the errors of differences and of the trapezoid rule so far, in units of the leniency. */
  roughness = 0;
  rule = 0;
  #tau = 0;
  #step = 0;
  #risk: number;

  /** @param saveAt ascending times ≥ 0 */
  constructor(
    classes: readonly LimitClass[],
    coefficients: Coefficients,
    saveAt: Float64Array,
    accuracy: Accuracy,
    { observe, replay = [], precise, store, roughnessOf, machine, eachStep = false }: Options = {},
  ) {
    this.#eachStep = eachStep;
    this.#end = saveAt[saveAt.length - 1];
    this.#observe = observe;
    this.#replay = replay;
    this.#precise = precise;
    this.#store = store;
    this.#roughnessOf = roughnessOf;
    this.#coefficients = coefficients;
    this.#coupled = coefficients.lnRisk === undefined;
    const parts = machine ?? plainMachine(classes, coefficients, accuracy);
    this.#map = parts.map;
    this.#system = parts.system;
    this.#stepper = parts.stepper;
    this.#state = parts.state;
    this.#between = parts.between;
    this.times = Array.from(eachStep ? saveAt.subarray(0, 1) : saveAt);
    this.#tolerance = accuracy.tolerance;
    this.#largest = classes.reduce((largest, { eigenvalue }) => Math.max(largest, eigenvalue), 0);
    this.#risk = riskOf(coefficients, 0, this.#map.locate(this.#state));
    const gamma = coefficients.stepSizeAt(0);
    const noise = (gamma * gamma * this.#largest) / coefficients.batchSize;
    this.naturalRisk = Math.max(this.#risk, 1 / noise);
    this.#runaway = RUNAWAY * this.naturalRisk;
    if (this.#risk > 0) this.#start(gamma, coefficients.batchSize);
  }

  get done(): boolean {
    const reached = this.#eachStep
      ? this.times.at(-1)! >= this.#end
      : this.recorded.length === this.times.length;
    return reached || this.blowUp !== undefined || this.stuck;
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
    const first = this.times.find((time) => time > 0) ?? this.#end;
    const t = this.#replay[0] !== undefined ? this.#replay[0] ** 2 : Math.min(START / rate, first);
    this.#save(t, 0, () => this.#state);
    const state = this.#state;
    classes.forEach(({ eigenvalue, angle }, i) => {
      const step = grid.z[middle + 1] - grid.z[middle - 1];
      const width = (angle(grid.z[middle + 1]) - angle(grid.z[middle - 1])) / step;
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
    this.#step = Math.min(0.01 / Math.sqrt(rate), 100 * this.#tau);
    this.taus.push(this.#tau);
    this.risks.push(this.#risk);
  }

  /** Records the saved times up to `t`, with states given as a function of the fraction of the step to √t. */
  #save(t: number, step: number, stateAt: (fraction: number) => Float64Array): void {
    while (this.recorded.length < this.times.length && this.times[this.recorded.length] <= t) {
      const tau = Math.sqrt(this.times[this.recorded.length]);
      const sums = this.#store?.[this.recorded.length]?.fill(0) ?? new Float64Array(statisticCount);
      this.#edge.fill(0);
      const state = stateAt(step === 0 ? 0 : (tau - this.#tau) / step);
      this.#map.statistics(state, sums, this.#edge, this.#precise?.[this.recorded.length] !== 0);
      if (this.#coupled) this.beyond = Math.max(this.beyond, omitUnknown(sums, this.#edge));
      this.recorded.push(sums);
      this.#observe?.(this.#map, sums, this.#edge);
    }
  }

  /** Local error of the step just taken, in units of the tolerance; Infinity where it left the domain. */
  #localError(tau: number): number {
    const { next, error: estimate } = this.#stepper;
    const risk = this.#system.evaluate(tau, next);
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
      let product = 0;
      for (let j = 0, k = i * grid.points; j < grid.points; j++, k++) {
        // Width of the law, Newton's distance to β = β* or 0; where these are large β ∝ e^{2X} decides.
        const distance = Math.min(Math.abs(error[k]), Math.abs(error[k] + teacher)) / (2 * (p[k] + q[k]));
        const scale = Math.min(1, slope[k] * grid.density[j] + distance);
        if (!(scale > 0)) continue;
        const relative = (estimate[k] / scale) ** 2;
        const squared = grid.mass[j] * error[k] * error[k];
        sum += (grid.mass[j] + TRIFLE / grid.points) * relative;
        product += squared * relative;
        square += squared;
      }
      weighted += (weight + TRIFLE / classes.length) * sum;
      atRisk += weight * eigenvalue * product;
      total += weight * eigenvalue * square;
    }
    if (!Number.isFinite(total)) return Infinity;
    this.#risk = risk;
    // Classes and points count by their share of the coordinates and of the risk.
    const relative = Math.sqrt(weighted + (total > 0 ? atRisk / total : 0));
    // Where c falls by orders of magnitude in one step its logarithm counts relative to that fall.
    const decay =
      (Math.abs(estimate[size - 1]) * this.#largest) / Math.max(1, this.#largest * next[size - 1]);
    return Math.max(relative, decay) / (this.#tolerance * this.leniency);
  }

  /** Takes one accepted step; false once all times are recorded or the limit has blown up. */
  advance(): boolean {
    if (this.done) return false;
    const end = this.#end;
    if (this.#risk < VANISHED) {
      this.#save(end, 0, () => this.#state);
      return false;
    }
    const before = this.#risk;
    const planned = this.#replay[this.taus.length];
    if (planned !== undefined) return this.#repeat(planned, end);
    for (;;) {
      const last = this.#tau + this.#step >= Math.sqrt(end);
      const step = last ? Math.sqrt(end) - this.#tau : this.#step;
      const taken = this.#stepper.step(this.#tau, this.#state, step);
      const error = taken ? this.#localError(this.#tau + step) : Infinity;
      this.#step = step * stepRatio(error, ORDER_OF_ESTIMATE);
      if (error <= 1) {
        this.#accept(step, last ? end : (this.#tau + step) ** 2, before);
        this.taus.push(this.#tau);
        this.risks.push(this.#risk);
        return !this.done;
      }
      if (!(this.#step >= 1e-14 * this.#tau)) {
        this.stuck = true;
        return false;
      }
    }
  }

  /** A step that an earlier solution took, in parts where it leaves the domain; false at the end. */
  #repeat(planned: number, end: number): boolean {
    let step = planned - this.#tau;
    while (this.#tau < planned && this.blowUp === undefined) {
      const before = this.#risk;
      const left = planned - this.#tau;
      const tau = left < 1.001 * step ? planned : this.#tau + step;
      const t = Math.abs(tau ** 2 - end) < 1e-14 * end ? end : tau ** 2;
      const taken = this.#stepper.step(this.#tau, this.#state, tau - this.#tau);
      if (taken && this.#localError(tau) < Infinity) this.#accept(tau - this.#tau, t, before, tau);
      else {
        [this.#risk, step] = [before, step / 4];
        this.stuck = !(step >= 1e-14 * this.#tau);
        if (this.stuck) return false;
      }
    }
    this.taus.push(planned);
    this.risks.push(this.#risk);
    return !this.done;
  }

  #accept(step: number, t: number, before: number, end = this.#tau + step): void {
    let prepared = false;
    if (this.#roughnessOf) {
      const [coefficients, tau] = [this.#coefficients, this.#tau + step];
      const { next } = this.#stepper;
      const { differences, rule } = this.#roughnessOf(this.#system, coefficients, tau, next, this.#risk);
      this.roughness = Math.max(this.roughness, differences / this.leniency);
      this.rule = Math.max(this.rule, rule / this.leniency);
    }
    if (this.#eachStep) this.times.push((this.#tau + 0.5 * step) ** 2, t);
    this.#save(t, step, (fraction) => {
      if (!prepared) this.#stepper.prepareDense();
      prepared = true;
      this.#stepper.interpolate(fraction, this.#between);
      return this.#between;
    });
    this.#state.set(this.#stepper.next);
    this.#map.rebase(this.#state);
    this.#system.adapt(this.#state);
    if (this.#coupled && this.#risk > this.#runaway) {
      // 1/R is linear in t: its root, from the last step.
      const distance = (t - this.#tau ** 2) / (this.#risk / before - 1);
      this.blowUp = { t: t + distance, error: distance };
    }
    this.#tau = end;
  }
}
