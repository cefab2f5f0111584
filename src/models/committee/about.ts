/** What the page tells about this model before it is loaded. */
import type { About } from '../model.ts';

export const about: About = {
  name: 'committee',
  label: 'Soft committee machine',
  doc: 'A sum of weighted erf units learns another one by one-pass SGD on the squared loss of their outputs.',
};
