/** What theory says about a config, in a few words (theory: multi-pass SGD, sections 3 and 5). */
import { formatValue } from '../../config/format.ts';
import type { Fact, SolvedLimit } from '../model.ts';
import { networkOf } from './architecture.ts';
import { gainOf, linearProblemOf } from './linearNetwork.ts';
import type { MultipassConfig } from './parameters.ts';
import { stabilityEdge } from './stationary.ts';
import { earlyStop } from './earlyStop.ts';

function epochFact({ horizon, sampleRatio }: MultipassConfig): Fact {
  return {
    label: 'epochs',
    value: formatValue(horizon / sampleRatio),
    doc: 'T/δ: how often each sample is visited on average. An epoch is δ units of time.',
  };
}

function stabilityFact(config: MultipassConfig): Fact {
  const problem = linearProblemOf(config);
  if (problem) {
    const critical = stabilityEdge(problem) / gainOf(networkOf(config));
    const ratio = config.stepSize / critical;
    return {
      label: ratio < 1 ? 'converges' : 'unstable',
      value: `η/η_c = ${formatValue(ratio)}`,
      doc:
        `The critical step size is ${formatValue(critical)}: below it SGD converges, above it train loss and test risk grow ` +
        'without bound. There ∫K = 1, which is η|a|² = 2 without ridge for every δ (a = 1 for one unit).',
      ...(ratio < 1 && { guaranteed: true as const }),
    };
  }
  if (config.loss === 'leastSquares' && config.activation === 'softplus') {
    return {
      label: 'bounded',
      value: 'at small step sizes',
      doc: 'Squares of outputs that grow without bound have gradients that do: SGD diverges at large step sizes. Where is not known in closed form.',
    };
  }
  return {
    label: 'bounded',
    value: 'at every step size',
    doc: 'Gradients of this loss are bounded: no step size diverges, but SGD, its modified equation and gradient flow move apart as it grows.',
  };
}

export function facts(config: MultipassConfig, limit: SolvedLimit): Fact[] {
  const stop = earlyStop(limit);
  const overfits: Fact[] = stop
    ? [
        {
          label: 'lowest test risk',
          value: `${formatValue(stop.risk)} at t = ${formatValue(stop.t)}`,
          doc: 'Where the limit of SGD generalises best; later visits fit samples rather than the teacher.',
        },
      ]
    : [];
  return [stabilityFact(config), epochFact(config), ...overfits];
}
