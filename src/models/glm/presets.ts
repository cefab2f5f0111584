/** Starting points that each show one phenomenon (theory: multi-index models, section 3). */
import type { Preset } from '../model.ts';

export const presets: readonly Preset[] = [
  {
    name: 'start',
    title: 'Least squares: risk and overlap',
    doc:
      'The student starts orthogonal to the teacher and turns towards it: the overlap rises to 1 while the risk falls. ' +
      'SGD, its SDE and the limit of infinite dimension show the same curves, for any of the losses.',
    fields: {},
  },
  {
    name: 'belowThreshold',
    title: 'Just below the threshold',
    doc:
      'At γ = 1.9 the drift still wins against the gradient noise, which is of the size of the risk itself: it decays, slowly. ' +
      'The threshold is 2B/T with T the mean eigenvalue, whatever the spectrum.',
    fields: { stepSize: '1.9', horizon: '40', dimension: '512' },
  },
  {
    name: 'aboveThreshold',
    title: 'Just above the threshold',
    doc:
      'At γ = 2.1 each step makes more noise than the drift takes away, and the risk grows exponentially. ' +
      'A batch of two samples halves the noise: with B = 2 the same steps converge fast.',
    fields: { stepSize: '2.1', horizon: '40', dimension: '512' },
  },
  {
    name: 'labelNoise',
    title: 'Risk level under label noise',
    doc:
      'Noisy labels keep the risk above σ²/2 = 0.125, at a level that the step size sets: (σ²/2)/(1 − γT/2B). ' +
      'A smaller step size or a larger batch lowers it.',
    fields: { labelNoise: '0.5', stepSize: '0.7' },
  },
  {
    name: 'ridge',
    title: 'Five eigenvalues with ridge',
    doc:
      'Directions with large eigenvalues are learned first, those with small ones last and, with weight decay, never in full. ' +
      'The student’s norm settles below the teacher’s.',
    fields: {
      spectrum: 'atoms',
      eigenvalues: '0.2:1,0.5:1,0.8:1,1.2:1,2.3:1',
      ridge: '0.2',
      stepSize: '1.5',
      batchSize: '3',
      labelNoise: '0.5',
      show: 'risk,studentNorm',
    },
  },
  {
    name: 'phaseRetrieval',
    title: 'Phase retrieval: escape from the saddle',
    doc:
      'The loss knows the teacher only up to its sign: from a small overlap the risk first waits on a plateau, then falls. ' +
      'The wait grows like the logarithm of one over the overlap, and runs differ in when they leave.',
    fields: {
      loss: 'phaseRetrieval',
      stepSize: '0.1',
      initNorm: '0.5',
      initOverlap: '0.05',
      horizon: '20',
      singleRuns: 'true',
    },
  },
  {
    name: 'phaseBlowUp',
    title: 'Phase retrieval: blow-up in finite time',
    doc:
      'Above γ = B/(6sT) = 0.167 the noise makes the student grow, and a larger student makes more noise, like its sixth power: it ends in finite time. ' +
      'Lower γ to 0.16 and the same start converges.',
    fields: {
      loss: 'phaseRetrieval',
      stepSize: '0.2',
      initNorm: '0.6',
      initOverlap: '0.3',
      horizon: '4',
      dimension: '2048',
      dt: '0.002',
    },
  },
  {
    name: 'relu',
    title: 'ReLU just below its threshold',
    doc:
      'For every γ up to 2B/T the distance to the teacher falls from any start and at all times, here for γ = 1.99. ' +
      'It falls slowly, since drift and noise nearly balance.',
    fields: {
      loss: 'relu',
      stepSize: '1.99',
      initOverlap: '0.1',
      initNorm: '0.5',
      horizon: '30',
      dimension: '512',
      show: 'risk,distance',
    },
  },
  {
    name: 'reluPlateau',
    title: 'ReLU above its threshold: a plateau',
    doc:
      'At γ = 2.1 the teacher is no longer stable, yet nothing diverges: the student settles at an angle where drift and noise balance. ' +
      'Beyond γ ≈ 2.25 that place vanishes, and all runs diverge.',
    fields: {
      loss: 'relu',
      stepSize: '2.1',
      initOverlap: '0.5',
      horizon: '60',
      dimension: '512',
      show: 'risk,overlap',
    },
  },
  {
    name: 'amplitude',
    title: 'Amplitudes: a basin of attraction',
    doc:
      'With |r| in place of r² the threshold is 2B/T, but below it only starts near the teacher are drawn in. ' +
      'Raise γ towards 2 and the same start no longer converges, although the teacher itself is still stable.',
    fields: {
      loss: 'amplitudeRetrieval',
      stepSize: '1',
      initOverlap: '0.5',
      horizon: '15',
      dimension: '512',
    },
  },
  {
    name: 'logistic',
    title: 'Logistic regression with a huge step',
    doc:
      'Gradients of the logistic loss are bounded, so no step size diverges: at γ = 50 the student only grows far too long. ' +
      'Its direction still tells: the classification error stays well below one half.',
    fields: {
      loss: 'logistic',
      teacherNorm: '4',
      stepSize: '50',
      horizon: '6',
      dimension: '512',
      dt: '0.005',
      show: 'risk,studentNorm,classificationError',
    },
  },
  {
    name: 'separable',
    title: 'Separable labels: growth without end',
    doc:
      'Labels are the signs of the teacher’s output: a longer student in its direction is always better, so norm and overlap never settle. ' +
      'The risk falls like 1/∛t, the norm grows like ∛t².',
    fields: {
      loss: 'logisticSign',
      stepSize: '2',
      horizon: '100',
      dimension: '256',
      logX: 'true',
      show: 'risk,studentNorm',
    },
  },
  {
    name: 'source',
    title: 'Where the teacher lies in the spectrum',
    doc:
      'Two eigenvalues, and a teacher that is stronger along the smaller one: the easy part is learned soon, the hard part makes the tail. ' +
      'Exchange the numbers of the teacher norm and the tail is gone.',
    fields: {
      spectrum: 'atoms',
      eigenvalues: '0.1:1,1.9:1',
      teacherNorm: '2,0.5',
      initNorm: '0',
      stepSize: '0.7',
      horizon: '30',
      dimension: '512',
    },
  },
  {
    name: 'digits',
    title: 'Real data: how Gaussian are handwritten digits?',
    doc:
      'SGD streams images of handwritten digits, the limit assumes Gaussian features of the same covariance: the gap is what ' +
      'the covariance does not tell. Rare pixels have heavy tails, which least squares feels more than a logistic loss.',
    fields: {
      loss: 'logisticSign',
      spectrum: 'data',
      data: 'digits.csv:a52cfca6e39d297d',
      dimension: '61',
      horizon: '20',
    },
  },
];
