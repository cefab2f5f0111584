/** What theory says about a config, in a few words (theory: multi-index models, section 3). */
import type { Fact, SolvedLimit } from '../model.ts';
import { isIsotropic } from '../multiIndex/guides.ts';
import { startCovariance } from '../multiIndex/instance.ts';
import { startFacts, thresholdFacts } from '../multiIndex/thresholdFacts.ts';
import type { GlmConfig } from './parameters.ts';
import { problemOf } from './problem.ts';

type Convex = 'logistic' | 'logisticSign';

const meanings: Readonly<Record<Exclude<GlmConfig['loss'], Convex>, string>> = {
  leastSquares:
    'Below it the limit converges from every start, above it the risk grows without bound: 2B/⟨λ²/(λ + δ)⟩, exact for every spectrum.',
  phaseRetrieval:
    'B/(6sT): below it students near ±X* converge, above it the limit blows up in finite time. No step size is safe from every start: long students without overlap blow up.',
  amplitudeRetrieval:
    '2B/T: below it students near ±X* converge, but from a region that shrinks to nothing as γ approaches it.',
  relu: '2B/T: without label noise the distance to the teacher falls below it from every start. Above, a plateau at an angle remains for a while, then everything diverges.',
};

const bounded: Readonly<Record<Convex, Omit<Fact, 'label'>>> = {
  logistic: {
    value: 'at every step size',
    doc: 'Gradients of the logistic loss are bounded: there is no critical step size, larger ones settle at a longer student.',
  },
  logisticSign: {
    value: 'at every step size',
    doc: 'Gradients of the logistic loss are bounded: nothing diverges. Without ridge nothing settles either, since a longer student always fits sign labels better.',
  },
};

/** Whether theory proves convergence below the threshold for this start. */
function isProved(config: GlmConfig): boolean {
  const problem = problemOf(config);
  if (config.loss === 'leastSquares') return true;
  if (problem.labelNoise > 0 || problem.ridge > 0) return false;
  if (config.loss === 'relu') return true;
  const [p, q, , s] = startCovariance(problem);
  return config.loss === 'phaseRetrieval' && isIsotropic(problem) && p! <= s! && q !== 0;
}

export function facts(config: GlmConfig, _limit: SolvedLimit, blowsUp: boolean): Fact[] {
  const problem = problemOf(config);
  const { loss } = config;
  const stability =
    loss === 'logistic' || loss === 'logisticSign'
      ? [{ label: 'bounded', ...bounded[loss] }]
      : thresholdFacts(problem, meanings[loss], isProved(config));
  const end: Fact[] = blowsUp
    ? [
        {
          label: 'phase',
          value: 'blows up',
          doc: 'The limit ceases to exist in finite time: gradient noise grows faster than the student itself.',
        },
      ]
    : [];
  return [...stability, ...end, ...startFacts(problem)];
}
