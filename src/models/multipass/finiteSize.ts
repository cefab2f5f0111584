/** What a finite-d study compares with. */
import type { FiniteSize } from '../model.ts';

export const finiteSize: FiniteSize = {
  sameLimit: true,
  at: (config, dimension) => ({ ...config, dimension }),
  note: () =>
    'Every d is compared with the same limit, at the same samples per dimension and batch size: a batch is a smaller share of larger d.',
};
