/** What theory says of a step size, in a few words (theory: multi-index models, sections 1 and 3). */
import { formatValue } from '../../config/format.ts';
import type { Fact } from '../model.ts';
import { edgeOf, riskBalance } from './balance.ts';
import { integrator } from './limit.ts';
import type { Problem } from './problem.ts';
import { criticalStepSize, meanOver } from './thresholds.ts';

const [NODES, LEVEL] = [64, { tolerance: 1e-6, nodes: 64 }];

/** γ/γ_c; `meaning` says what is proved and what happens above, `guaranteed` whether theory proves that it converges. */
export function thresholdFacts(problem: Problem, meaning: string, guaranteed: boolean): Fact[] {
  const critical = criticalStepSize(problem);
  if (critical === undefined) return [];
  const ratio = problem.stepSizeAt(0) / critical;
  return [
    {
      label: ratio < 1 ? (guaranteed ? 'converges' : 'stable') : 'unstable',
      value: `γ/γ_c = ${formatValue(ratio)}`,
      doc: `The critical step size is ${formatValue(critical)}. ${meaning}`,
      ...(guaranteed && ratio < 1 && { guaranteed: true as const }),
    },
  ];
}

/** Whether the risk of the limit falls or rises at t = 0, by the balance of drift and noise, which is exact. */
export function startFacts(problem: Problem): Fact[] {
  const { recorded } = integrator(problem, Float64Array.of(0), LEVEL);
  const squares = meanOver(problem.spectrum.rule(NODES), (value) => value * value);
  const edge = edgeOf(riskBalance(problem, recorded[0]!, squares));
  if (!Number.isFinite(edge)) return [];
  const falls = problem.stepSizeAt(0) < edge;
  return [
    {
      label: 'at the start',
      value: falls ? 'the risk falls' : 'the risk rises',
      doc:
        `Drift and gradient noise balance at t = 0 at γ = ${formatValue(Math.max(edge, 0))}: the limit's risk falls ` +
        'at once if and only if the step size is below that.',
      guaranteed: true,
    },
  ];
}
