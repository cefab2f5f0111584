/** What a finite-d study compares with: rounding of shares to d coordinates is not a deviation of SGD. */
import { countsOf } from '../coordinates.ts';
import type { FiniteSize } from '../model.ts';
import { spectrumOf } from '../spectrum.ts';
import type { MultiIndexConfig } from './parameters.ts';

export const finiteSize: FiniteSize = {
  at(config, dimension) {
    const { atoms } = spectrumOf(config as MultiIndexConfig);
    const counts = atoms ? countsOf(atoms, dimension) : [];
    // Lists of moments have one entry for each atom: none may get lost.
    if (!atoms || counts.includes(0)) return { ...config, dimension };
    const eigenvalues = atoms.map(({ value }, i) => ({ value, weight: counts[i]! }));
    return { ...config, dimension, spectrum: 'atoms', eigenvalues };
  },
  note: (config) =>
    spectrumOf(config as MultiIndexConfig).atoms
      ? 'Every d is compared with the limit of λ as rounded to d coordinates: rounding is no deviation.'
      : 'A continuous law of λ is compared as stated; that d coordinates represent it only in part adds to the deviation of the mean.',
};
