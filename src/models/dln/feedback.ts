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
