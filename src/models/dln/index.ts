/** The diagonal linear network, streaming SGD. */
import type { Model } from '../model.ts';
import { spectrumSketch } from '../spectrum.ts';
import { about } from './about.ts';
import { distributions } from './distributions.ts';
import { facts } from './facts.ts';
import { finiteSize } from './finiteSize.ts';
import { arrange } from './instance.ts';
import { limits } from './limits.ts';
import { observables, type ObservableName } from './observables.ts';
import { parameters } from './parameters.ts';
import { presets } from './presets.ts';
import { readouts } from './readouts.ts';
import { remarks } from './remarks.ts';
import { sde } from './sde.ts';
import { sgd } from './sgd.ts';
import { statisticNames, type StatisticName } from './statistics.ts';

export const dln: Model<typeof parameters, StatisticName, ObservableName> = {
  ...about,
  parameters,
  clock: (config) => config.dimension,
  samplesPerIteration: (config) => config.batchSize,
  instance: arrange,
  remarks,
  statistics: statisticNames,
  observables,
  shown: ['risk', 'curvature'],
  processes: { sgd, sde },
  limits,
  distributions,
  readouts,
  facts,
  finiteSize,
  sketch: spectrumSketch,
  presets,
  texts: async () => (await import('./texts.ts')).texts,
};
