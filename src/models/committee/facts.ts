/** What theory says about a config, in a few words (theory: multi-index models, section 3). */
import type { Fact } from '../model.ts';
import { startFacts, thresholdFacts } from '../multiIndex/thresholdFacts.ts';
import type { CommitteeConfig } from './parameters.ts';
import { problemOf } from './problem.ts';

const MEANING =
  'B/T over the spectral radius of A ↦ 𝓛⁻¹E uuᵀ⟨u, Au⟩: below it students near their teachers converge without label noise. ' +
  'Above it they settle at a plateau, since gradients are bounded.';

export function facts(config: CommitteeConfig): Fact[] {
  const problem = problemOf(config);
  return [...thresholdFacts(problem, MEANING, false), ...startFacts(problem)];
}
