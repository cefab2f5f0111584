/** One neuron or a two-layer network on n = δd samples: SGD that visits them again and again, its modified equation, gradient flow. */
import type { Model } from '../model.ts';
import { about } from './about.ts';
import { facts } from './facts.ts';
import { finiteSize } from './finiteSize.ts';
import { lazyLimits } from './lazyLimits.ts';
import { observables, type ObservableName } from './observables.ts';
import { parameters } from './parameters.ts';
import { presets } from './presets.ts';
import { problem } from './problem.ts';
import { clock, processes } from './processes.ts';
import { readouts } from './readouts.ts';
import { remarks } from './remarks.ts';
import { teacherOf } from './start.ts';
import { statisticNames, type StatisticName } from './statistics.ts';

export const multipass: Model<typeof parameters, StatisticName, ObservableName> = {
  ...about,
  parameters,
  clock,
  samplesPerIteration: (config) => config.batchSize,
  epoch: (config) => config.sampleRatio,
  problem,
  instance: (config) => ({ teacher: teacherOf(config) }),
  remarks,
  statistics: statisticNames,
  observables,
  shown: ['train', 'test'],
  processes,
  limits: lazyLimits,
  readouts,
  facts,
  finiteSize,
  presets,
  texts: async () => (await import('./texts.ts')).texts,
};
