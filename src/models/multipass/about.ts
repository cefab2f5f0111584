/** What the page tells about this model before it is loaded. */
import type { About } from '../model.ts';

export const about: About = {
  name: 'multipass',
  label: 'Multi-pass SGD',
  doc: 'One neuron, or a two-layer network, learns from n = δd samples that SGD visits again and again, beside its modified equation (SME) and gradient flow (GF).',
};
