/** What a reader should know about a config. */
import { roundingRemarks } from '../coordinates.ts';
import { spectrumOf } from '../spectrum.ts';
import { parameters, type DlnConfig } from './parameters.ts';
import { teacherOf } from './population.ts';

/** Where the limit is claimed beyond Gaussian features, and where it is not (theory: section 4, universality). */
function scopeRemarks({ features, correlation }: DlnConfig): string[] {
  if (correlation !== 0) {
    return [
      `correlation: limit and SDE are those of independent features; for φ = ${correlation} theory claims no limit, and SGD deviates`,
    ];
  }
  if (features === 'gaussian') return [];
  const law = parameters.features.options[features];
  const tails = features === 'studentT' ? '; the closer ν is to 4, the larger d must be' : '';
  return [
    `features: the limit of ${law} ones is that of Gaussian ones, for it needs only mean and covariance${tails}`,
  ];
}

export function remarks(config: DlnConfig): string[] {
  const laws = { spectrum: spectrumOf(config), teacher: teacherOf(config) };
  return [...roundingRemarks(laws, config.dimension), ...scopeRemarks(config)];
}
