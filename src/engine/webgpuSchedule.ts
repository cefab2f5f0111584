/** Cutting a plan into dispatches of a given number of steps. */
import type { Segment, Sizes, Span } from '../models/model.ts';

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

/** Work of one kind: steps, of which there may be none, and a recorded time if one is reached with them. */
export type Work = Pick<Dispatch, 'steps' | 'end'>;

/** How work is laid out. */
export interface Layout {
  /** Steps that a dispatch takes at most. */
  readonly longest: number;
  /** Whether a dispatch that takes no step comes first. */
  readonly prepares: boolean;
  /** What to prepare and to record costs, in steps; 1 and 0 by default. */
  readonly sizes?: Sizes;
  /** Units into which work can be cut. */
  units(work: Work): number;
  /** Where a dispatch that starts at unit `from` ends if it should have `wanted` units. */
  cut(work: Work, from: number, wanted: number): number;
}

const WHOLE: Layout = { longest: Infinity, prepares: false, units: () => 1, cut: (_work, from) => from + 1 };

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

  /** What dispatches cost, in steps. */
  size(dispatches: readonly Dispatch[]): number {
    const { prepare = 1, record = 0 } = this.#layout.sizes ?? {};
    return dispatches.reduce((sum, { steps, end, from, to, of }) => {
      const prepares = steps === 0 && end === undefined;
      const whole = steps + (prepares ? prepare : 0) + (end === undefined ? 0 : record);
      return sum + (whole * (to - from)) / of;
    }, 0);
  }

  /**
   * The next dispatches, `steps` steps in all, of which at most `records` end at a recorded time; or a part of the next
   * one, where that costs more than `piece` steps.
   */
  take(steps: number, most: Most, piece = Infinity): Dispatch[] {
    if (!this.#rest) {
      const dispatches = this.#take(Math.max(1, Math.min(steps, Math.floor(piece))), most, piece);
      if (dispatches.length !== 1 || this.size(dispatches) <= piece) return dispatches;
      this.#rest = dispatches[0]!;
    }
    const whole = this.#rest;
    this.#rest = undefined;
    const of = this.#layout.units(whole);
    const from = whole.of === of ? whole.from : 0;
    const wanted = Math.ceil(of / Math.ceil(this.size([{ ...whole, from: 0, to: 1, of: 1 }]) / piece));
    const to = Math.min(of, this.#layout.cut(whole, from, wanted));
    if (to < of) this.#rest = { ...whole, from: to, to: of, of };
    return [{ ...whole, from, to, of }];
  }

  /** What is larger than `piece` comes alone. */
  #take(steps: number, { dispatches: count, records }: Most, piece: number): Dispatch[] {
    const dispatches: Dispatch[] = [];
    let left = steps;
    let recorded = 0;
    while (this.#segment < this.#plan.length && dispatches.length < count && recorded < records) {
      const segment = this.#plan[this.#segment]!;
      const rest = segment.steps - this.#taken;
      if (left <= 0 && rest > 0) break;
      const now = this.#prepared ? Math.min(rest, Math.max(0, Math.ceil(left)), this.#layout.longest) : 0;
      const dispatch = {
        step: segment.step + this.#taken,
        steps: now,
        t: segment.t + this.#taken * segment.dt,
        dt: segment.dt,
        from: 0,
        to: 1,
        of: 1,
        end: this.#prepared && now === rest ? segment.end : undefined,
      };
      const size = this.size([dispatch]);
      if (dispatches.length > 0 && size > piece) break;
      dispatches.push(dispatch);
      left -= size;
      this.#prepared = true;
      this.#taken += now;
      if (dispatch.end !== undefined) {
        recorded++;
        this.#segment++;
        this.#taken = 0;
      }
      if (size > piece) break;
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
