/** Cutting a plan into dispatches of a given number of steps. */
import type { Segment, Span } from '../models/model.ts';

export interface Dispatch extends Span {
  /** Recorded time that the dispatch ends at; undefined where it ends between two. */
  readonly end: number | undefined;
}

export class Schedule {
  readonly #plan: readonly Segment[];
  #segment = 0;
  /** Steps of the present segment already taken. */
  #taken = 0;

  constructor(plan: readonly Segment[]) {
    this.#plan = plan;
  }

  get done(): boolean {
    return this.#segment === this.#plan.length;
  }

  /** One at the same place, which goes on by itself. */
  copy(): Schedule {
    const copy = new Schedule(this.#plan);
    copy.#segment = this.#segment;
    copy.#taken = this.#taken;
    return copy;
  }

  /** The next dispatches, `steps` steps in all and at most `count` of them; fewer at the end of the plan. */
  take(steps: number, count: number): Dispatch[] {
    const dispatches: Dispatch[] = [];
    let left = steps;
    while (!this.done && dispatches.length < count) {
      const segment = this.#plan[this.#segment]!;
      const rest = segment.steps - this.#taken;
      if (left === 0 && rest > 0) break;
      const now = Math.min(rest, left);
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
