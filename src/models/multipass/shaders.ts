/**
 * What the WebGPU kernels of multi-pass SGD need from TypeScript. They keep the samples of as many visits as there is
 * room for, and draw the others again: the numbers are the same.
 */
import type { AnyConfig } from '../../config/parameter.ts';
import type { Sizes, Stage, StagedShader } from '../model.ts';
import { networkOf } from './architecture.ts';
import { gradientCost, prepareCost, recordCost, batchCost } from './costs.ts';
import type { MultipassConfig } from './parameters.ts';
import { BLOCKS, measuredBy, shapeOf, TILE_GROUPS } from './shape.ts';
import { initialWeights } from './start.ts';
import { keptSamples, sampleCount } from './trainingRows.ts';

/** Numbers of samples that a device keeps for each process at most: 256 MiB. */
const ROOM = 2 ** 26;

const blocksOf = ({ dimension }: MultipassConfig) => Math.ceil(dimension / 4);

/** Samples that a device with arrays of `most` numbers keeps of each run. */
function keptOn(config: MultipassConfig, most: number): number {
  const row = 4 * blocksOf(config) * config.runs;
  return Math.min(keptSamples(config), Math.floor(Math.min(most, ROOM) / row));
}

interface Kernel {
  readonly step: readonly Stage[];
  readonly longest: number;
  readonly flow: boolean;
  /** Vectors of each unit, and further ones, that the kernel works with in an array of this name. */
  readonly work?: { readonly name: string; vectors(units: number): number };
  /** Coordinate-steps of a step of one run. */
  stepCost(config: MultipassConfig): number;
}

function shaderOf({ step, longest, flow, work, stepCost }: Kernel, name: 'sgd' | 'sme' | 'gf'): StagedShader {
  const measured = (config: MultipassConfig) => measuredBy(config, flow);
  const groups = (config: MultipassConfig) =>
    Math.min(Math.ceil(measured(config) / shapeOf(config, flow).tile), TILE_GROUPS);
  const parts = (config: AnyConfig) => groups(config as MultipassConfig);
  return {
    prepare: [{ entry: 'prepare', parts }],
    step,
    longest,
    record: [
      { entry: 'measure', parts },
      { entry: 'conclude', parts: () => 1 },
    ],
    modules: async (config: MultipassConfig) =>
      (await import('./wgsl.ts')).modulesOf(name, config, shapeOf(config, flow)),
    vectors: (config: MultipassConfig) => networkOf(config).students,
    params(config: MultipassConfig) {
      const { batchSize, stepSize, sampleRatio, labelNoise, ridge } = config;
      const samples = sampleCount(config);
      return {
        samples,
        measured: measured(config),
        batchSize,
        stepSize,
        sampleRatio,
        labelNoise,
        ridge,
      };
    },
    instance: (_config, { teacher }: Readonly<Record<'teacher', Float64Array>>) => ({
      teacher: new Float32Array(teacher),
    }),
    tables(config: MultipassConfig) {
      const secondLayer = new Float32Array(4);
      secondLayer.set(networkOf(config).secondLayer);
      return { secondLayer };
    },
    state: (config: MultipassConfig, _instance, run) => ({
      weights: new Float32Array(initialWeights(config, run)),
    }),
    padding: {},
    scratch(config: MultipassConfig, most) {
      const { units } = shapeOf(config, flow);
      const { runs } = config;
      const row = 4 * blocksOf(config) * runs;
      const kicks = flow ? units * sampleCount(config) : 0;
      return {
        // A buffer is never empty.
        samples: Math.max(4, row * keptOn(config, most)),
        held: runs * (measured(config) + groups(config) + kicks),
        ...(work && { [work.name]: row * work.vectors(units) }),
        ...(flow && { diverged: runs }),
      };
    },
    sizes(config: MultipassConfig): Sizes {
      const step = stepCost(config);
      return {
        prepare: prepareCost(config, measured(config)) / step,
        record: recordCost(measured)(config) / step,
      };
    },
  };
}

const predict: Stage = {
  entry: 'predict',
  parts: (config) => {
    const own = config as MultipassConfig;
    return Math.min(Math.ceil(sampleCount(own) / shapeOf(own, true).tile), TILE_GROUPS);
  },
};
const move = (entry: string): Stage => ({
  entry,
  parts: (config) => Math.ceil(blocksOf(config as MultipassConfig) / BLOCKS),
});

/** Twin of the oracle in sgd.ts. */
export const sgdShader = shaderOf(
  {
    step: [{ entry: 'advance', parts: () => 1 }],
    longest: Infinity,
    flow: false,
    work: { name: 'batch', vectors: (units) => units + 1 },
    stepCost: batchCost,
  },
  'sgd',
);

/** Twins of the oracles in flow.ts. */
export const smeShader = shaderOf(
  { step: [predict, move('update')], longest: 1, flow: true, stepCost: gradientCost },
  'sme',
);

export const gfShader = shaderOf(
  {
    step: [predict, move('lean'), predict, move('correct')],
    longest: 1,
    flow: true,
    work: { name: 'starts', vectors: (units) => 2 * units },
    stepCost: (config) => 2 * gradientCost(config),
  },
  'gf',
);
