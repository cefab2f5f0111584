/**
 * The nonlinear Fokker–Planck equation of the diagonal linear network as a stiff system for the transport maps of
 * its classes (theory: diagonal linear networks, section 5),
 *
 *     ∂X/∂t = −γλe + D·(z + X_zz/X_z)/X_z ,   D = γ²λR/B ,   dS/dt = 2γ²R/B ,   R = ½(E λe² + σ²),
 *
 * where in the coordinate s of the grid (z + X_zz/X_z)/X_z is (pull + X_ss/X_s)/X_s. Time is τ = √t: widths grow
 * like √t from zero, so X is smooth in τ. Given R and S the classes are independent: the Jacobian is one banded
 * block per class plus a part of rank two, eliminated by block elimination.
 */
import { factorBanded, solveBanded } from '../../math/banded.ts';
import type { StiffSystem } from '../../solvers/rodas5p.ts';
import { chooseReach, differentiate, fillRows, pushed } from './differences.ts';
import { ratesAt, riskOf, type Coefficients } from './feedback.ts';
import type { TransportMap } from './transportMap.ts';

function isSame(a: Float64Array, b: Float64Array): boolean {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

/** What an integrator asks of an equation beside steps. */
export type Equation = Pick<FokkerPlanck, 'map' | 'slope' | 'reach' | 'adapt' | 'evaluate'>;

export class FokkerPlanck implements StiffSystem {
  readonly size: number;
  readonly map: TransportMap;
  /** Of the last call of `evaluate`, one per class and grid point: X_s and (z + X_zz/X_z)/X_z − θ. */
  readonly slope: Float64Array;
  /** How many points to each side the differences of a row reach; 0 at the ends of a map. */
  readonly reach: Uint8Array;
  readonly #push: Float64Array;
  readonly #bend: Float64Array;
  readonly #coefficients: Coefficients;
  // Linearisation: banded factors, M⁻¹∂f/∂R, M⁻¹∂f/∂S, ∂R/∂X, and the scalars that couple the classes.
  readonly #factors: Float64Array;
  readonly #byRisk: Float64Array;
  readonly #byDecay: Float64Array;
  readonly #riskRow: Float64Array;
  #shift = 0;
  #growth = 0;
  #riskByDecay = 0;
  #pivot = 1;
  /** Where `evaluate` was called last, and what it returned; τ is NaN where that holds no longer. */
  readonly #last: Float64Array;
  #lastTau = NaN;
  #lastRisk = NaN;
  /** Whether the risk is that of the classes. */
  readonly #coupled: boolean;

  constructor(map: TransportMap, coefficients: Coefficients) {
    const perPoint = (): Float64Array => new Float64Array(map.size - 1);
    this.size = map.size;
    this.map = map;
    this.#coefficients = coefficients;
    this.#coupled = coefficients.lnRisk === undefined;
    this.slope = perPoint();
    this.#push = perPoint();
    this.#bend = perPoint();
    this.reach = new Uint8Array(map.size - 1);
    this.#byRisk = perPoint();
    this.#byDecay = perPoint();
    this.#riskRow = perPoint();
    this.#last = new Float64Array(map.size);
    this.#factors = new Float64Array(map.classes.length * map.grid.points * (2 * map.grid.half + 1));
  }

  /**
   * Chooses how far the differences of each row reach, for the steps from y on, after a change of frame: less where neighbouring gaps of a
   * map differ much. A map has kinks where late coordinates trail those that have converged; across a kink
   * differences of high order oscillate until the map folds.
   */
  adapt(y: Float64Array): void {
    this.#lastTau = NaN;
    const { points, half } = this.map.grid;
    for (let i = 0; i < this.map.classes.length; i++) chooseReach(y, i * points, points, half, this.reach);
  }

  /** Risk of the state y at τ, NaN where a map is not increasing; fills the arrays of map and system. */
  evaluate(tau: number, y: Float64Array): number {
    if (tau === this.#lastTau && isSame(y, this.#last)) return this.#lastRisk;
    this.#lastTau = NaN;
    const error = this.map.locate(y);
    for (let i = 0; i < this.map.classes.length; i++) {
      if (this.map.classes[i].eigenvalue !== 0 && !this.#differentiate(y, i)) return NaN;
    }
    this.#last.set(y);
    this.#lastTau = tau;
    this.#lastRisk = riskOf(this.#coefficients, tau, error);
    return this.#lastRisk;
  }

  /** Fills `slope`, `#bend` and `#push` of class i; false where its map is not increasing. */
  #differentiate(y: Float64Array, i: number): boolean {
    const first = i * this.map.grid.points;
    if (!differentiate(y, first, this.map.grid, this.reach, this.slope, this.#bend)) return false;
    pushed(first, this.map.grid, this.slope, this.#bend, this.map.share[i], this.#push);
    return true;
  }

  derivative(tau: number, y: Float64Array, out: Float64Array): boolean {
    const risk = this.evaluate(tau, y);
    if (!Number.isFinite(risk)) return false;
    const gamma = this.#coefficients.stepSizeAt(tau * tau);
    const noise = (gamma * gamma * risk) / this.#coefficients.batchSize;
    const { classes, grid, error } = this.map;
    const { points } = grid;
    const push = this.#push;
    for (let i = 0; i < classes.length; i++) {
      const drift = -2 * tau * gamma * classes[i].eigenvalue;
      const diffusion = 2 * tau * noise * classes[i].eigenvalue;
      for (let k = i * points; k < (i + 1) * points; k++) out[k] = drift * error[k] + diffusion * push[k];
    }
    out[this.size - 1] = 4 * tau * noise;
    return true;
  }

  linearise(tau: number, y: Float64Array, shift: number, timeDerivative: Float64Array): boolean {
    const risk = this.evaluate(tau, y);
    if (!Number.isFinite(risk)) return false;
    const { batchSize, lnFactor } = this.#coefficients;
    const { gamma, driftGrowth, noiseGrowth } = ratesAt(this.#coefficients, tau, risk);
    const perRisk = (gamma * gamma) / batchSize;
    this.#shift = shift;
    this.#growth = 4 * tau * perRisk;
    this.#riskByDecay = 0;
    timeDerivative[this.size - 1] = noiseGrowth * this.#growth * risk;
    const { error } = this.map;
    const factor = lnFactor ? Math.exp(lnFactor.value(tau)) : 1;
    const [push, riskRow] = [this.#push, this.#riskRow];
    const [byRiskColumn, byDecayColumn] = [this.#byRisk, this.#byDecay];
    let rowByRisk = 0;
    let rowByDecay = 0;
    for (let i = 0; i < this.map.classes.length; i++) {
      if (!this.#lineariseClass(i, 2 * tau * gamma, 2 * tau * perRisk, risk, factor)) return false;
      const { points } = this.map.grid;
      const { eigenvalue } = this.map.classes[i];
      const byDrift = -driftGrowth * 2 * tau * gamma * eigenvalue;
      const byNoise = noiseGrowth * 2 * tau * perRisk * eigenvalue * risk;
      for (let k = i * points; k < (i + 1) * points; k++) {
        timeDerivative[k] = byDrift * error[k] + byNoise * push[k];
        if (!this.#coupled) continue;
        rowByRisk += riskRow[k] * byRiskColumn[k];
        rowByDecay += riskRow[k] * byDecayColumn[k];
      }
    }
    this.#riskByDecay += rowByDecay;
    this.#pivot = 1 - rowByRisk - (this.#riskByDecay * this.#growth) / shift;
    return Number.isFinite(this.#pivot) && this.#pivot !== 0;
  }

  /** Factors shift·I − ∂f/∂X of class i and solves for its columns ∂f/∂R and ∂f/∂S. */
  #lineariseClass(i: number, drift: number, perRisk: number, risk: number, factor: number): boolean {
    const { grid } = this.map;
    const { points, half, mass } = grid;
    const { eigenvalue, weight } = this.map.classes[i];
    const share = this.map.share[i];
    const factors = this.#factors;
    const width = 2 * half + 1;
    const offset = i * points * width;
    if (eigenvalue === 0) factors.fill(0, offset, offset + points * width);
    else
      fillRows(
        factors,
        offset,
        i * points,
        grid,
        this.reach,
        this.slope,
        this.#bend,
        perRisk * eigenvalue * risk,
      );
    const { error, p, q } = this.map;
    const push = this.#push;
    const [riskRow, byRisk, byDecays] = [this.#riskRow, this.#byRisk, this.#byDecay];
    const scaled = perRisk * eigenvalue;
    let riskByDecay = 0;
    for (let j = 0, k = i * points; j < points; j++, k++) {
      const kappa = 2 * (p[k] + q[k]);
      const byDecay = eigenvalue * ((share - 1) * p[k] + (share + 1) * q[k]);
      const riskByError = factor * weight * mass[j] * eigenvalue * error[k];
      riskRow[k] = riskByError * kappa;
      riskByDecay += riskByError * byDecay;
      byRisk[k] = scaled * push[k];
      byDecays[k] = -drift * eigenvalue * byDecay;
      const diagonal = offset + j * width + half;
      factors[diagonal] += this.#shift + drift * eigenvalue * kappa;
    }
    if (!factorBanded(factors, offset, points, half)) return false;
    if (this.#coupled) {
      this.#riskByDecay += riskByDecay;
      solveBanded(factors, offset, points, half, this.#byRisk, i * points);
    }
    solveBanded(factors, offset, points, half, this.#byDecay, i * points);
    return true;
  }

  solve(x: Float64Array): void {
    const { points, half } = this.map.grid;
    const [riskRow, byRisk, byDecay] = [this.#riskRow, this.#byRisk, this.#byDecay];
    const last = this.size - 1;
    let row = 0;
    for (let i = 0; i < this.map.classes.length; i++) {
      solveBanded(this.#factors, i * points * (2 * half + 1), points, half, x, i * points);
      if (!this.#coupled) continue;
      for (let k = i * points; k < (i + 1) * points; k++) row += riskRow[k] * x[k];
    }
    if (!this.#coupled) {
      const decay = x[last] / this.#shift;
      for (let k = 0; k < last; k++) x[k] += decay * byDecay[k];
      x[last] = decay;
      return;
    }
    const risk = (row + (this.#riskByDecay * x[last]) / this.#shift) / this.#pivot;
    const decay = (x[last] + this.#growth * risk) / this.#shift;
    for (let k = 0; k < last; k++) x[k] += risk * byRisk[k] + decay * byDecay[k];
    x[last] = decay;
  }
}
