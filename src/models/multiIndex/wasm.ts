/** What the WebAssembly kernels of multi-index models need from TypeScript, the loss among it. */
import { withoutSamples } from '../dataSpectrum.ts';
import type { Instance, Wasm } from '../model.ts';
import { Stepper } from './coefficients.ts';
import type { Family } from './family.ts';
import { initialErrors, type MultiIndexInstance } from './instance.ts';
import { momentsOver } from './moments.ts';
import type { MultiIndexConfig } from './parameters.ts';
import { runawayOutput } from './runaway.ts';
import { labelOf } from './sgd.ts';
import { toStatistics } from './statistics.ts';

/** A chunk of its own: the page does not need it, nor do workers beside a GPU. */
const binary = async () => (await import('../../wasm/assembly/multiIndex/index.ts?wasm')).default;

type Numbers = (name: string, length: number) => () => Float64Array;

/** What both kernels share. */
function common({ problemOf, columns }: Family) {
  return {
    binary,
    padding: {},
    params(config: MultiIndexConfig) {
      const problem = problemOf(config);
      const { students, teachers, matched } = problem.loss;
      const { batchSize, ridge } = problem;
      const largest = runawayOutput(config, problem);
      const stepSize = problem.stepSizeAt(0);
      return { stepSize, batchSize, ridge, largest, students, teachers, matched: Number(matched) };
    },
    instance: (_config: MultiIndexConfig, { eigenvalue, teacher }: MultiIndexInstance) => ({
      root: Float32Array.from(eigenvalue, Math.sqrt),
      teacher: new Float32Array(teacher),
    }),
    state: (config: MultiIndexConfig, instance: MultiIndexInstance, run: number) => ({
      errors: new Float32Array(initialErrors(config, problemOf(config), instance, run)),
    }),
    statistics: (
      state: () => Readonly<Record<string, Float32Array | Float64Array>>,
      _config: MultiIndexConfig,
      instance: MultiIndexInstance,
    ) => toStatistics(momentsOver(instance, state()['errors']!), columns),
  };
}

/** Streaming SGD; twin of the oracle in sgd.ts. */
export function sgdWasm(family: Family): Wasm {
  const studentsOf = (config: MultiIndexConfig) => family.problemOf(config).loss.students;
  return {
    ...common(family),
    refusal: withoutSamples,
    advance: 'advanceSgd',
    scratch: (config: MultiIndexConfig) => ({
      x: config.dimension,
      ...(config.batchSize > 1 && { collected: studentsOf(config) * config.dimension }),
    }),
    imports(config: MultiIndexConfig, _instance: Instance, array: Numbers) {
      const problem = family.problemOf(config);
      const { loss } = problem;
      const outputs = array('outputs', loss.students + loss.teachers);
      const slopes = array('slopes', loss.students);
      return {
        gradient(step, run, sample) {
          loss.gradient(outputs(), labelOf(problem, config.seed, step!, run!, sample!), slopes());
          return 1;
        },
        coefficients: () => 0,
      };
    },
  };
}

/** The SDE; twin of the oracle in sde.ts. */
export function sdeWasm(family: Family): Wasm {
  return {
    ...common(family),
    advance: 'advanceSde',
    scratch(config: MultiIndexConfig) {
      const length = family.problemOf(config).loss.students * config.dimension;
      return { z: length, predicted: length, half: length };
    },
    imports(config: MultiIndexConfig, instance: MultiIndexInstance, array: Numbers) {
      const problem = family.problemOf(config);
      const { students, teachers } = problem.loss;
      const size = students + teachers;
      const stepper = new Stepper(config, problem);
      const sums = array('sums', size * size);
      const drift = array('drift', size * students);
      const noise = array('noise', students * students);
      const decay = array('decay', 1);
      // Moments of two teachers never change: the rest is overwritten by those of the state.
      const { weighted } = momentsOver(instance, new Float64Array(students * config.dimension));
      return {
        coefficients(stage, t, dt) {
          const present = sums();
          for (let a = 0; a < students; a++) {
            for (let b = a; b < size; b++) {
              weighted[a * size + b] = weighted[b * size + a] = present[a * size + b]! / config.dimension;
            }
          }
          const out = { drift: drift(), noise: noise(), decay: decay() };
          return Number(stepper.set(stage!, weighted, t!, dt!, out));
        },
        gradient: () => 0,
      };
    },
  };
}
