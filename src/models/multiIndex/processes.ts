/** SGD and its SDE for a multi-index model. */
import type { Kernel } from '../model.ts';
import { planSde, planSgd } from '../plan.ts';
import type { Family } from './family.ts';
import type { MultiIndexInstance } from './instance.ts';
import type { MultiIndexConfig } from './parameters.ts';
import type { Problem } from './problem.ts';
import { sdeOracle } from './sde.ts';
import { sgdOracle } from './sgd.ts';
import { sdeShader, sgdShader } from './shaders.ts';
import { sdeWasm, sgdWasm } from './wasm.ts';

/** Vectors of length d that one sample, or one step of the SDE, goes over. */
function vectorsOf({ loss }: Problem): number {
  return loss.students + loss.teachers;
}

export function processesOf(family: Family): { readonly sgd: Kernel; readonly sde: Kernel } {
  const { problemOf, columns, floor } = family;
  return {
    sgd: {
      label: 'SGD',
      doc: 'Stochastic gradient descent on fresh samples, in d coordinates.',
      plan: planSgd,
      floor,
      cost: (config: MultiIndexConfig) =>
        (config.dimension * config.batchSize * vectorsOf(problemOf(config))) / 2,
      oracle: (config: MultiIndexConfig, instance: MultiIndexInstance, run) =>
        sgdOracle(config, problemOf(config), instance, columns, run),
      shader: sgdShader(family),
      wasm: sgdWasm(family),
    },
    sde: {
      label: 'SDE',
      doc: 'The stochastic differential equation of SGD, drift and gradient noise from the law of the outputs, in d coordinates.',
      plan: planSde,
      floor,
      cost: (config: MultiIndexConfig) => (config.dimension * vectorsOf(problemOf(config))) / 2,
      oracle: (config: MultiIndexConfig, instance: MultiIndexInstance, run) =>
        sdeOracle(config, problemOf(config), instance, columns, run),
      shader: sdeShader(family),
      wasm: sdeWasm(family),
    },
  };
}
