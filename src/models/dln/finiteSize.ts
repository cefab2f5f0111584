/** What a finite-d study compares with: rounding of proportions to d coordinates is not a deviation of SGD. */
import type { FiniteSize } from '../model.ts';
import type { DlnConfig } from './parameters.ts';
import { spectrumOf } from '../spectrum.ts';
import { teacherOf } from './population.ts';

/** A continuous law rounded to d coordinates has d classes, too many to solve for. */
const isDiscrete = (config: DlnConfig) =>
  spectrumOf(config).atoms !== undefined && teacherOf(config).atoms !== undefined;

export const finiteSize: FiniteSize = {
  at(config, dimension) {
    const limitLaw = isDiscrete(config as DlnConfig) ? 'rounded' : 'population';
    return { ...config, dimension, limitLaw };
  },
  note: (config) =>
    isDiscrete(config as DlnConfig)
      ? 'Every d is compared with the limit of λ and β* as rounded to d coordinates: rounding is no deviation.'
      : 'Continuous laws of λ or β* are compared as stated; that d coordinates represent them only in part adds to the deviation of the mean.',
};
