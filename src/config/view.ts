/** How an experiment is shown and where it runs: part of the link, never of the result. */
import { choice, flag, words } from './parameter.ts';

export const viewParameters = {
  engine: choice({
    label: 'engine',
    doc: 'Where SGD and SDE run; automatic takes a real GPU where there is one, else the CPU.',
    group: 'view',
    default: 'auto',
    options: { auto: 'automatic', webgpu: 'WebGPU', cpu: 'CPU' },
  }),
  show: words({
    label: 'charts',
    doc: 'Observables that have a chart; empty shows the ones the model puts first.',
    group: 'view',
  }),
  also: words({
    label: 'also draw',
    doc: 'Optional limits to solve and draw as well, such as gradient flow.',
    group: 'view',
  }),
  xAxis: choice({
    label: 'x axis',
    doc: 'One unit of t is d iterations, or d visits of samples in multi-pass SGD; in an epoch each sample is visited once on average.',
    group: 'view',
    default: 't',
    options: { t: 'time t', iterations: 'iterations', samples: 'samples', epochs: 'epochs' },
  }),
  logX: flag({ label: 'log x', doc: 'Logarithmic time axis.', group: 'view', default: false }),
  linearY: flag({
    label: 'linear y',
    doc: 'Linear vertical axes; logarithmic ones show exponential decay as a line.',
    group: 'view',
    default: false,
  }),
  distribution: choice({
    label: 'law of coordinates',
    doc: 'Histograms of SGD and SDE over the coordinates against the law of the limit; asking for one runs anew.',
    group: 'view',
    default: 'none',
    options: { none: 'not shown', beta: 'of β', xi: 'of ξ' },
  }),
  logDensity: flag({
    label: 'log density',
    doc: 'Logarithmic vertical axes of the laws: tails show, a normal law is a parabola.',
    group: 'view',
    default: false,
    when: { key: 'distribution', is: ['beta', 'xi'] },
  }),
  maps: flag({
    label: 'two-time maps',
    doc: 'Functions of two times that a limit gives, such as correlations, as maps.',
    group: 'view',
    default: false,
  }),
  singleRuns: flag({
    label: 'single runs',
    doc: 'Draws every run faintly behind the median and the 10–90 % band.',
    group: 'view',
    default: false,
  }),
  largeType: flag({
    label: 'large type',
    doc: 'Bigger letters and thicker curves for a lecture hall.',
    group: 'view',
    default: false,
  }),
};
