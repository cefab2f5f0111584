/** Cutting a plan into dispatches of a given number of steps. */
import type { Segment, Span } from '../models/model.ts';

export interface Dispatch extends Span {
  /** Units of its step that it runs, of so many: 0 … 1 of 1 where a step is not cut. */
  readonly from: number;
  readonly to: number;
  readonly of: number;
  /** Recorded time that its last step ends at; undefined where it ends between two. */
  readonly end: number | undefined;
}

/** The recorded time that is reached with this dispatch, if one is. */
export function reached({ end, to, of }: Dispatch): number | undefined {
  return to === of ? end : undefined;
}

/** How a step is laid out. */
export interface Layout {
  /** Steps that a dispatch takes at most. */
  readonly longest: number;
  /** Whether a dispatch that takes no step comes first. */
  readonly prepares: boolean;
  /** Units into which a step can be cut or, without steps, its preparation. */
  units(steps: number): number;
  /** Where a dispatch that starts at unit `from` ends if it should have `wanted` units. */
  cut(from: number, wanted: number): number;
}

const WHOLE: Layout = { longest: Infinity, prepares: false, units: () => 1, cut: (from) => from + 1 };

/** Limits to one submit. */
export interface Most {
  readonly dispatches: number;
  readonly records: number;
}

export class Schedule {
  readonly #plan: readonly Segment[];
  readonly #layout: Layout;
  #segment = 0;
  /** Steps of the present segment already taken. */
  #taken = 0;
  #prepared: boolean;
  /** What is left of a step that is cut. */
  #rest: Dispatch | undefined;

  constructor(plan: readonly Segment[], layout = WHOLE) {
    this.#plan = plan;
    this.#layout = layout;
    this.#prepared = !layout.prepares;
  }

  get done(): boolean {
    return this.#segment === this.#plan.length && !this.#rest;
  }

  /** Whether no step is half done, so that a copy can go on from the state as it is. */
  get between(): boolean {
    return !this.#rest;
  }

  /** One that starts from here. */
  copy(): Schedule {
    const copy = new Schedule(this.#plan, this.#layout);
    copy.#segment = this.#segment;
    copy.#taken = this.#taken;
    return copy;
  }

  /**
   * The next dispatches, `steps` steps in all, of which at most `records` end at a recorded time; or the next one of
   * about `pieces` pieces of a step that is cut.
   */
  take(steps: number, most: Most, pieces = 1): Dispatch[] {
    if (!this.#rest && pieces === 1) return this.#take(steps, most);
    const [whole] = this.#rest ? [this.#rest] : this.#take(1, { dispatches: 1, records: 1 });
    this.#rest = undefined;
    // What only records is short.
    if (!whole || (whole.steps === 0 && whole.end !== undefined)) return whole ? [whole] : [];
    const of = this.#layout.units(whole.steps);
    const from = whole.of === of ? whole.from : 0;
    const to = Math.min(of, this.#layout.cut(from, Math.ceil(of / pieces)));
    if (to < of) this.#rest = { ...whole, from: to, to: of, of };
    return [{ ...whole, from, to, of }];
  }

  #take(steps: number, { dispatches: count, records }: Most): Dispatch[] {
    const dispatches: Dispatch[] = [];
    let left = steps;
    let recorded = 0;
    while (this.#segment < this.#plan.length && dispatches.length < count && recorded < records) {
      const segment = this.#plan[this.#segment]!;
      const rest = segment.steps - this.#taken;
      if (left === 0 && rest > 0) break;
      const common = {
        step: segment.step + this.#taken,
        t: segment.t + this.#taken * segment.dt,
        dt: segment.dt,
        from: 0,
        to: 1,
        of: 1,
      };
      if (!this.#prepared) {
        this.#prepared = true;
        dispatches.push({ ...common, steps: 0, end: undefined });
        continue;
      }
      const now = Math.min(rest, left, this.#layout.longest);
      dispatches.push({ ...common, steps: now, end: now === rest ? segment.end : undefined });
      left -= now;
      this.#taken += now;
      if (now === rest) {
        recorded++;
        this.#segment++;
        this.#taken = 0;
      }
    }
    return dispatches;
  }
}

/** Time at the start of step `step` of the plan. */
export function timeOfStep(plan: readonly Segment[], step: number): number {
  const segment = plan.find((s) => step >= s.step && step < s.step + s.steps);
  if (!segment) throw new RangeError(`expected a step of the plan, got ${step}`);
  return segment.t + (step - segment.step) * segment.dt;
}
