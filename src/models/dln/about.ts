/** What the page tells about this model before it is loaded. */
import type { About } from '../model.ts';

export const about: About = {
  name: 'dln',
  label: 'Diagonal linear network',
  doc: 'A linear predictor β = u∘v trained by one-pass SGD on the squared loss.',
};
