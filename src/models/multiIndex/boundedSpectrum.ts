/**
 * The law of eigenvalues that the limit is solved for. Theory wants them bounded: where M has a negative eigenvalue, as
 * committees and phase retrieval may begin with, moments at the eigenvalue λ grow like exp(λt) times a rate, and a power
 * law has no largest λ. What lies above the largest one that d coordinates hold is taken to be there.
 */
import type { Distribution } from '../../math/distribution.ts';
import { gaussLegendre } from '../../math/quadrature.ts';
import { spectrumOf } from '../spectrum.ts';
import type { MultiIndexConfig } from './parameters.ts';

export function boundedSpectrum(config: MultiIndexConfig): Distribution {
  const law = spectrumOf(config);
  if (config.spectrum !== 'powerLaw' || law.atoms) return law;
  const { dimension, exponent } = config;
  const least = 0.5 / dimension;
  // Mean of max(u, `least`)^{−a} over shares u in (0, 1), so that the mean eigenvalue stays 1.
  const mean = (1 - exponent * least ** (1 - exponent)) / (1 - exponent);
  const eigenvalue = (share: number) => Math.max(share, least) ** -exponent / mean;
  return {
    quantile: (p) => eigenvalue(1 - p),
    // Nodes in ln u, where the law is smooth.
    rule(nodes) {
      const length = -Math.log(least);
      const points = gaussLegendre(nodes).map(({ value, weight }) => {
        const share = Math.exp(-length * value);
        return { value: eigenvalue(share), weight: weight * length * share };
      });
      return [...points, { value: eigenvalue(least), weight: least }];
    },
  };
}

/** That the law is cut, if it is. */
export function spectrumRemarks(config: MultiIndexConfig): string[] {
  const bounded = boundedSpectrum(config);
  if (bounded.atoms || config.spectrum !== 'powerLaw') return [];
  const largest = Number(bounded.quantile(1).toPrecision(3));
  return [
    `spectrum: a power law has no largest eigenvalue; that of the limit ends at λ = ${largest}, the largest of d coordinates`,
  ];
}
