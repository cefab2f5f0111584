/** The laws of β and ξ over the coordinates (theory: diagonal linear networks, sections 2, 3 and 5). */
import type { Distributions } from '../model.ts';
import { groupingOf, groupOf } from './groups.ts';
import type { DlnInstance } from './instance.ts';
import type { DlnConfig } from './parameters.ts';
import { teacherOf } from './population.ts';

const quantities = {
  beta: {
    label: 'linear predictor',
    symbol: 'β',
    doc: 'β = u∘v, coordinate by coordinate: it concentrates where SGD converges, within a width of about √R.',
  },
  xi: {
    label: 'hyperbolic angle',
    symbol: 'ξ',
    doc: 'ξ = ½ ln|p/q| with p, q = (u ± v)/√2: the noise that moves it is additive.',
  },
};

export const distributions: Distributions = {
  quantities,
  groups: (config) => groupingOf(config as DlnConfig).labels,
  groupOf: (config, instance) => groupOf(config as DlnConfig, instance as DlnInstance),
  fallback(config, quantity) {
    if (quantity === 'xi') return [-5, 5];
    const largest = Math.max(
      ...teacherOf(config as DlnConfig)
        .rule(8)
        .map(({ value }) => Math.abs(value)),
    );
    return [-2 * Math.max(1, largest), 2 * Math.max(1, largest)];
  },
  async *solve(config, quantity, bins, saveAt, signal) {
    // Most visits never ask for a law.
    const { solveLaw } = await import('./limitLaw.ts');
    yield* solveLaw(config as DlnConfig, quantity, bins, saveAt, signal);
  },
};
