/** Soft committee machines: erf units, streaming SGD. */
import type { Model } from '../model.ts';
import type { Family } from '../multiIndex/family.ts';
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

// Where students are not paired with teachers, WebGPU sums moments that nearly cancel in float32.
const family: Family = { problemOf, columns: 2 * MOST_UNITS, floor: 1e-7 };

export const committee: Model<typeof parameters, string, string> = {
  ...about,
  parameters,
  clock: (config) => config.dimension,
  samplesPerIteration: (config) => config.batchSize,
  problem,
  instance: (config) => arrange(config, problemOf(config)),
  remarks,
  statistics: statisticNames(family.columns),
  observables,
  shown: ['risk', 'overlap'],
  processes: { ...processesOf(family) },
  limits: limitsOf(family),
  readouts,
  facts,
  finiteSize,
  sketch: spectrumSketch,
  presets,
  texts: async () => (await import('./texts.ts')).texts,
};
