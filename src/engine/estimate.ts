/** How long an experiment takes, and what would shorten it. */
import type { AnyConfig, NumberParameter } from '../config/parameter.ts';
import type { AnyModel } from '../models/model.ts';
import { Experiment, type ExperimentOptions, type Source } from './experiment.ts';
import { recordedTimes } from './times.ts';
import { runWork } from './work.ts';

/** Coordinate-steps of all runs of all processes. */
export function workOf(model: AnyModel, config: AnyConfig): number {
  const saveAt = recordedTimes(Number(config['horizon']), model.clock(config));
  return Number(config['runs']) * runWork(Object.values(model.processes), config, saveAt);
}

export interface Saving {
  /** Key of the parameter that is lowered. */
  readonly key: string;
  /** The value that saves so much: a half, a quarter, … of the present one. */
  readonly value: number;
  /** Share of the work that is left, below 1. */
  readonly left: number;
}

/** Values that a reader may be willing to lower. */
const lowered = ['dimension', 'horizon', 'runs', 'batchSize'] as const;
/** A saving that leaves more than this is not worth telling. */
const WORTH = 0.9;

/**
 * What it saves to lower one of dimension, horizon, runs and batch size, as far as the model has and allows it: halved
 * once, and again until no more than `enough` of the work is left.
 */
export function savings(model: AnyModel, config: AnyConfig, enough = 1): Saving[] {
  const work = workOf(model, config);
  return lowered.flatMap((key) => {
    const parameter = model.parameters[key] as NumberParameter | undefined;
    if (!parameter) return [];
    let best: Saving | undefined;
    for (let half = Number(config[key]) / 2; half >= parameter.min; half /= 2) {
      const value = parameter.integer ? Math.ceil(half) : half;
      const left = workOf(model, { ...config, [key]: value }) / work;
      // Where the rest of the work does not depend on it, to lower it further saves nothing.
      if (left > WORTH * (best?.left ?? 1)) break;
      best = { key, value, left };
      if (left <= enough) break;
    }
    return best ? [best] : [];
  });
}

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
export async function calibrate(
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
