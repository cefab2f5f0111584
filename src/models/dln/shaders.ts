/** What the WebGPU kernels of the diagonal linear network need from TypeScript. */
import type { Shader } from '../model.ts';
import type { DlnConfig } from './parameters.ts';
import { statisticNames } from './statistics.ts';
import { sdeTwin, sgdTwin } from './twins.ts';

/** Sums that a workgroup leaves: one for each sample and statistic, in turn. */
const rows = ({ batchSize }: DlnConfig) => Math.max(batchSize, statisticNames.length);

/** Coordinates are recorded in a quarter of the time in which one sample of them is drawn. */
const RECORD = 1 / 4;

/** One workgroup holds one run: 256 invocations of 8 vec4f. */
const maxDimension = 8192;

/** Streaming SGD; twin of the oracle in sgd.ts. */
export const sgdShader: Shader = {
  ...sgdTwin,
  modules: async (config: DlnConfig) => (await import('./wgsl.ts')).sgdModules(config),
  maxDimension,
  wide: {
    modules: async (config: DlnConfig) => (await import('./wgsl.ts')).sgdWideModules(config),
    step: ['advance'],
    rows,
    record: ({ batchSize }: DlnConfig) => RECORD / batchSize,
    held: ({ dimension, batchSize }: DlnConfig) => (batchSize === 1 ? 4 * Math.ceil(dimension / 4) : 0),
  },
  refusal: ({ correlation }: DlnConfig) =>
    correlation === 0
      ? undefined
      : 'Correlated features are drawn one after the other: only the CPU engine does that.',
  coordinates: async () => (await import('./counting.ts')).sgdCounting,
};

/** The SDE in hyperbolic coordinates; twin of the oracle in sde.ts. */
export const sdeShader: Shader = {
  ...sdeTwin,
  modules: async () => (await import('./wgsl.ts')).sdeModules,
  maxDimension,
  wide: {
    modules: async () => (await import('./wgsl.ts')).sdeWideModules,
    step: ['predict', 'correct'],
    rows,
    record: () => RECORD,
  },
  coordinates: async () => (await import('./counting.ts')).sdeCounting,
};
