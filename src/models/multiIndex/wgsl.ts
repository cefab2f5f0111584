/** The WGSL kernels of multi-index models: loaded when the WebGPU engine runs. */
import arctangent from '../../../shaders/lib/arctangent.wgsl?raw';
import erf from '../../../shaders/lib/erf.wgsl?raw';
import heldSample from '../../../shaders/lib/heldSample.wgsl?raw';
import normal from '../../../shaders/lib/normal.wgsl?raw';
import partials from '../../../shaders/lib/partials.wgsl?raw';
import reduce from '../../../shaders/lib/reduce.wgsl?raw';
import reduceSubgroups from '../../../shaders/lib/reduceSubgroups.wgsl?raw';
import span from '../../../shaders/lib/span.wgsl?raw';
import threefry from '../../../shaders/lib/threefry.wgsl?raw';
import coefficients from '../../../shaders/multiIndex/coefficients.wgsl?raw';
import amplitudeRetrieval from '../../../shaders/multiIndex/losses/amplitudeRetrieval.wgsl?raw';
import committee from '../../../shaders/multiIndex/losses/committee.wgsl?raw';
import committeeExcess from '../../../shaders/multiIndex/losses/committeeExcess.wgsl?raw';
import leastSquares from '../../../shaders/multiIndex/losses/leastSquares.wgsl?raw';
import logistic from '../../../shaders/multiIndex/losses/logistic.wgsl?raw';
import logisticMixture from '../../../shaders/multiIndex/losses/logisticMixture.wgsl?raw';
import logisticSign from '../../../shaders/multiIndex/losses/logisticSign.wgsl?raw';
import pair from '../../../shaders/multiIndex/losses/pair.wgsl?raw';
import phaseRetrieval from '../../../shaders/multiIndex/losses/phaseRetrieval.wgsl?raw';
import relu from '../../../shaders/multiIndex/losses/relu.wgsl?raw';
import narrow from '../../../shaders/multiIndex/narrow.wgsl?raw';
import parameters from '../../../shaders/multiIndex/params.wgsl?raw';
import sde from '../../../shaders/multiIndex/sde.wgsl?raw';
import sdeMoves from '../../../shaders/multiIndex/sdeMoves.wgsl?raw';
import sdeWide from '../../../shaders/multiIndex/sdeWide.wgsl?raw';
import sgd from '../../../shaders/multiIndex/sgd.wgsl?raw';
import sgdWide from '../../../shaders/multiIndex/sgdWide.wgsl?raw';
import sgdWideSingle from '../../../shaders/multiIndex/sgdWideSingle.wgsl?raw';
import statistics from '../../../shaders/multiIndex/statistics.wgsl?raw';
import wide from '../../../shaders/multiIndex/wide.wgsl?raw';
import type { ShaderModule } from '../model.ts';
import type { Loss } from './loss.ts';
import { statisticNames } from './statistics.ts';

const losses = 'multiIndex/losses';
const mixture: ShaderModule = { name: `${losses}/logisticMixture.wgsl`, code: logisticMixture };
const plane: ShaderModule = { name: `${losses}/pair.wgsl`, code: pair };

/** What a loss needs: its slope, label, M and I. */
const lossModules: Readonly<Record<string, readonly ShaderModule[]>> = {
  leastSquares: [{ name: `${losses}/leastSquares.wgsl`, code: leastSquares }],
  phaseRetrieval: [plane, { name: `${losses}/phaseRetrieval.wgsl`, code: phaseRetrieval }],
  amplitudeRetrieval: [plane, { name: `${losses}/amplitudeRetrieval.wgsl`, code: amplitudeRetrieval }],
  relu: [plane, { name: `${losses}/relu.wgsl`, code: relu }],
  logistic: [plane, mixture, { name: `${losses}/logistic.wgsl`, code: logistic }],
  logisticSign: [mixture, { name: `${losses}/logisticSign.wgsl`, code: logisticSign }],
  erfCommittee: [
    { name: 'lib/erf.wgsl', code: erf },
    { name: `${losses}/committeeExcess.wgsl`, code: committeeExcess },
    { name: `${losses}/committee.wgsl`, code: committee },
  ],
};

/** What shapes the code, and the record of statistics with all names that the model has. */
function shapeOf({ students, teachers, matched }: Loss, columns: number): ShaderModule {
  const members = statisticNames(columns).map((name) => `  ${name}: f32,\n`);
  const code = [
    `const STUDENTS = ${students}u;\nconst TEACHERS = ${teachers}u;\nconst MATCHED = ${matched};\n`,
    `const NAMED = ${columns}u;\nstruct Statistics {\n${members.join('')}  blowUpStep: u32,\n}\n`,
  ];
  return { name: 'multiIndex/shape', code: code.join('') };
}

function common(loss: Loss, columns: number): readonly ShaderModule[] {
  return [
    shapeOf(loss, columns),
    { name: 'lib/threefry.wgsl', code: threefry },
    { name: 'lib/normal.wgsl', code: normal },
    { name: 'lib/span.wgsl', code: span },
    {
      name: 'lib/reduce.wgsl',
      code: reduce,
      subgroups: { name: 'lib/reduceSubgroups.wgsl', code: reduceSubgroups },
    },
    { name: 'lib/arctangent.wgsl', code: arctangent },
    { name: 'multiIndex/params.wgsl', code: parameters },
    { name: 'multiIndex/statistics.wgsl', code: statistics },
    { name: 'multiIndex/coefficients.wgsl', code: coefficients },
    ...lossModules[loss.name]!,
  ];
}

const narrowCommon: readonly ShaderModule[] = [{ name: 'multiIndex/narrow.wgsl', code: narrow }];
const wideCommon: readonly ShaderModule[] = [
  { name: 'lib/partials.wgsl', code: partials },
  { name: 'multiIndex/wide.wgsl', code: wide },
];
const moves: ShaderModule = { name: 'multiIndex/sdeMoves.wgsl', code: sdeMoves };

export const sgdModules = (loss: Loss, columns: number): readonly ShaderModule[] => [
  ...common(loss, columns),
  ...narrowCommon,
  { name: 'multiIndex/sgd.wgsl', code: sgd },
];

export const sdeModules = (loss: Loss, columns: number): readonly ShaderModule[] => [
  ...common(loss, columns),
  ...narrowCommon,
  moves,
  { name: 'multiIndex/sde.wgsl', code: sde },
];

export const sgdWideModules = (loss: Loss, columns: number, batchSize: number): readonly ShaderModule[] => [
  ...common(loss, columns),
  ...wideCommon,
  ...(batchSize === 1
    ? [
        { name: 'lib/heldSample.wgsl', code: heldSample },
        { name: 'multiIndex/sgdWideSingle.wgsl', code: sgdWideSingle },
      ]
    : [{ name: 'multiIndex/sgdWide.wgsl', code: sgdWide }]),
];

export const sdeWideModules = (loss: Loss, columns: number): readonly ShaderModule[] => [
  ...common(loss, columns),
  ...wideCommon,
  moves,
  { name: 'multiIndex/sdeWide.wgsl', code: sdeWide },
];
