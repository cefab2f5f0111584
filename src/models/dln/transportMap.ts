/**
 * Transport maps of the classes of the diagonal linear network (theory: diagonal linear networks, section 5): in
 * each class (λ, β*, c₀) the hyperbolic angle is an increasing function X(z, t) of a standard normal z, while
 * ln c = ln c₀ − λS with S = ∫2γ²R/B dt.
 *
 * A step carries Y = X − m(t) with m(t) = m_n + θλ(S − S_n)/2. The error e = c sinh 2X − β* at X = m_n and the
 * logarithms of p²/2 = c·e^{2m}/2 and q²/2 = c·e^{−2m}/2 are kept beside it, so that errors far below β* and
 * widths far below the rounding of X keep all their digits; θ = tanh 2m holds the larger of p and q still while
 * c decays.
 */
import { absoluteSum } from '../../math/absoluteSum.ts';
import { interpolateFinely, type NormalGrid } from './limitGrid.ts';
import { accumulate } from './statistics.ts';

/** Coordinates that share eigenvalue, teacher entry and initial c. */
export interface LimitClass {
  readonly eigenvalue: number;
  /** ≥ 0: by mirror symmetry every statistic is the same at −β*. */
  readonly teacher: number;
  /** Share of all coordinates. */
  readonly weight: number;
  /** ln c₀, c = |u² − v²|/2 */
  readonly lnC: number;
  /** The hyperbolic angle ½ ln|p/q| at t = 0 as a function of z, non-decreasing. */
  angle(z: number): number;
}

const INDEX_OF_L1 = 4;
/** Angles whose e^{2X} is one rational function, those where β − β* is the difference to the frame, and all others. */
const [SMALL, FAR, LARGEST] = [0.173, 1, 340];
/** Products of e^{2X} with numbers above its exponential are in range. */
const SMALLEST_LOG = -600;
/** 2ⁿ at index n + ZERO, and ln 2 in two parts of which the first times n is exact. */
const ZERO = 1023;
const POWERS = Float64Array.from({ length: 2 * ZERO + 1 }, (_, n) => 2 ** (n - ZERO));
const [LN2_HIGH, LN2_LOW] = [0.6931471803691238, 1.9082149292705877e-10];

/** Where a class is: e^{lnP}, e^{lnQ} and β − β* at X = m, and angles below which ln p and ln q are in range. */
interface ClassFrame {
  readonly lnP: number;
  readonly lnQ: number;
  readonly frameP: number;
  readonly frameQ: number;
  readonly frameError: number;
  readonly teacher: number;
  readonly range: number;
}

/** Fills `error`, `p`, `q` of one class, whose values start at `offset`, from grid point `from` up to `to`; returns E e². */
function locateClass(
  y: Float64Array,
  offset: number,
  from: number,
  to: number,
  frame: ClassFrame,
  mass: Float64Array,
  error: Float64Array,
  p: Float64Array,
  q: Float64Array,
): number {
  const { lnP, lnQ, frameP, frameQ, frameError, teacher, range } = frame;
  let sum = 0;
  for (let j = from, k = offset + from; j < to; j++, k++) {
    const angle = y[k];
    const size = Math.abs(angle);
    let e;
    if (size < range) {
      // e^{2·angle} = 2ⁿ·above/below by the (5, 5) Padé approximant: relative error 1e-15.
      let x = 2 * angle;
      let n = ZERO;
      if (size >= SMALL) {
        n = (x * Math.LOG2E + (ZERO + 0.5)) | 0;
        x = x - (n - ZERO) * LN2_HIGH - (n - ZERO) * LN2_LOW;
      }
      const square = x * x;
      const even = 1 + square * (1 / 9 + square * (1 / 1008));
      const odd = x * (0.5 + square * (1 / 72 + square * (1 / 30240)));
      const above = even + odd;
      const below = even - odd;
      const each = (2 * odd) / (above * below);
      const raised = frameP * POWERS[n];
      const lowered = frameQ * POWERS[2 * ZERO - n];
      const grown = raised * each * above;
      const shrunk = -lowered * each * below;
      const pk = raised + grown;
      const qk = lowered + shrunk;
      if (size < SMALL) e = frameError + grown - shrunk;
      else if (size < FAR) e = frameError + (grown + (raised - frameP)) - (shrunk + (lowered - frameQ));
      else e = pk - qk - teacher;
      p[k] = pk;
      q[k] = qk;
    } else {
      p[k] = Math.exp(lnP + 2 * angle);
      q[k] = Math.exp(lnQ - 2 * angle);
      e = p[k] - q[k] - teacher;
    }
    error[k] = e;
    sum += mass[j] * e * e;
  }
  return sum;
}

/** One per class and grid point: e, p²/2, q²/2. */
interface Located {
  readonly error: Float64Array;
  readonly p: Float64Array;
  readonly q: Float64Array;
}

export class TransportMap {
  /** Number of values of a state: one per class and grid point, then S − S_n. */
  readonly size: number;
  readonly classes: readonly LimitClass[];
  readonly grid: NormalGrid;
  /** Of the last call of `locate`, one per class and grid point: e, p²/2, q²/2. */
  readonly error: Float64Array;
  readonly p: Float64Array;
  readonly q: Float64Array;
  /** θ of each class during the present step. */
  readonly share: Float64Array;
  readonly #lnP: Float64Array;
  readonly #lnQ: Float64Array;
  readonly #frameError: Float64Array;
  /** β of one class. */
  readonly #beta: Float64Array;

  /** @param storage where `locate` writes */
  constructor(classes: readonly LimitClass[], grid: NormalGrid, storage?: Located) {
    const points = classes.length * grid.points;
    this.size = points + 1;
    this.classes = classes;
    this.grid = grid;
    this.#beta = new Float64Array(grid.points);
    const array = () => new Float64Array(points);
    ({ error: this.error, p: this.p, q: this.q } = storage ?? { error: array(), p: array(), q: array() });
    const m = classes.map(({ angle }) => angle(0));
    this.#lnP = Float64Array.from(classes, ({ lnC }, i) => lnC - Math.LN2 + 2 * m[i]);
    this.#lnQ = Float64Array.from(classes, ({ lnC }, i) => lnC - Math.LN2 - 2 * m[i]);
    this.#frameError = Float64Array.from(
      classes,
      ({ teacher, lnC }, i) => Math.exp(lnC) * Math.sinh(2 * m[i]) - teacher,
    );
    this.share = Float64Array.from(m, (angle) => Math.tanh(2 * angle));
  }

  /** Logarithms of p²/2 and q²/2 and the error of a class at X = m, at the start of the present step. */
  frameOf(i: number): { lnP: number; lnQ: number; error: number } {
    return { lnP: this.#lnP[i]!, lnQ: this.#lnQ[i]!, error: this.#frameError[i]! };
  }

  /** The state at t = 0. */
  initial(): Float64Array {
    const { z, points } = this.grid;
    const y = new Float64Array(this.size);
    this.classes.forEach(({ angle }, i) => {
      const centre = angle(0);
      z.forEach((value, j) => (y[i * points + j] = angle(value) - centre));
    });
    return y;
  }

  /** Fills `error`, `p`, `q` for the state y at the grid points from `from` up to `to` and returns E λe² there. */
  locate(y: Float64Array, from = 0, to = this.grid.points): number {
    const { points, mass } = this.grid;
    const { error, p, q } = this;
    const decay = y[this.size - 1];
    let total = 0;
    for (let i = 0; i < this.classes.length; i++) {
      const { eigenvalue, teacher, weight } = this.classes[i];
      const growthP = (this.share[i] - 1) * eigenvalue * decay;
      const growthQ = -(this.share[i] + 1) * eigenvalue * decay;
      const lnP = this.#lnP[i] + growthP;
      const lnQ = this.#lnQ[i] + growthQ;
      const frameP = Math.exp(lnP);
      const frameQ = Math.exp(lnQ);
      const frameError =
        this.#frameError[i] +
        Math.exp(this.#lnP[i]) * Math.expm1(growthP) -
        Math.exp(this.#lnQ[i]) * Math.expm1(growthQ);
      const range = Math.min(lnP, lnQ) > SMALLEST_LOG ? LARGEST : FAR;
      const frame = { frameP, frameQ, frameError, teacher, range, lnP, lnQ };
      const sum = locateClass(y, i * points, from, to, frame, mass, error, p, q);
      total += weight * eigenvalue * sum;
    }
    return total;
  }

  /**
   * Adds every statistic of the state y to `into` and its terms at the ends of the maps to `edge`, in the order of
   * `statisticNames`.
   *
   * @param all false for E λe² alone, of which there are no terms at the ends
   */
  statistics(y: Float64Array, into: Float64Array, edge: Float64Array, all = true): void {
    const weightedError = this.locate(y);
    if (!all) {
      into[0] += weightedError;
      return;
    }
    const { points, mass } = this.grid;
    const { error, p, q } = this;
    const beta = this.#beta;
    for (let i = 0; i < this.classes.length; i++) {
      const { eigenvalue, teacher, weight } = this.classes[i];
      const imbalance = 4 * Math.exp(0.5 * (this.#lnP[i] + this.#lnQ[i]) - eigenvalue * y[this.size - 1]);
      const l1 = into[INDEX_OF_L1];
      for (let j = 0, k = i * points; j < points; j++, k++) {
        // Each form where it keeps its digits: β = e off the support, β = p²/2 − q²/2 where a teacher is unlearnt.
        beta[j] = teacher === 0 ? error[k] : p[k] - q[k];
        const kappa = 2 * (p[k] + q[k]);
        const share = weight * mass[j];
        accumulate(into, share, eigenvalue, teacher, error[k], beta[j], kappa, imbalance);
        if (j === 0 || j === points - 1) {
          accumulate(edge, share, eigenvalue, teacher, error[k], beta[j], kappa, imbalance);
        }
      }
      // |β| has a kink where β changes sign.
      if (beta[0] < 0 && beta[points - 1] > 0) {
        const { fine } = this.grid;
        const between = interpolateFinely(beta, fine);
        into[INDEX_OF_L1] = l1 + weight * absoluteSum(between, fine.mass, 0, between.length);
      }
    }
  }

  /** Moves the frames to the middle of the accepted state y, which is rewritten in the new frames. */
  rebase(y: Float64Array): void {
    const { points } = this.grid;
    const last = this.size - 1;
    this.locate(y, (points - 1) / 2, (points + 1) / 2);
    this.classes.forEach(({ eigenvalue }, i) => {
      const middle = i * points + (points - 1) / 2;
      const centre = y[middle];
      this.#lnP[i] += (this.share[i] - 1) * eigenvalue * y[last] + 2 * centre;
      this.#lnQ[i] -= (this.share[i] + 1) * eigenvalue * y[last] + 2 * centre;
      this.#frameError[i] = this.error[middle];
      this.share[i] = Math.tanh(0.5 * (this.#lnP[i] - this.#lnQ[i]));
      for (let k = i * points; k < (i + 1) * points; k++) y[k] -= centre;
    });
    y[last] = 0;
  }
}
