/** Generalised linear models: one student, one teacher, streaming SGD. */
import { openedValues } from '../dataSpectrum.ts';
import type { Model } from '../model.ts';
import { finiteSize } from '../multiIndex/finiteSize.ts';
import { arrange } from '../multiIndex/instance.ts';
import { limitsOf } from '../multiIndex/limits.ts';
import { processesOf } from '../multiIndex/processes.ts';
import { statisticNames } from '../multiIndex/statistics.ts';
import { spectrumSketch } from '../spectrum.ts';
import { about } from './about.ts';
import { facts } from './facts.ts';
import { observables, type ObservableName } from './observables.ts';
import { parameters } from './parameters.ts';
import { presets } from './presets.ts';
import { problem, problemOf } from './problem.ts';
import { readouts } from './readouts.ts';
import { remarks } from './remarks.ts';

export const glm: Model<typeof parameters, string, ObservableName> = {
  ...about,
  parameters,
  clock: (config) => config.dimension,
  samplesPerIteration: (config) => config.batchSize,
  problem,
  opened: openedValues,
  instance: (config) => arrange(config, problemOf(config)),
  remarks,
  statistics: statisticNames(2),
  observables,
  shown: ['risk', 'overlap'],
  processes: { ...processesOf({ problemOf, columns: 2 }) },
  limits: limitsOf({ problemOf, columns: 2 }),
  readouts,
  facts,
  finiteSize,
  sketch: spectrumSketch,
  presets,
  texts: async () => (await import('./texts.ts')).texts,
};
