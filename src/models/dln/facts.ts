/** What theory says about a config, in a few words (diagonal linear networks, section 4). */
import { formatValue } from '../../config/format.ts';
import type { Fact, SolvedLimit } from '../model.ts';
import type { DlnConfig } from './parameters.ts';
import { classify, guaranteedRate, phases } from './phase.ts';

/** Whether the last point of the limit is below the edge of stability. */
function stabilityFact({ column }: SolvedLimit): Fact[] {
  const value = column('stability').at(-1)!;
  if (!Number.isFinite(value)) return [];
  return [
    {
      label: value < 1 ? 'stable' : 'unstable',
      value: `γκ̄/(2B) = ${formatValue(value)}`,
      doc:
        'Stability number of the limit at the horizon, its curvature over the edge 2B/γ: a limit point is ' +
        'stable, so that the drift damps more than the noise adds, if and only if it is below 1.',
    },
  ];
}

/** The certificate where it holds, else what the risk does. */
function phaseFact(config: DlnConfig, { column }: SolvedLimit, blowsUp: boolean): Fact {
  const phase = classify(config, column('risk'), blowsUp);
  const { label, doc } = phases[phase];
  if (phase !== 'certified') return { label: 'phase', value: label, doc };
  return {
    label: 'guaranteed',
    value: `R ≤ R₀ exp(−${formatValue(guaranteedRate(config)!)} t)`,
    doc:
      `${doc} The certificate is a sufficient condition on the settings alone; the risk stays below this ` +
      'bound, R₀ being the risk at the start.',
    guaranteed: true,
  };
}

export function facts(config: DlnConfig, limit: SolvedLimit, blowsUp: boolean): Fact[] {
  return [phaseFact(config, limit, blowsUp), ...stabilityFact(limit)];
}
