/** Starting points that each show one phenomenon (theory: diagonal linear networks, section 4). */
import type { Preset } from '../model.ts';

export const presets: readonly Preset[] = [
  {
    name: 'start',
    title: 'SGD, its SDE and their limit',
    doc:
      'Sixteen runs of SGD and of its SDE crowd around one deterministic curve, the limit of infinite dimension. ' +
      'Move any slider: all three are computed again at once.',
    fields: {},
  },
  {
    name: 'convergence',
    title: 'Exponential convergence',
    doc:
      'On the logarithmic axis the risk becomes a straight line: without label noise it decays to zero exponentially. ' +
      'The curvature levels off below the stability edge 2B/γ, which is why the noise cannot sustain itself.',
    fields: { dimension: '512', horizon: '40' },
  },
  {
    name: 'shrinkage',
    title: 'Noise shrinks the initialisation',
    doc:
      'The imbalance |u² − v²|, the effective size of the initialisation, decays at a rate proportional to the risk. ' +
      'With it goes the energy off the support of the teacher: gradient noise makes the solution sparser.',
    fields: {
      dimension: '512',
      stepSize: '0.8',
      labelNoise: '0.3',
      horizon: '40',
      show: 'imbalance,offSupport',
    },
  },
  {
    name: 'catapult',
    title: 'Catapult',
    doc:
      'The step size lies above the initial edge 2B/α², so at first the risk rises. ' +
      'The growing noise shrinks the curvature until it falls below the edge, and then the risk comes down.',
    fields: { dimension: '2048', stepSize: '3', horizon: '2', dt: '0.002' },
  },
  {
    name: 'blowUp',
    title: 'Blow-up in finite time',
    doc:
      'One step further than the catapult the noise outruns the drift: the limit ceases to exist at t ≈ 0.18, and SGD diverges near it. ' +
      'Lower γ to 3 to get the catapult back.',
    fields: { dimension: '2048', stepSize: '4', horizon: '0.3', dt: '0.0005' },
  },
  {
    name: 'labelNoise',
    title: 'Risk level under label noise',
    doc:
      'Noisy labels keep SGD from reaching zero: the risk settles above the floor σ²/2 = 0.125, at a level that the step size sets. ' +
      'A smaller step size or a larger batch lowers the level and slows the way down.',
    fields: {
      dimension: '512',
      stepSize: '0.4',
      labelNoise: '0.5',
      density: '0.2',
      amplitude: '2',
      horizon: '20',
    },
  },
  {
    name: 'law',
    title: 'The law of the coordinates',
    doc:
      'Below, histograms over the coordinates follow the density that the limit predicts: drag the time, or point at a chart. ' +
      'Label noise shrinks what is not in the teacher to a sharp peak at 0, and what is to a Gamma law below its target.',
    fields: {
      dimension: '512',
      stepSize: '0.6',
      labelNoise: '0.7',
      density: '0.3',
      amplitude: '2',
      horizon: '20',
      runs: '8',
      distribution: 'beta',
    },
  },
  {
    name: 'anisotropic',
    title: 'Anisotropic data',
    doc:
      'Eigenvalues that span a factor of 100 are learned one after the other, so the risk bends instead of falling in one line. ' +
      'Directions with large eigenvalues bring the first drop, those with small ones the long tail.',
    fields: {
      dimension: '512',
      spectrum: 'logUniform',
      condition: '100',
      density: '0.5',
      stepSize: '0.3',
      horizon: '40',
    },
  },
  {
    name: 'smallInit',
    title: 'Small initialisation',
    doc:
      'Started near the saddle at zero, SGD first waits on a plateau, then learns the teacher all of a sudden; what is left off the support decays slowly. ' +
      'A smaller α makes the plateau longer and the solution sparser.',
    fields: { dimension: '512', initScale: '0.03', horizon: '30', show: 'risk,offSupport' },
  },
  {
    name: 'smallDimension',
    title: 'Few dimensions against the limit',
    doc:
      'With d = 16 single runs scatter widely around the limit. ' +
      'Raise d: the band narrows like 1/√d, and the median moves onto the line.',
    fields: { dimension: '16', density: '0.25', horizon: '20', runs: '32', singleRuns: 'true' },
  },
  {
    name: 'gaussianTeacher',
    title: 'Gaussian teacher',
    doc:
      'Here no coordinate of the teacher is zero; entries of every size and sign are learned, each at its own speed. ' +
      'Large entries take large weights: the curvature nearly doubles, towards the stability edge.',
    fields: { dimension: '512', teacher: 'gaussian', stepSize: '0.6', horizon: '20' },
  },
  {
    name: 'largeBatch',
    title: 'Large batch: almost gradient flow',
    doc:
      'Averaging 256 gradients leaves little noise: all curves collapse onto gradient flow, and the imbalance |u² − v²| stays put. ' +
      'Set B to 1 to see how much of the dynamics is noise.',
    fields: {
      dimension: '256',
      batchSize: '256',
      horizon: '6',
      runs: '8',
      show: 'risk,imbalance',
      also: 'gradientFlow',
    },
  },
  {
    name: 'rademacher',
    title: 'Rademacher features: the same curves',
    doc:
      'Every feature is now +1 or −1, and yet SGD follows the limit of Gaussian features: theory needs only their mean and covariance. ' +
      'Try the heavy tails of Student t: the higher the dimension, the closer they come, too.',
    fields: { features: 'rademacher' },
  },
  {
    name: 'correlated',
    title: 'Correlated features leave the limit',
    doc:
      'Neighbouring features have correlation 0.8, of which limit and SDE know nothing: SGD starts at a higher risk, falls faster and ends in a slower tail. ' +
      'Set φ to 0 and it is back on the line.',
    fields: { dimension: '512', density: '0.5', correlation: '0.8' },
  },
];
