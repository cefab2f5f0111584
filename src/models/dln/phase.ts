/** What becomes of the limit at a point of the (γ, α) plane (theory: diagonal linear networks, section 4). */
import { certifiedRate } from './closedForms.ts';
import { law } from './law.ts';
import type { DlnConfig } from './parameters.ts';
import { stepSizeAt } from './schedule.ts';

export const phases = {
  certified: {
    label: 'certified',
    doc: 'The limit exists for all times and converges exponentially: theory guarantees it.',
  },
  converges: { label: 'converges', doc: 'The risk of the limit never rises above its start.' },
  catapult: {
    label: 'catapult',
    doc: 'The risk of the limit rises, noise shrinks the curvature, and the risk falls again.',
  },
  rises: {
    label: 'rises',
    doc: 'The risk of the limit is above its start at the horizon, without blow-up so far.',
  },
  blowUp: { label: 'blow-up', doc: 'The limit ceases to exist at a finite time.' },
} as const;

export type Phase = keyof typeof phases;

/** A rise of the risk by less than this share of its start does not count. */
const RISE = 1e-3;

/** Rate ρ with R(t) ≤ R(0)e^{−ρt} that the certificate gives; undefined where it does not apply or does not hold. */
export function guaranteedRate(config: DlnConfig): number | undefined {
  if (config.init !== 'zero' || config.labelNoise > 0) return undefined;
  return certifiedRate(law(config), { ...config, stepSize: stepSizeAt(config, 0) });
}

/** The phase that a solved risk curve shows. */
export function classify(config: DlnConfig, risk: ArrayLike<number>, blowsUp: boolean): Phase {
  if (blowsUp) return 'blowUp';
  if (guaranteedRate(config) !== undefined) return 'certified';
  const start = risk[0]! * (1 + RISE);
  if (risk[risk.length - 1]! > start) return 'rises';
  return Array.from(risk).some((value) => value > start) ? 'catapult' : 'converges';
}
