/** How long an experiment takes, and what would shorten it. */
import type { AnyConfig, NumberParameter } from '../config/parameter.ts';
import type { AnyModel } from '../models/model.ts';
import type { ExperimentOptions } from './experiment.ts';
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

/** As calibrate.ts has it, which is not part of the first load. */
export async function calibrate(
  options: Pick<ExperimentOptions, 'model' | 'config' | 'engineFor' | 'pool'>,
): Promise<number> {
  const { measuredSpeed } = await import('./calibrate.ts');
  return measuredSpeed(options);
}
