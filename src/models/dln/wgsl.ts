/** The WGSL kernels of the diagonal linear network: loaded when the WebGPU engine runs. */
import normal from '../../../shaders/lib/normal.wgsl?raw';
import gaussian from '../../../shaders/lib/features/gaussian.wgsl?raw';
import laplace from '../../../shaders/lib/features/laplace.wgsl?raw';
import rademacher from '../../../shaders/lib/features/rademacher.wgsl?raw';
import studentT from '../../../shaders/lib/features/studentT.wgsl?raw';
import uniform from '../../../shaders/lib/features/uniform.wgsl?raw';
import heldSample from '../../../shaders/lib/heldSample.wgsl?raw';
import partials from '../../../shaders/lib/partials.wgsl?raw';
import reduce from '../../../shaders/lib/reduce.wgsl?raw';
import reduceSubgroups from '../../../shaders/lib/reduceSubgroups.wgsl?raw';
import span from '../../../shaders/lib/span.wgsl?raw';
import threefry from '../../../shaders/lib/threefry.wgsl?raw';
import parameters from '../../../shaders/dln/params.wgsl?raw';
import sde from '../../../shaders/dln/sde.wgsl?raw';
import sdeState from '../../../shaders/dln/sdeState.wgsl?raw';
import sdeWide from '../../../shaders/dln/sdeWide.wgsl?raw';
import sgd from '../../../shaders/dln/sgd.wgsl?raw';
import sgdState from '../../../shaders/dln/sgdState.wgsl?raw';
import sgdWide from '../../../shaders/dln/sgdWide.wgsl?raw';
import sgdWideSingle from '../../../shaders/dln/sgdWideSingle.wgsl?raw';
import statistics from '../../../shaders/dln/statistics.wgsl?raw';
import wide from '../../../shaders/dln/wide.wgsl?raw';
import type { ShaderModule } from '../model.ts';
import type { DlnConfig } from './parameters.ts';

/** What every kernel begins with. */
export const problem: readonly ShaderModule[] = [
  { name: 'lib/threefry.wgsl', code: threefry },
  { name: 'lib/normal.wgsl', code: normal },
  { name: 'lib/span.wgsl', code: span },
  { name: 'dln/params.wgsl', code: parameters },
];

const common: readonly ShaderModule[] = [
  ...problem,
  {
    name: 'lib/reduce.wgsl',
    code: reduce,
    subgroups: { name: 'lib/reduceSubgroups.wgsl', code: reduceSubgroups },
  },
  { name: 'dln/statistics.wgsl', code: statistics },
];

/** A law's `features(counter, key, degreesOfFreedom)`, four numbers at a time. */
const laws: Readonly<Record<DlnConfig['features'], string>> = {
  gaussian,
  rademacher,
  uniform,
  laplace,
  studentT,
};

const sgdCommon = ({ features }: DlnConfig): readonly ShaderModule[] => [
  ...common,
  { name: `lib/features/${features}.wgsl`, code: laws[features] },
  { name: 'dln/sgdState.wgsl', code: sgdState },
];

const sdeCommon: readonly ShaderModule[] = [...common, { name: 'dln/sdeState.wgsl', code: sdeState }];

export const sgdModules = (config: DlnConfig): readonly ShaderModule[] => [
  ...sgdCommon(config),
  { name: 'dln/sgd.wgsl', code: sgd },
];

export const sdeModules: readonly ShaderModule[] = [...sdeCommon, { name: 'dln/sde.wgsl', code: sde }];

const wideCommon: readonly ShaderModule[] = [
  { name: 'lib/partials.wgsl', code: partials },
  { name: 'dln/wide.wgsl', code: wide },
];

/** Batch sizes up to which the same kernel does. */
const ROOMS = [32, 1024];

function sgdWideKernel({ batchSize }: DlnConfig): readonly ShaderModule[] {
  if (batchSize === 1) {
    return [
      { name: 'lib/heldSample.wgsl', code: heldSample },
      { name: 'dln/sgdWideSingle.wgsl', code: sgdWideSingle },
    ];
  }
  const room = ROOMS.find((size) => batchSize <= size) ?? batchSize;
  return [{ name: 'dln/sgdWide.wgsl', code: `const BATCH_ROOM = ${room}u; ${sgdWide}` }];
}

export const sgdWideModules = (config: DlnConfig): readonly ShaderModule[] => [
  ...sgdCommon(config),
  ...wideCommon,
  ...sgdWideKernel(config),
];

export const sdeWideModules: readonly ShaderModule[] = [
  ...sdeCommon,
  ...wideCommon,
  { name: 'dln/sdeWide.wgsl', code: sdeWide },
];
