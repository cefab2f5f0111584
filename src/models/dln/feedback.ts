/** How the risk acts back on the classes that make it. */
import type { Quintic } from '../../math/quintic.ts';

export interface Coefficients {
  readonly batchSize: number;
  readonly labelNoise: number;
  stepSizeAt(t: number): number;
  /** ln R as a function of τ = √t where the risk is prescribed: then the classes are independent. */
  readonly lnRisk?: Quintic;
  /** ln of a factor of the risk as a function of τ: what few classes lack of the risk of many. */
  readonly lnFactor?: Quintic;
}

/** Risk at τ of a state with E λe² = `error`. */
export function riskOf({ labelNoise, lnRisk, lnFactor }: Coefficients, tau: number, error: number): number {
  if (lnRisk) return Math.exp(lnRisk.value(tau));
  return 0.5 * (error + labelNoise ** 2) * (lnFactor ? Math.exp(lnFactor.value(tau)) : 1);
}

/** ∂ ln R/∂τ at a fixed state. */
export function riskGrowthOf({ lnRisk, lnFactor }: Coefficients, tau: number): number {
  return (lnRisk ?? lnFactor)?.slope(tau) ?? 0;
}

/** What the system is made of at a time: γ, D/λ = γ²R/B, and the growth of 2τγ and of 2τγ²R/B per unit of each. */
export interface Rates {
  readonly gamma: number;
  readonly noise: number;
  readonly driftGrowth: number;
  readonly noiseGrowth: number;
}

/** At τ > 0 and the risk there, for a fixed state. */
export function ratesAt(coefficients: Coefficients, tau: number, risk: number): Rates {
  const { batchSize, stepSizeAt } = coefficients;
  const t = tau * tau;
  const gamma = stepSizeAt(t);
  const relativeSlope = (stepSizeAt(t * 1.0001) - stepSizeAt(t * 0.9999)) / (0.0002 * t * gamma);
  return {
    gamma,
    noise: (gamma * gamma * risk) / batchSize,
    driftGrowth: 1 / tau + 2 * tau * relativeSlope,
    noiseGrowth: 1 / tau + 4 * tau * relativeSlope + riskGrowthOf(coefficients, tau),
  };
}
