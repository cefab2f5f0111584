/** How many steps to take at once: few enough that page and workers stay responsive, enough that overhead does not count. */

/** Milliseconds that a submit should take. */
const TARGET = 16;
/** Milliseconds that no submit should exceed; systems kill one of 2 s. */
const CAP = 250;
/** Milliseconds that a step may take uncut: half of the cap, since a busy machine may need twice as long next time. */
const WHOLE = CAP / 2;
/** Milliseconds that a part of a step should take, and after which one measurement alone sets the pace. */
const PIECE = CAP / 4;
const FIRST = 8;
/** Coordinate-steps that the slowest device does in less than CAP milliseconds: 400 ns each, emulated on a busy machine. */
const SAFE = 2.5e5;
const GROWTH = 4;
/** Weight of the newest measurement in the exponential average. */
const WEIGHT = 0.5;

export class Pace {
  /** Steps of the next submit. */
  steps: number;
  /** Steps that a submit may have at most where they can be cut: below 1 where one would take longer than WHOLE. */
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
    const alone = Number.isNaN(this.#cost) || milliseconds > PIECE;
    this.#cost = alone ? cost : WEIGHT * cost + (1 - WEIGHT) * this.#cost;
    const wanted = Math.floor(TARGET / this.#cost);
    this.steps = Math.max(1, Math.min(wanted, GROWTH * this.steps));
    const most = (this.#cost > WHOLE ? PIECE : WHOLE) / this.#cost;
    this.piece = Math.min(most, GROWTH * this.piece);
  }
}
