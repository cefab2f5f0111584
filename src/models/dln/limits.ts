/** The limits of this model in words; what solves them is loaded by the worker that does. */
import { lazyLimit } from '../lazyLimit.ts';

export const limits = {
  limit: lazyLimit(
    {
      label: 'limit',
      doc: 'The law of all coordinates as d → ∞: a nonlinear Fokker–Planck equation, solved by transport maps.',
      predicts: 'sgd',
    },
    async () => (await import('./solvers.ts')).limit,
  ),
  gradientFlow: lazyLimit(
    {
      label: 'gradient flow',
      doc: 'The limit of small step sizes at the same γt: drift without gradient noise.',
      predicts: 'sgd',
      optional: true,
    },
    async () => (await import('./solvers.ts')).gradientFlow,
  ),
};
