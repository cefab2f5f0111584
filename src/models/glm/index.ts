/** Generalised linear models: one student, one teacher, streaming SGD. */
import { openedValues } from '../dataSpectrum.ts';
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
import { observables, type ObservableName } from './observables.ts';
import { parameters } from './parameters.ts';
import { presets } from './presets.ts';
import { problem, problemOf } from './problem.ts';
import { readouts } from './readouts.ts';
import { remarks } from './remarks.ts';

// Errors are carried as such wherever the risk can reach 0.
const family: Family = { problemOf, columns: 2, floor: 1e-25 };

export const glm: Model<typeof parameters, string, ObservableName> = {
  ...about,
  parameters,
  clock: (config) => config.dimension,
  samplesPerIteration: (config) => config.batchSize,
  problem,
  opened: openedValues,
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
