/** Starting points that each show one phenomenon (theory: multi-pass SGD, sections 3, 5 and 7). */
import type { Preset } from '../model.ts';

export const presets: readonly Preset[] = [
  {
    name: 'start',
    title: 'Train and test part: samples are visited again',
    doc:
      'Every sample is visited four times: from the first epoch on the train loss falls below the test risk. ' +
      'SGD, its modified equation (SME) and gradient flow (GF) each have a limit of their own.',
    fields: {},
  },
  {
    name: 'leastSquares',
    title: 'Least squares: SGD equals its modified equation',
    doc:
      'For a quadratic loss only the mean and the variance of the visits matter: both have one and the same limit, in closed form. ' +
      'Gradient flow lies below, since it has no noise of visits.',
    fields: {
      loss: 'leastSquares',
      stepSize: '0.8',
      ridge: '0.125',
      labelNoise: '0.3',
      initNorm: '0.5',
    },
  },
  {
    name: 'critical',
    title: 'Critical step size: three different limits',
    doc:
      'With steps this large jumps are no longer like Brownian motion: SGD, its modified equation and gradient flow end at different test risks. ' +
      'Half as many samples as dimensions, so that each visit is soon followed by another one.',
    fields: {
      dimension: '1000',
      sampleRatio: '0.5',
      labelNoise: '0.2',
      stepSize: '10',
      ridge: '0.005',
      horizon: '3.2',
      dt: '0.01',
    },
  },
  {
    name: 'network',
    title: 'Two-layer network: two tanh units',
    doc:
      'Jumps of SGD drive the weights of units that saturate further out than the noise of its modified equation does, and gradient flow learns best. ' +
      'Theory sees both units at once: C, R and m are 2×2 matrices.',
    fields: {
      loss: 'leastSquares',
      activation: 'tanh',
      hiddenUnits: '2',
      teacherUnits: '2',
      dimension: '400',
      labelNoise: '0.2',
      stepSize: '4',
      ridge: '0.01',
      initOverlap: '0.2',
      horizon: '4',
      dt: '0.005',
      paths: '4096',
      show: 'test,norm',
    },
  },
  {
    name: 'batches',
    title: 'Batch size does not matter',
    doc:
      'Batches of 16 samples with 16 times fewer iterations follow the limit of single samples, which knows nothing of batches. ' +
      'What is left of a difference shrinks with the dimension, as samples of a batch hardly overlap.',
    fields: { dimension: '1000', batchSize: '16' },
  },
  {
    name: 'onePass',
    title: 'Many samples: towards one pass',
    doc:
      'With 32 samples per dimension hardly any is visited twice: train loss and test risk nearly agree with the limit of one pass. ' +
      'Lower δ, and the memory of earlier visits drives them apart.',
    fields: { sampleRatio: '32', dimension: '128', also: 'onePass', dt: '0.04' },
  },
  {
    name: 'overfitting',
    title: 'Overfitting noisy labels',
    doc:
      'Fewer samples than dimensions, noisy labels and no ridge: the train loss goes on falling while the test risk rises again. ' +
      'A ridge of 0.3 keeps the weights from fitting the noise.',
    fields: {
      loss: 'leastSquares',
      sampleRatio: '0.7',
      labelNoise: '0.7',
      stepSize: '0.4',
      ridge: '0',
      initNorm: '0',
      horizon: '30',
      dt: '0.05',
    },
  },
  {
    name: 'edge',
    title: 'Edge of stability at step size 2',
    doc:
      'At η = 1.8 the noise of the visits multiplies the final loss by 1/(1 − η/2) = 10, whatever the number of samples. ' +
      'At η = 2.1 it feeds itself, and the loss grows without end.',
    fields: {
      loss: 'leastSquares',
      sampleRatio: '4',
      labelNoise: '0.5',
      stepSize: '1.8',
      ridge: '0',
      horizon: '20',
    },
  },
  {
    name: 'phase',
    title: 'Phase retrieval from few samples',
    doc:
      'Half as many samples as dimensions, and labels that do not tell the sign: the samples are learned by heart. ' +
      'The test risk hardly moves, since without overlap at the start the teacher is not found.',
    fields: {
      loss: 'phase',
      sampleRatio: '0.5',
      labelNoise: '0.2',
      stepSize: '2',
      ridge: '0.025',
      horizon: '3.2',
      dt: '0.01',
    },
  },
];
