/** What a reader should know about a config. */
import { roundingRemarks } from './instance.ts';
import { parameters, type DlnConfig } from './parameters.ts';

/** Where the limit is claimed beyond Gaussian features, and where it is not (theory: section 4, universality). */
function scopeRemarks({ features, degreesOfFreedom, correlation }: DlnConfig): string[] {
  const remarks: string[] = [];
  const law = parameters.features.options[features];
  if (features !== 'gaussian' && correlation === 0) {
    const condition =
      features === 'studentT'
        ? ` as long as ν > 4 (here ${degreesOfFreedom}), the slower the closer to it`
        : '';
    remarks.push(
      `features: ${law} ones have the same limit as Gaussian ones, for theory needs only their mean and covariance${condition}`,
    );
  }
  if (correlation !== 0) {
    remarks.push(
      `correlation: the limit is not claimed for ρ = ${correlation}; it and the SDE are those of the diagonal of the covariance, from which SGD deviates`,
    );
  }
  return remarks;
}

export function remarks(config: DlnConfig): string[] {
  return [...roundingRemarks(config), ...scopeRemarks(config)];
}
