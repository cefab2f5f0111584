/** What the page tells about this model before it is loaded. */
import type { About } from '../model.ts';

export const about: About = {
  name: 'glm',
  label: 'Generalised linear model',
  doc: 'One student vector learns one teacher vector through a link and a loss of their outputs, by one-pass SGD.',
};
