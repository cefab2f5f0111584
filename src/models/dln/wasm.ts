/** What the WebAssembly kernels of the diagonal linear network need from TypeScript. */
import type { AnyConfig } from '../../config/parameter.ts';
import type { Instance, Wasm } from '../model.ts';
import type { DlnInstance } from './instance.ts';
import { parameters, type DlnConfig } from './parameters.ts';
import { correlatedStatistics } from './samples.ts';
import { sdeTwin, sgdTwin } from './twins.ts';

/** A chunk of its own: the page does not need it, nor do workers beside a GPU. */
const binary = async () => (await import('../../wasm/assembly/dln/index.ts?wasm')).default;

type State = Readonly<Record<string, Float32Array | Float64Array>>;

function withRoots(arrays: Record<string, Float32Array>, { eigenvalue }: DlnInstance) {
  return { ...arrays, root: Float32Array.from(eigenvalue, Math.sqrt) };
}

/** Streaming SGD; twin of the oracle in sgd.ts. */
export const sgdWasm: Wasm = {
  ...sgdTwin,
  binary,
  advance: 'advanceSgd',
  measure: 'measureSgd',
  instance: (config: AnyConfig, instance: DlnInstance) =>
    withRoots(sgdTwin.instance(config, instance), instance),
  scratch: ({ dimension, batchSize }: DlnConfig) => ({
    x: dimension,
    ...(batchSize > 1 && { gradient: dimension }),
  }),
  params: (config: DlnConfig, instance: DlnInstance) => ({
    ...sgdTwin.params(config, instance),
    law: Object.keys(parameters.features.options).indexOf(config.features),
    correlation: config.correlation,
  }),
  statistics(state: () => State, { correlation }: DlnConfig, { eigenvalue }: DlnInstance) {
    if (correlation === 0) return {};
    const { u, v, error } = state();
    const kappa = Float64Array.from(u!, (a, i) => a * a + v![i]! * v![i]!);
    return correlatedStatistics(eigenvalue, error!, kappa, correlation);
  },
  coordinates(quantity, { u, v, error }: State, _config, { teacher }: DlnInstance) {
    if (quantity === 'beta') return teacher.map((star, i) => error![i]! + star);
    return Float64Array.from(u!, (a, i) => 0.5 * Math.log(Math.abs((a + v![i]!) / (a - v![i]!))));
  },
};

/** The SDE in hyperbolic coordinates; twin of the oracle in sde.ts. */
export const sdeWasm: Wasm = {
  ...sdeTwin,
  binary,
  advance: 'advanceSde',
  measure: 'measureSde',
  instance: (config: AnyConfig, instance: DlnInstance) =>
    withRoots(sdeTwin.instance(config, instance), instance),
  // The clock adds up more steps than float32 could tell from nothing.
  state: (config: AnyConfig, instance: Instance, run) => ({
    ...sdeTwin.state(config, instance, run),
    noiseTime: new Float64Array(1),
  }),
  scratch: ({ dimension }: DlnConfig) => ({ z: dimension, drift: dimension }),
  coordinates(quantity, { xi, lnC0, noiseTime }: State, _config, { eigenvalue }: DlnInstance) {
    if (quantity === 'xi') return Float64Array.from(xi!);
    return Float64Array.from(xi!, (angle, i) => {
      const lnC = lnC0![i]! - eigenvalue[i]! * noiseTime![0]!;
      return (Math.exp(lnC + 2 * angle) - Math.exp(lnC - 2 * angle)) / 2;
    });
  },
};
