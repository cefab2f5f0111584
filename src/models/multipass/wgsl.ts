/** The WGSL kernels of multi-pass SGD: loaded when the WebGPU engine runs. */
import erfFunction from '../../../shaders/lib/erf.wgsl?raw';
import normal from '../../../shaders/lib/normal.wgsl?raw';
import reduce from '../../../shaders/lib/reduce.wgsl?raw';
import reduceSubgroups from '../../../shaders/lib/reduceSubgroups.wgsl?raw';
import span from '../../../shaders/lib/span.wgsl?raw';
import sums from '../../../shaders/lib/sums.wgsl?raw';
import threefry from '../../../shaders/lib/threefry.wgsl?raw';
import erf from '../../../shaders/multipass/activations/erf.wgsl?raw';
import identity from '../../../shaders/multipass/activations/identity.wgsl?raw';
import softplus from '../../../shaders/multipass/activations/softplus.wgsl?raw';
import tanhActivation from '../../../shaders/multipass/activations/tanh.wgsl?raw';
import gf from '../../../shaders/multipass/gf.wgsl?raw';
import leastSquares from '../../../shaders/multipass/losses/leastSquares.wgsl?raw';
import logisticSign from '../../../shaders/multipass/losses/logisticSign.wgsl?raw';
import phase from '../../../shaders/multipass/losses/phase.wgsl?raw';
import tanhLoss from '../../../shaders/multipass/losses/tanh.wgsl?raw';
import network from '../../../shaders/multipass/network.wgsl?raw';
import parameters from '../../../shaders/multipass/params.wgsl?raw';
import predict from '../../../shaders/multipass/predict.wgsl?raw';
import prepare from '../../../shaders/multipass/prepare.wgsl?raw';
import record from '../../../shaders/multipass/record.wgsl?raw';
import samples from '../../../shaders/multipass/samples.wgsl?raw';
import sgd from '../../../shaders/multipass/sgd.wgsl?raw';
import sme from '../../../shaders/multipass/sme.wgsl?raw';
import smooth from '../../../shaders/multipass/smooth.wgsl?raw';
import tiles from '../../../shaders/multipass/tiles.wgsl?raw';
import update from '../../../shaders/multipass/update.wgsl?raw';
import type { ShaderModule } from '../model.ts';
import type { ActivationName } from './activations.ts';
import type { LossName } from './losses.ts';
import type { MultipassConfig } from './parameters.ts';
import { BLOCKS, TILE_GROUPS, type Shape } from './shape.ts';
import { statisticNames, toStatistics } from './statistics.ts';

const losses: Readonly<Record<LossName, string>> = { leastSquares, logisticSign, tanh: tanhLoss, phase };
const activations: Readonly<Record<ActivationName, string>> = {
  identity,
  tanh: tanhActivation,
  erf,
  softplus,
};

/** Student, other unit, students first, and place in the record of each mean product that is recorded. */
function productsOf({ units, teachers }: Shape): number[][] {
  const size = units + teachers;
  const marks = Float64Array.from({ length: size * size }, (_, at) => at + 1);
  const marked = toStatistics({ students: units, teachers }, 0, marks);
  return statisticNames.flatMap((name, place) => {
    const at = marked[name] - 1;
    return at < 0 ? [] : [[Math.floor(at / size), at % size, place]];
  });
}

function shapeModule(shape: Shape): ShaderModule {
  const { units, teachers, tile, flow, labelled } = shape;
  const products = productsOf(shape);
  const constants = {
    UNITS: units,
    TEACHERS: teachers,
    TILE: tile,
    SUMS: tile * Math.max(units, teachers),
    KICKS: flow ? units : 0,
    TILE_GROUPS,
    BLOCKS,
    PRODUCT_COUNT: products.length,
    RECORD: statisticNames.length + 1,
  };
  const members = statisticNames.map((name) => `  ${name}: f32,\n`).join('');
  const triples = products.map((triple) => `vec3u(${triple.join()})`).join();
  const code = [
    ...Object.entries(constants).map(([name, value]) => `const ${name} = ${value}u;`),
    `const LABELLED = ${labelled};`,
    `const PRODUCTS = array<vec3u, PRODUCT_COUNT>(${triples});`,
    `struct Statistics {\n${members}  blowUpStep: u32,\n}`,
  ];
  return { name: 'multipass/shape', code: code.join('\n') };
}

const own = (name: string, code: string): ShaderModule => ({ name: `multipass/${name}.wgsl`, code });

const steps: Readonly<Record<'sgd' | 'sme' | 'gf', readonly ShaderModule[]>> = {
  sgd: [own('sgd', sgd)],
  sme: [own('predict', predict), own('update', update), own('sme', sme)],
  gf: [own('predict', predict), own('update', update), own('gf', gf)],
};

export function modulesOf(
  name: keyof typeof steps,
  { loss, activation }: MultipassConfig,
  shape: Shape,
): readonly ShaderModule[] {
  return [
    shapeModule(shape),
    { name: 'lib/threefry.wgsl', code: threefry },
    { name: 'lib/normal.wgsl', code: normal },
    { name: 'lib/span.wgsl', code: span },
    {
      name: 'lib/reduce.wgsl',
      code: reduce,
      subgroups: { name: 'lib/reduceSubgroups.wgsl', code: reduceSubgroups },
    },
    { name: 'lib/sums.wgsl', code: sums },
    { name: 'lib/erf.wgsl', code: erfFunction },
    own('params', parameters),
    own('samples', samples),
    own('smooth', smooth),
    own(`activations/${activation}`, activations[activation]),
    own(`losses/${loss}`, losses[loss]),
    own('network', network),
    own('tiles', tiles),
    own('prepare', prepare),
    own('record', record),
    ...steps[name],
  ];
}
