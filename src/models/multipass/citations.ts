/** The papers that multi-pass SGD rests on. */
import type { Citation } from '../model.ts';

export const citations: readonly Citation[] = [
  {
    text: 'Fan, Wang: High-dimensional learning dynamics of multi-pass SGD in multi-index models. arXiv:2601.21093, 2026.',
    url: 'https://arxiv.org/abs/2601.21093',
    bibtex: `@misc{fan2026multipass,
  title         = {High-dimensional learning dynamics of multi-pass {SGD} in multi-index models},
  author        = {Fan and Wang},
  year          = {2026},
  eprint        = {2601.21093},
  archivePrefix = {arXiv}
}`,
  },
  {
    text: 'Nishiyama, Imaizumi: High-Dimensional Limit of Stochastic Gradient Flow via Dynamical Mean-Field Theory. arXiv:2602.06320, 2026.',
    url: 'https://arxiv.org/abs/2602.06320',
    bibtex: `@misc{nishiyama2026highdimensional,
  title         = {High-Dimensional Limit of Stochastic Gradient Flow via Dynamical Mean-Field Theory},
  author        = {Nishiyama and Imaizumi},
  year          = {2026},
  eprint        = {2602.06320},
  archivePrefix = {arXiv}
}`,
  },
  {
    text:
      'C. Paquette, K. Lee, F. Pedregosa, E. Paquette: SGD in the Large: Average-case Analysis, Asymptotics, and ' +
      'Stepsize Criticality. COLT 2021, arXiv:2102.04396.',
    url: 'https://arxiv.org/abs/2102.04396',
    bibtex: `@inproceedings{paquette2021sgd,
  title         = {{SGD} in the Large: Average-case Analysis, Asymptotics, and Stepsize Criticality},
  author        = {Paquette, Courtney and Lee, Kiwon and Pedregosa, Fabian and Paquette, Elliot},
  booktitle     = {Conference on Learning Theory},
  year          = {2021},
  eprint        = {2102.04396},
  archivePrefix = {arXiv}
}`,
  },
];
