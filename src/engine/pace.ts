/** How many steps to take at once: few enough that page and workers stay responsive, enough that overhead does not count. */

/** Milliseconds that a submit should take. */
const TARGET = 16;
/** Milliseconds after which one measurement alone sets the pace; systems kill a submit of 2 s. */
const CAP = 250;
/** Milliseconds that a part of a step should take. */
const PIECE = CAP / 2;
const FIRST = 8;
/** Coordinate-steps that the slowest device does in less than CAP milliseconds. */
const SAFE = 2e6;
const GROWTH = 4;
/** Weight of the newest measurement in the exponential average. */
const WEIGHT = 0.5;

export class Pace {
  /** Steps of the next submit. */
  steps: number;
  /** Steps that a submit may have at most where they can be cut: below 1 where one would take longer than CAP. */
  piece: number;
  /** Milliseconds per step, NaN before the first measurement. */
  #cost = NaN;

  /** `load`: coordinate-steps of one step of all runs. */
  constructor(load: number) {
    this.steps = Math.max(1, Math.min(FIRST, Math.floor(SAFE / load)));
    this.piece = SAFE / load;
  }

  /** Submits over which one step is spread. */
  get pieces(): number {
    return Math.max(1, Math.ceil(1 / this.piece));
  }

  /** Take note that a submit of `steps` steps, or of a part of one, took `milliseconds`. */
  record(steps: number, milliseconds: number): void {
    if (steps === 0) return;
    const cost = milliseconds / steps;
    const alone = Number.isNaN(this.#cost) || milliseconds > CAP;
    this.#cost = alone ? cost : WEIGHT * cost + (1 - WEIGHT) * this.#cost;
    const wanted = Math.floor(TARGET / this.#cost);
    this.steps = Math.max(1, Math.min(wanted, GROWTH * this.steps));
    const most = (this.#cost > CAP ? PIECE : CAP) / this.#cost;
    this.piece = Math.min(most, GROWTH * this.piece);
  }
}
