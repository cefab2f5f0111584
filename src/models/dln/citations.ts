/** The papers that this model rests on. */
import type { Citation } from '../model.ts';

export const highDimensionalNotes: Citation = {
  text:
    'E. Collins-Woodfin, C. Paquette, E. Paquette, I. Seroussi: Hitting the High-Dimensional Notes: ' +
    'An ODE for SGD learning dynamics on GLMs and multi-index models. arXiv:2308.08977, 2023.',
  url: 'https://arxiv.org/abs/2308.08977',
  bibtex: `@misc{collinswoodfin2023hitting,
  title         = {Hitting the High-Dimensional Notes: An {ODE} for {SGD} learning dynamics
                   on {GLMs} and multi-index models},
  author        = {Collins-Woodfin, Elizabeth and Paquette, Courtney and Paquette, Elliot and
                   Seroussi, Inbar},
  year          = {2023},
  eprint        = {2308.08977},
  archivePrefix = {arXiv},
  primaryClass  = {math.OC}
}`,
};

export const citations: readonly Citation[] = [
  {
    text:
      'B. García Malaxechebarría, C. Paquette, M. Fazel, D. Drusvyatskiy: ' +
      'High-dimensional Limit of SGD for Diagonal Linear Networks. arXiv:2605.17177, 2026.',
    url: 'https://arxiv.org/abs/2605.17177',
    bibtex: `@misc{garcia2026diagonal,
  title         = {High-dimensional Limit of {SGD} for Diagonal Linear Networks},
  author        = {Garc{\\'i}a Malaxechebarr{\\'i}a, Bego{\\~n}a and Paquette, Courtney and
                   Fazel, Maryam and Drusvyatskiy, Dmitriy},
  year          = {2026},
  eprint        = {2605.17177},
  archivePrefix = {arXiv},
  primaryClass  = {math.OC}
}`,
  },
  highDimensionalNotes,
];
