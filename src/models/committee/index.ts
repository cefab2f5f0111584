/** Soft committee machines: erf units, streaming SGD. */
import type { Model } from '../model.ts';
import { finiteSize } from '../multiIndex/finiteSize.ts';
import { arrange } from '../multiIndex/instance.ts';
import { limitsOf } from '../multiIndex/limits.ts';
import { processesOf } from '../multiIndex/processes.ts';
import { statisticNames } from '../multiIndex/statistics.ts';
import { spectrumSketch } from '../spectrum.ts';
import { about } from './about.ts';
import { facts } from './facts.ts';
import { observables } from './observables.ts';
import { MOST_UNITS, parameters } from './parameters.ts';
import { presets } from './presets.ts';
import { problem, problemOf } from './problem.ts';
import { readouts } from './readouts.ts';
import { remarks } from './remarks.ts';

const columns = 2 * MOST_UNITS;

export const committee: Model<typeof parameters, string, string> = {
  ...about,
  parameters,
  clock: (config) => config.dimension,
  samplesPerIteration: (config) => config.batchSize,
  problem,
  instance: (config) => arrange(config, problemOf(config)),
  remarks,
  statistics: statisticNames(columns),
  observables,
  shown: ['risk', 'overlap'],
  processes: { ...processesOf({ problemOf, columns }) },
  limits: limitsOf({ problemOf, columns }),
  readouts,
  facts,
  finiteSize,
  sketch: spectrumSketch,
  presets,
  texts: async () => (await import('./texts.ts')).texts,
};
