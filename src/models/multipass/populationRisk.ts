/**
 * The population risk E ℓ(f; y) of a network as a function of its statistics (theory: multi-pass SGD, section 6). One
 * linear unit each: risk.ts. Outputs of linear units are Gaussian, so that the same functions serve; squared losses of the
 * output itself are sums over pairs of units; other losses are means over points.
 */
import { normalCumulative } from '../../math/gaussian.ts';
import { networkOf, type Network } from './architecture.ts';
import { freshOutputs, type FreshOutputs } from './freshOutputs.ts';
import { outputMoments } from './linearNetwork.ts';
import { losses } from './losses.ts';
import type { MultipassConfig } from './parameters.ts';
import { classificationError as scalarError, risks } from './risk.ts';
import { momentsOf, type Statistics } from './statistics.ts';
import { unitProducts } from './unitProducts.ts';

type Measure = (moments: Float64Array) => number;

/** Output weights of all units, those of the teacher with a minus sign: f − f*. */
function signed({ secondLayer, teachers }: Network): Float64Array {
  return Float64Array.of(...secondLayer, ...new Float64Array(teachers).fill(-1));
}

function squaredRisk(network: Network, { activation, labelNoise }: MultipassConfig): Measure {
  const product = unitProducts[activation];
  const weights = signed(network);
  const size = weights.length;
  return (moments) => {
    let sum = labelNoise ** 2;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        const mean = product(moments[i * (size + 1)], moments[i * size + j], moments[j * (size + 1)]);
        sum += (i === j ? 1 : 2) * weights[i] * weights[j] * mean;
      }
    }
    return sum / 2;
  };
}

/** E over the noise in the label of the mean over points. */
function meanLoss({ loss, labelNoise }: MultipassConfig, { student, teacher }: FreshOutputs): number {
  const { value, label } = losses[loss];
  let sum = 0;
  for (let i = 0; i < student.length; i++) {
    if (loss === 'logisticSign') {
      const positive = labelNoise > 0 ? normalCumulative(teacher[i] / labelNoise) : Number(teacher[i] >= 0);
      sum += value(student[i], -1) - positive * student[i];
    } else {
      sum += value(student[i], label(teacher[i], 0));
    }
  }
  return sum / student.length + (loss === 'logisticSign' ? 0 : labelNoise ** 2 / 2);
}

function networkRisk(network: Network, config: MultipassConfig): Measure {
  const { activation, loss, labelNoise } = config;
  if (activation === 'identity') {
    return (moments) => risks[loss](...outputMoments(network, moments), labelNoise);
  }
  if (loss === 'leastSquares') return squaredRisk(network, config);
  return (moments) => meanLoss(config, freshOutputs(network, moments));
}

function networkError(network: Network, { activation }: MultipassConfig): Measure {
  if (activation === 'identity') return (moments) => scalarError(...outputMoments(network, moments));
  return (moments) => {
    const { student, teacher } = freshOutputs(network, moments);
    return student.reduce((sum, f, i) => sum + Number(f * teacher[i] < 0), 0) / student.length;
  };
}

/** Keeps the last value: several observables ask for the risk at the same statistics. */
function remembering(measure: Measure): Measure {
  let last: Float64Array | undefined;
  let value = NaN;
  return (moments) => {
    if (!last?.every((each, i) => each === moments[i])) {
      [last, value] = [moments, moments.every(Number.isFinite) ? measure(moments) : NaN];
    }
    return value;
  };
}

interface Measures {
  readonly network: Network;
  readonly risk: Measure;
  readonly error: Measure;
}

const measures = new WeakMap<MultipassConfig, Measures>();

function measuresOf(config: MultipassConfig): Measures {
  let known = measures.get(config);
  if (!known) {
    const network = networkOf(config);
    const [risk, error] = [networkRisk, networkError].map((of) => remembering(of(network, config)));
    known = { network, risk, error };
    measures.set(config, known);
  }
  return known;
}

/** E ℓ(f; y). */
export function populationRisk(statistics: Statistics, config: MultipassConfig): number {
  const { network, risk } = measuresOf(config);
  if (!network.isScalar) return risk(momentsOf(network, statistics));
  return risks[config.loss](
    statistics.squaredNorm,
    statistics.overlap,
    config.teacherNorm,
    config.labelNoise,
  );
}

/** Probability that sgn f differs from sgn f* on a fresh sample. */
export function classificationError(statistics: Statistics, config: MultipassConfig): number {
  const { network, error } = measuresOf(config);
  if (!network.isScalar) return error(momentsOf(network, statistics));
  return scalarError(statistics.squaredNorm, statistics.overlap, config.teacherNorm);
}
