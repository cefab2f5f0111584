/** When a simulated run counts as diverged (theory: diagonal linear networks, section 4, finite-time blow-up). */
import type { DlnInstance } from './instance.ts';
import type { DlnConfig } from './parameters.ts';
import { stepSizeAt } from './schedule.ts';

/**
 * Past this multiple of every natural scale of the risk nothing comes back. A risk R that runs away needs a time of
 * order 1/R more: 0.1 % of the blow-up time at γ = 3.5 and 4; with 100 runs would count as diverged 1 % early.
 */
const FACTOR = 1000;
/** Largest γ²λR·dt/B that a step of the SDE resolves: a standard deviation of √8 in ξ. */
const RESOLVED = 4;

/** B/(γ²λ_max): the risk at which gradient noise moves a coordinate by O(1) per unit of time. */
function noiseScale(config: DlnConfig, { eigenvalue }: DlnInstance): number {
  const largest = eigenvalue.reduce((a, b) => Math.max(a, b), 0);
  return config.batchSize / (stepSizeAt(config, 0) ** 2 * largest);
}

/**
 * Risk above which a run has diverged: 1000 × the larger of the expected initial risk and B/(γ²λ_max).
 * A catapult stays far below it, since at B/(γ²λ_max) noise already shrinks the curvature in O(1) time.
 */
export function runawayRisk(config: DlnConfig, instance: DlnInstance): number {
  const { eigenvalue, teacher } = instance;
  const start = config.init === 'random' ? config.initScale ** 4 : 0;
  let error = 0;
  eigenvalue.forEach((value, i) => (error += (value * (start + teacher[i]! ** 2)) / eigenvalue.length));
  const initial = (error + config.labelNoise ** 2) / 2;
  return FACTOR * Math.max(initial, noiseScale(config, instance));
}

/**
 * The same for the SDE, whose steps dt must also resolve the noise: past that bound a positivity-preserving
 * scheme collapses to u = v = 0 and would show a calm, wrong curve.
 */
export function sdeRunawayRisk(config: DlnConfig, instance: DlnInstance): number {
  const resolved = (RESOLVED * noiseScale(config, instance)) / config.dt;
  return Math.min(runawayRisk(config, instance), resolved);
}
