/** SGD, its modified equation and gradient flow on the same samples. */
import { singleRows, type RowStore } from '../../math/rows.ts';
import type { Kernel, Oracle } from '../model.ts';
import { planIterations, planSde } from '../plan.ts';
import { gradientCost, measuredBySgd, recordCost, batchCost } from './costs.ts';
import { flowOracle, smeOracle } from './flow.ts';
import type { MultipassConfig } from './parameters.ts';
import { sgdOracle } from './sgd.ts';
import { gfShader, sgdShader, smeShader } from './shaders.ts';
import type { StatisticName } from './statistics.ts';
import { trainingRows, sampleCount } from './trainingRows.ts';
import { TrainingSet } from './trainingSet.ts';

/** θ*, vector after vector. */
export type MultipassInstance = Readonly<Record<'teacher', Float64Array>>;

type OracleOf = (config: MultipassConfig, run: number, set: TrainingSet) => Oracle<StatisticName>;

type Factory = (config: MultipassConfig, instance: MultipassInstance, run: number) => Oracle<StatisticName>;

/** Oracles that keep their samples in rows of a store; `kind` tells stores of different arithmetic apart. */
function withRows(oracleOf: OracleOf, store: () => RowStore, kind: string): Factory {
  return (config, { teacher }, run) => {
    const rows = trainingRows(config, run, store, kind);
    return oracleOf(config, run, new TrainingSet(config, teacher, run, rows));
  };
}

/** A store that can be told from others. */
const plainStore = (): RowStore => ({ ...singleRows });

const kernelOf = (oracleOf: OracleOf) => ({
  // Samples are in float32, and so is what the quick oracle adds up over them.
  floor: 1e-12,
  oracle: withRows(oracleOf, plainStore, 'plain'),
  quick: async () => {
    const { rowStores } = await import('./wasmRows.ts');
    return withRows(oracleOf, await rowStores(plainStore), 'wasm');
  },
});

/** Iterations per unit of time, d/κ. */
export function clock({ dimension, batchSize }: MultipassConfig): number {
  return dimension / batchSize;
}

export const processes: Readonly<Record<'sgd' | 'sme' | 'gf', Kernel<StatisticName>>> = {
  sgd: {
    label: 'SGD',
    doc: 'Stochastic gradient descent on n samples drawn with replacement, again and again.',
    plan: (config: MultipassConfig, saveAt) => planIterations(clock(config), saveAt),
    cost: batchCost,
    recordCost: recordCost(measuredBySgd),
    ...kernelOf(sgdOracle),
    shader: sgdShader,
  },
  sme: {
    label: 'SME',
    doc: 'Stochastic modified equation of SGD, or stochastic gradient flow: gradient flow on all samples with noise of the covariance of their gradients.',
    plan: planSde,
    cost: gradientCost,
    recordCost: recordCost(sampleCount),
    ...kernelOf(smeOracle),
    shader: smeShader,
  },
  gf: {
    label: 'GF',
    doc: 'Gradient flow on the loss of all samples: SGD with small steps.',
    plan: planSde,
    cost: (config: MultipassConfig) => 2 * gradientCost(config),
    recordCost: recordCost(sampleCount),
    ...kernelOf(flowOracle),
    shader: gfShader,
  },
};
