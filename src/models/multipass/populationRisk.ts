/**
 * The population risk E ℓ(f; y) of a network as a function of its statistics (theory: multi-pass SGD, section 6). One
 * linear unit each: risk.ts. Outputs of linear units are Gaussian, so that the same functions serve; squared losses of the
 * output itself are sums over pairs of units; other losses are means over points.
 */
import { normalCumulative } from '../../math/gaussian.ts';
import { networkOf, type Network } from './architecture.ts';
import { FreshOutputs } from './freshOutputs.ts';
import { outputMoments } from './linearNetwork.ts';
import { losses, softplus } from './losses.ts';
import type { MultipassConfig } from './parameters.ts';
import { classificationError as scalarError, risks } from './risk.ts';
import { momentsOf, type Statistics } from './statistics.ts';
import { unitProducts } from './unitProducts.ts';

/** Mean products of all units to what is measured on fresh samples. */
type Measure = (moments: Float64Array) => Fresh;

interface Fresh {
  /** E ℓ(f; y) */
  readonly risk: number;
  /** P(sgn f ≠ sgn f*); NaN where labels are not classes. */
  readonly error: number;
}

/** Output weights of all units, those of the teacher with a minus sign: f − f*. */
function signed({ secondLayer, teachers }: Network): Float64Array {
  return Float64Array.of(...secondLayer, ...new Float64Array(teachers).fill(-1));
}

function squaredRisk(
  network: Network,
  { activation, labelNoise }: MultipassConfig,
): (moments: Float64Array) => number {
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

/** P(y = 1) of each point, by the noise in the label. */
function positives({ teacher }: FreshOutputs, { labelNoise }: MultipassConfig): Float64Array {
  return teacher.map((f) => (labelNoise > 0 ? normalCumulative(f / labelNoise) : Number(f >= 0)));
}

/** Means over points of the logistic loss and of wrong signs. */
function signMeasure(network: Network, config: MultipassConfig): Measure {
  const outputs = new FreshOutputs(network);
  const { teacher } = outputs;
  const positive = positives(outputs, config);
  return (moments) => {
    const student = outputs.student(moments);
    let [risk, error] = [0, 0];
    for (let i = 0; i < student.length; i++) {
      risk += softplus(student[i]) - positive[i] * student[i];
      if (student[i] * teacher[i] < 0) error++;
    }
    return { risk: risk / student.length, error: error / student.length };
  };
}

/** Mean over points of a squared loss, to which noise in the label adds its variance. */
function pointMeasure(network: Network, { loss, labelNoise }: MultipassConfig): Measure {
  const outputs = new FreshOutputs(network);
  const { value, label } = losses[loss];
  const labels = outputs.teacher.map((f) => label(f, 0));
  return (moments) => {
    const student = outputs.student(moments);
    let risk = 0;
    for (let i = 0; i < student.length; i++) risk += value(student[i], labels[i]);
    return { risk: risk / student.length + labelNoise ** 2 / 2, error: NaN };
  };
}

function measureOf(network: Network, config: MultipassConfig): Measure {
  const { activation, loss, labelNoise } = config;
  if (activation === 'identity') {
    return (moments) => {
      const outputs = outputMoments(network, moments);
      return { risk: risks[loss](...outputs, labelNoise), error: scalarError(...outputs) };
    };
  }
  if (loss === 'leastSquares') {
    const risk = squaredRisk(network, config);
    return (moments) => ({ risk: risk(moments), error: NaN });
  }
  return (loss === 'logisticSign' ? signMeasure : pointMeasure)(network, config);
}

/** Keeps the last values: several observables ask for them at the same statistics. */
function remembering(measure: Measure): Measure {
  let last: Float64Array | undefined;
  let values: Fresh = { risk: NaN, error: NaN };
  return (moments) => {
    if (!last?.every((each, i) => each === moments[i])) {
      values = moments.every(Number.isFinite) ? measure(moments) : { risk: NaN, error: NaN };
      last = moments;
    }
    return values;
  };
}

const known = new WeakMap<MultipassConfig, { readonly network: Network; readonly measure: Measure }>();

function knownOf(config: MultipassConfig) {
  let each = known.get(config);
  if (!each) {
    const network = networkOf(config);
    each = { network, measure: remembering(measureOf(network, config)) };
    known.set(config, each);
  }
  return each;
}

/** E ℓ(f; y). */
export function populationRisk(statistics: Statistics, config: MultipassConfig): number {
  const { network, measure } = knownOf(config);
  if (!network.isScalar) return measure(momentsOf(network, statistics)).risk;
  const { squaredNorm, overlap } = statistics;
  return risks[config.loss](squaredNorm, overlap, config.teacherNorm, config.labelNoise);
}

/** Probability that sgn f differs from sgn f* on a fresh sample, where labels are classes. */
export function classificationError(statistics: Statistics, config: MultipassConfig): number {
  const { network, measure } = knownOf(config);
  if (!network.isScalar) return measure(momentsOf(network, statistics)).error;
  return scalarError(statistics.squaredNorm, statistics.overlap, config.teacherNorm);
}
