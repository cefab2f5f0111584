/** Cutting a plan into dispatches of a given number of steps. */
import type { Segment, Span } from '../models/model.ts';

export interface Dispatch extends Span {
  /** Recorded time that the dispatch ends at; undefined where it ends between two. */
  readonly end: number | undefined;
}

/** Limits to one submit. */
export interface Most {
  readonly dispatches: number;
  readonly records: number;
}

export class Schedule {
  readonly #plan: readonly Segment[];
  #segment = 0;
  /** Steps of the present segment already taken. */
  #taken = 0;
  readonly #longest: number;
  readonly #prepares: boolean;
  #prepared: boolean;

  /** A dispatch takes `longest` steps at most; if `prepares`, one that takes none comes first. */
  constructor(plan: readonly Segment[], longest = Infinity, prepares = false) {
    this.#plan = plan;
    this.#longest = longest;
    this.#prepares = prepares;
    this.#prepared = !prepares;
  }

  get done(): boolean {
    return this.#segment === this.#plan.length;
  }

  /** One that starts from here. */
  copy(): Schedule {
    const copy = new Schedule(this.#plan, this.#longest, this.#prepares);
    copy.#segment = this.#segment;
    copy.#taken = this.#taken;
    return copy;
  }

  /** The next dispatches, `steps` steps in all, of which at most `records` end at a recorded time. */
  take(steps: number, { dispatches: count, records }: Most): Dispatch[] {
    const dispatches: Dispatch[] = [];
    let left = steps;
    let recorded = 0;
    while (!this.done && dispatches.length < count && recorded < records) {
      const segment = this.#plan[this.#segment]!;
      const rest = segment.steps - this.#taken;
      if (left === 0 && rest > 0) break;
      if (!this.#prepared) {
        this.#prepared = true;
        const { step, t, dt } = segment;
        dispatches.push({ step: step + this.#taken, steps: 0, t: t + this.#taken * dt, dt, end: undefined });
      }
      const now = Math.min(rest, left, this.#longest);
      dispatches.push({
        step: segment.step + this.#taken,
        steps: now,
        t: segment.t + this.#taken * segment.dt,
        dt: segment.dt,
        end: now === rest ? segment.end : undefined,
      });
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
