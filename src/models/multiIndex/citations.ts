/** The papers that multi-index models rest on. */
import { highDimensionalNotes } from '../dln/citations.ts';
import type { Citation } from '../model.ts';

const committees: Citation = {
  text: 'D. Saad, S. A. Solla: On-line learning in soft committee machines. Phys. Rev. E 52, 4225–4243, 1995.',
  url: 'https://doi.org/10.1103/PhysRevE.52.4225',
  bibtex: `@article{saad1995online,
  title   = {On-line learning in soft committee machines},
  author  = {Saad, David and Solla, Sara A.},
  journal = {Physical Review E},
  volume  = {52},
  number  = {4},
  pages   = {4225--4243},
  year    = {1995},
  doi     = {10.1103/PhysRevE.52.4225}
}`,
};

export const citations: readonly Citation[] = [highDimensionalNotes, committees];
