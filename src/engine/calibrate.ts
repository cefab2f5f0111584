/** How fast engines are, measured on a smaller experiment; loaded where an experiment may take long. */
import type { AnyConfig, NumberParameter } from '../config/parameter.ts';
import type { AnyModel } from '../models/model.ts';
import { Experiment, type ExperimentOptions, type Source } from './experiment.ts';
import { recordedTimes } from './times.ts';
import { runWork } from './work.ts';

/** What an experiment that shows how fast engines are has at most. */
const sample = { dimension: 512, runs: 16, batchSize: 16 } as const;
/** What of it is halved, and down to which value, while a recorded time takes too long: one after the other. */
const halved = [
  ['runs', 4],
  ['dimension', 64],
  ['batchSize', 1],
  ['runs', 1],
  ['dimension', 1],
] as const;
/** Coordinate-steps from one recorded time to the next: milliseconds, emulated a few tenths of a second. */
const BETWEEN = 2e6;
/** Recorded times of the sample. */
const TIMES = 1000;

/** A smaller experiment of the same kind, long enough to see its speed, with times that follow each other quickly. */
export function sampleOf(model: AnyModel, config: AnyConfig): { config: AnyConfig; saveAt: Float64Array } {
  const small: Record<string, unknown> = { ...config };
  for (const [key, value] of Object.entries(sample)) {
    if (Object.hasOwn(config, key)) small[key] = Math.min(value, Number(config[key]));
  }
  const least = (key: string) => (model.parameters[key] as NumberParameter | undefined)?.min ?? Infinity;
  const workUntil = (t: number) =>
    Number(small['runs']) * runWork(Object.values(model.processes), small, Float64Array.of(0, t));
  for (const [key, smallest] of halved) {
    const half = () => Math.floor(Number(small[key]) / 2);
    while (workUntil(1 / model.clock(small)) > BETWEEN && half() >= Math.max(smallest, least(key))) {
      small[key] = half();
    }
  }
  const { max } = model.parameters['horizon'] as NumberParameter;
  const clock = model.clock(small);
  const horizon = Math.min(max, TIMES * Math.max(1 / clock, BETWEEN / workUntil(1)));
  return { config: { ...small, horizon }, saveAt: recordedTimes(horizon, clock, TIMES, 0) };
}

/** Milliseconds of measurement, and of waiting for its beginning. */
const PATIENCE = { measure: 150, start: 3000 } as const;

/** Coordinate-steps per second of these engines on a smaller experiment of the same kind; NaN where nothing runs. */
export async function measuredSpeed(
  options: Pick<ExperimentOptions, 'model' | 'config' | 'engineFor' | 'pool'>,
): Promise<number> {
  const { model } = options;
  const { config, saveAt } = sampleOf(model, options.config);
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const onChange = ({ work }: Source) => work.done > 0 && begin();
  const experiment = new Experiment({
    ...options,
    config,
    saveAt,
    only: Object.keys(model.processes),
    onChange,
  });
  const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const over = experiment.run();
  // Workers may still be loading.
  await Promise.race([begun, over, wait(PATIENCE.start)]);
  const [start, before] = [performance.now(), experiment.done];
  await Promise.race([over, wait(PATIENCE.measure)]);
  // A busy machine may need longer for anything to be done at all.
  const moved = new Promise<void>((resolve) => (begin = resolve));
  if (experiment.done === before) await Promise.race([moved, over, wait(PATIENCE.start)]);
  const speed = ((experiment.done - before) / (performance.now() - start)) * 1000;
  experiment.abort();
  return speed > 0 ? speed : NaN;
}
