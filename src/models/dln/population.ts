/** The law of β* that a config names (theory: diagonal linear networks, section 1), independent of that of λ. */
import { discrete, gaussian, sparse, type Distribution } from '../../math/distribution.ts';
import type { DlnConfig } from './parameters.ts';

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
