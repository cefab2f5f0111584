/** What the WebGPU kernels of multi-index models need from TypeScript. */
import { logisticMixture } from '../../math/logisticMixture.ts';
import { withoutSamples } from '../dataSpectrum.ts';
import type { Shader } from '../model.ts';
import type { Family } from './family.ts';
import { initialErrors, type MultiIndexInstance } from './instance.ts';
import { momentsOver } from './moments.ts';
import type { MultiIndexConfig } from './parameters.ts';
import { runawayOutput, runawayVariance } from './runaway.ts';

/** As in shaders/multiIndex/losses/logisticMixture.wgsl: good to 2e-8. */
const NODES = 6;

/** A pair of columns is recorded in a quarter of the time in which a column is drawn. */
const RECORD = 1 / 4;

function common({ problemOf, columns }: Family) {
  const lossOf = (config: MultiIndexConfig) => problemOf(config).loss;
  return {
    padding: {},
    /** One workgroup holds one run: 256 invocations of 8 vec4f for each of two columns, fewer for more columns. */
    maxDimension: columns > 2 ? 2048 : 8192,
    vectors: (config: MultiIndexConfig) => lossOf(config).students,
    params(config: MultiIndexConfig) {
      const problem = problemOf(config);
      const { batchSize, labelNoise, ridge } = problem;
      const stepSize = problem.stepSizeAt(0);
      const [largest, runaway] = [runawayOutput(config, problem), runawayVariance(config, problem)];
      return { stepSize, batchSize, labelNoise, ridge, largest, runaway };
    },
    instance: (_config: MultiIndexConfig, { eigenvalue, teacher }: MultiIndexInstance) => ({
      root: Float32Array.from(eigenvalue, Math.sqrt),
      teacher: new Float32Array(teacher),
    }),
    tables(config: MultiIndexConfig, instance: MultiIndexInstance) {
      const loss = lossOf(config);
      const { weighted } = momentsOver(instance, new Float64Array());
      const tables: Record<string, Float32Array> = { teacherMoments: new Float32Array(weighted) };
      if (loss.weights) tables['weights'] = new Float32Array(loss.weights);
      if (loss.name.startsWith('logistic')) {
        const rule = logisticMixture(NODES);
        tables['mixture'] = Float32Array.from([
          ...rule.map(({ weight }) => weight),
          ...rule.map(({ value }) => value * value),
        ]);
      }
      return tables;
    },
    state: (config: MultiIndexConfig, instance: MultiIndexInstance, run: number) => ({
      errors: new Float32Array(initialErrors(config, problemOf(config), instance, run)),
    }),
    /** Pairs per column. */
    record(config: MultiIndexConfig) {
      const { students, teachers } = lossOf(config);
      return (RECORD * (students + teachers + 1)) / 2;
    },
    /** Sums that a workgroup leaves: outputs of a batch, statistics, or moments of both ends of a step. */
    rows(config: MultiIndexConfig) {
      const { students, teachers } = lossOf(config);
      const size = students + teachers;
      return Math.max(config.batchSize * size, size * (size + 1));
    },
  };
}

/** Streaming SGD; twin of the oracle in sgd.ts. */
export function sgdShader(family: Family): Shader {
  const { problemOf, columns } = family;
  const { rows, record, ...rest } = common(family);
  return {
    ...rest,
    refusal: withoutSamples,
    modules: async (config: MultiIndexConfig) =>
      (await import('./wgsl.ts')).sgdModules(problemOf(config).loss, columns),
    wide: {
      modules: async (config: MultiIndexConfig) =>
        (await import('./wgsl.ts')).sgdWideModules(problemOf(config).loss, columns, config.batchSize),
      step: ['advance'],
      rows,
      held: ({ dimension, batchSize }: MultiIndexConfig) =>
        batchSize === 1 ? 4 * Math.ceil(dimension / 4) : 0,
      record: (config: MultiIndexConfig) => record(config) / problemOf(config).batchSize,
    },
  };
}

/** The SDE; twin of the oracle in sde.ts. */
export function sdeShader(family: Family): Shader {
  const { problemOf, columns } = family;
  const { rows, record, ...rest } = common(family);
  return {
    ...rest,
    modules: async (config: MultiIndexConfig) =>
      (await import('./wgsl.ts')).sdeModules(problemOf(config).loss, columns),
    wide: {
      modules: async (config: MultiIndexConfig) =>
        (await import('./wgsl.ts')).sdeWideModules(problemOf(config).loss, columns),
      step: ['predict', 'correct'],
      rows,
      record,
    },
  };
}
