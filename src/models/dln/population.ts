/** The laws of λ and β* that a config names (theory: diagonal linear networks, section 1); independent of each other. */
import {
  discrete,
  gaussian,
  logUniform,
  marchenkoPastur,
  pointMass,
  powerLaw,
  sparse,
  twoPoint,
  type Distribution,
} from '../../math/distribution.ts';
import type { DlnConfig } from './parameters.ts';

/** Law of the eigenvalues of the population covariance. */
export function spectrumOf(config: DlnConfig): Distribution {
  switch (config.spectrum) {
    case 'isotropic':
      return pointMass(1);
    case 'twoPoint':
      return twoPoint(config.condition);
    case 'logUniform':
      return logUniform(config.condition);
    case 'powerLaw':
      return powerLaw(config.exponent);
    case 'marchenkoPastur':
      return marchenkoPastur(config.aspect);
    case 'atoms':
      return discrete(config.eigenvalues);
  }
}

/** Law of the teacher's entries. */
export function teacherOf(config: DlnConfig): Distribution {
  switch (config.teacher) {
    case 'sparse':
      return sparse(config.density, config.amplitude);
    case 'gaussian':
      return gaussian(config.amplitude);
    case 'atoms':
      return discrete(config.teacherAtoms);
  }
}
