/** Parameters that every streaming model shares: declared once, imported by each model. */
import { number } from '../config/parameter.ts';

export const dimension = number({
  label: 'dimension',
  symbol: 'd',
  doc: 'Number of coordinates. Theory describes the limit of large d; one unit of time is d iterations.',
  group: 'problem',
  default: 1024,
  min: 16,
  max: 1048576,
  integer: true,
  scale: 'log',
});

export const stepSize = number({
  label: 'step size',
  symbol: 'γ',
  doc: 'Learning rate of SGD. It scales both the drift and the gradient noise of the SDE.',
  group: 'algorithm',
  default: 0.5,
  min: 0.001,
  max: 10,
  scale: 'log',
});

export const batchSize = number({
  label: 'batch size',
  symbol: 'B',
  doc: 'Fresh samples per iteration, their gradients averaged: gradient noise shrinks as 1/B.',
  group: 'algorithm',
  default: 1,
  min: 1,
  max: 1024,
  integer: true,
  scale: 'log',
});

export const labelNoise = number({
  label: 'label noise',
  symbol: 'σ',
  doc: 'Standard deviation of the Gaussian noise added to every label.',
  group: 'problem',
  default: 0,
  min: 0,
  max: 10,
});

export const horizon = number({
  label: 'horizon',
  symbol: 'T',
  doc: 'Time at which the experiment stops: T·d iterations.',
  group: 'simulation',
  default: 10,
  min: 0.1,
  max: 1000,
  scale: 'log',
});

export const runs = number({
  label: 'runs',
  doc: 'Independent runs of SGD and of the SDE, each with its own samples and noise.',
  group: 'simulation',
  default: 16,
  min: 1,
  max: 256,
  integer: true,
  scale: 'log',
});

export const dt = number({
  label: 'SDE step',
  symbol: 'dt',
  doc: 'Time step of the SDE integrator; SGD and the limit do not use it.',
  group: 'simulation',
  default: 0.01,
  min: 0.0001,
  max: 0.1,
  scale: 'log',
});

export const seed = number({
  label: 'seed',
  doc: 'Key of the random numbers: the same seed gives the same curves on every machine.',
  group: 'simulation',
  default: 1,
  min: 0,
  max: 4294967295,
  integer: true,
});
