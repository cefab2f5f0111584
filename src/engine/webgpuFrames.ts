/** Drives an experiment on a device: submits ahead, frames in order, checkpoints. */
import type { Frame } from '../models/model.ts';
import type { Failure } from './failure.ts';
import type { Gate } from './gate.ts';
import type { Pace } from './pace.ts';
import type { Checkpoint, Rhythm } from './webgpuCheckpoint.ts';
import type { Experiment, Result } from './webgpuExperiment.ts';
import type { Schedule } from './webgpuSchedule.ts';

/** A lost device rejects what is pending before it says that it is lost, which is the better message. */
async function afterMoment(error: unknown): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, 200));
  throw error;
}

/** A result, and where the run stood after it if that was kept. */
interface Done extends Result {
  readonly checkpoint?: Checkpoint;
}

export interface Drive {
  readonly experiment: Experiment;
  /** What is to be done; it is used up. */
  readonly schedule: Schedule;
  readonly pace: Pace;
  readonly rhythm: Rhythm;
  /** What ends it early. */
  readonly failure: Failure;
  readonly signal: AbortSignal;
  /** Nothing is submitted while it is shut. */
  readonly gate: Gate;
  /** Called with every checkpoint before the frames recorded since the last one are handed out. */
  keep(checkpoint: Checkpoint): void;
}

/** Keeps a few submits in flight and hands out their frames in order. */
export async function* framesOf(drive: Drive): AsyncGenerator<Frame> {
  const { experiment, schedule, pace, rhythm, failure, signal, gate } = drive;
  const inFlight: Promise<Done | undefined>[] = [];
  let finished = performance.now();

  async function submit(): Promise<Done | undefined> {
    const start = performance.now();
    const dispatches = schedule.take(
      pace.steps,
      experiment.most,
      experiment.cuttable ? pace.piece : Infinity,
    );
    const pending = experiment.submit(dispatches);
    const copy = schedule.between && rhythm.take() ? checkpoint() : undefined;
    const result = await pending;
    const end = performance.now();
    // Without a clock on the device: a submit waits for the one before it.
    pace.record(schedule.size(dispatches), result?.milliseconds ?? end - Math.max(start, finished));
    finished = end;
    const kept = await copy;
    if (copy) rhythm.record(performance.now() - end);
    return result && { ...result, ...(kept && { checkpoint: kept }) };
  }

  async function checkpoint(): Promise<Checkpoint | undefined> {
    const [rest, { recorded }] = [schedule.copy(), experiment];
    try {
      const state = await experiment.state();
      return state && { state, rest, recorded };
    } catch {
      // A lost device shows in the next submit; one short of memory leaves the run with the checkpoint it has.
      return undefined;
    }
  }

  for (;;) {
    // An aborted experiment has no buffers left to submit with.
    signal.throwIfAborted();
    while (experiment.ready && !schedule.done && !gate.shut) {
      const result = submit();
      // Awaited below, in its turn; until then a rejection must not count as unhandled.
      result.catch(() => undefined);
      inFlight.push(result);
    }
    const next = inFlight.shift();
    if (!next) {
      if (schedule.done) return;
      await failure.race(gate.passed());
      continue;
    }
    const result = await failure.race(next.catch(afterMoment));
    if (result?.checkpoint) drive.keep(result.checkpoint);
    for (const frame of result?.frames ?? []) {
      yield frame;
      signal.throwIfAborted();
    }
  }
}
