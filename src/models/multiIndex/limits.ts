/** The limit of a multi-index model in words; what solves it is loaded by the worker that does. */
import { lazyLimit } from '../lazyLimit.ts';
import type { Limit } from '../model.ts';
import type { Family } from './family.ts';
import { toStatistics } from './statistics.ts';

const words = {
  label: 'limit',
  doc: 'The second moments of students and teachers at each eigenvalue as d → ∞: ordinary differential equations.',
  predicts: 'sgd',
};

export function limitsOf({ problemOf, columns }: Family): { readonly limit: Limit } {
  return {
    limit: lazyLimit(words, async () => {
      const { multiIndexLimit } = await import('./limit.ts');
      return multiIndexLimit({
        ...words,
        problemOf,
        record: ({ errors }) => toStatistics(errors, columns),
      });
    }),
  };
}
