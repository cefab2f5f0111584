/** The steps between recorded times: what every streaming process shares. */
import type { Segment } from './model.ts';

/** Whole iterations k = round(t·clock), `clock` of them per unit of time; the recorded time is the true k/clock. */
export function planIterations(clock: number, saveAt: Float64Array): Segment[] {
  let step = 0;
  return Array.from(saveAt, (time) => {
    const end = Math.round(time * clock);
    const segment = { step, steps: end - step, t: step / clock, dt: 1 / clock, end: end / clock };
    step = end;
    return segment;
  });
}

/** Streaming: d iterations per unit of time. */
export function planSgd({ dimension }: { readonly dimension: number }, saveAt: Float64Array): Segment[] {
  return planIterations(dimension, saveAt);
}

/**
 * Whole steps n = round(t/dt), none past the last time; the recorded time is the true n·dt. On this fixed grid a run
 * does not depend on when it is recorded.
 */
export function planSde({ dt }: { readonly dt: number }, saveAt: Float64Array): Segment[] {
  // The tolerance keeps a last time that is a multiple of dt from losing a step by rounding.
  const last = Math.floor(saveAt[saveAt.length - 1]! / dt + 1e-9);
  let step = 0;
  return Array.from(saveAt, (time) => {
    const n = Math.min(Math.round(time / dt), last);
    // Times that are multiples of dt stay what they are, to the last bit.
    const end = Math.abs(n * dt - time) < 1e-9 ? time : n * dt;
    const segment = { step, steps: n - step, t: step * dt, dt, end };
    step = n;
    return segment;
  });
}
