/** The population covariance that every streaming model can choose: its law of eigenvalues, and d of them. */
import { atoms, choice, number, type ConfigOf, type FileReference } from '../config/parameter.ts';
import type { DataSet } from '../data/dataSet.ts';
import { find } from '../data/shelf.ts';
import {
  discrete,
  logUniform,
  marchenkoPastur,
  pointMass,
  powerLaw,
  twoPoint,
  type Distribution,
} from '../math/distribution.ts';
import { empirical } from '../math/empirical.ts';
import { representatives } from './coordinates.ts';
import type { Sketch } from './model.ts';

export const spectrumParameters = {
  spectrum: choice({
    label: 'spectrum',
    symbol: 'λ',
    doc: 'Law of the eigenvalues of the population covariance of the features; mean 1 but for atoms.',
    group: 'problem',
    default: 'isotropic',
    options: {
      isotropic: 'isotropic',
      twoPoint: 'two-point',
      logUniform: 'log-uniform',
      powerLaw: 'power law',
      marchenkoPastur: 'Marchenko–Pastur',
      atoms: 'atoms',
    },
  }),
  condition: number({
    label: 'condition number',
    symbol: 'κ',
    doc: 'Largest eigenvalue over the smallest one.',
    group: 'problem',
    default: 10,
    min: 1,
    max: 1e4,
    scale: 'log',
    when: { key: 'spectrum', is: ['twoPoint', 'logUniform'] },
  }),
  exponent: number({
    label: 'exponent',
    symbol: 'a',
    doc: 'Eigenvalue of coordinate i is proportional to (i/d) to the power −a.',
    group: 'problem',
    default: 0.3,
    min: 0,
    max: 0.49,
    when: { key: 'spectrum', is: ['powerLaw'] },
  }),
  aspect: number({
    label: 'aspect ratio',
    symbol: 'c',
    doc: 'Dimension over sample count of the Wishart matrix with this spectrum.',
    group: 'problem',
    default: 0.5,
    min: 0.01,
    max: 1,
    when: { key: 'spectrum', is: ['marchenkoPastur'] },
  }),
  eigenvalues: atoms({
    label: 'eigenvalues',
    symbol: 'λ:w',
    doc: 'Eigenvalues and the share of coordinates that has each.',
    group: 'problem',
    default: '0.5:0.5,1.5:0.5',
    min: 0,
    max: 1e4,
    maxCount: 64,
    when: { key: 'spectrum', is: ['atoms'] },
  }),
};

type Stated = ConfigOf<typeof spectrumParameters>;

/** As stated, or for some models of a data set: see dataSpectrum.ts. */
export type SpectrumConfig = Omit<Stated, 'spectrum'> & {
  readonly spectrum: Stated['spectrum'] | 'data';
  readonly data?: FileReference;
};

/** The open data set that a config names. */
export function dataSetOf({ data }: SpectrumConfig): DataSet {
  const dataSet = find(data?.hash ?? '');
  if (!dataSet) throw new RangeError(`data = ${data?.name || 'no file'}: expected a file that is open`);
  return dataSet;
}

/** Law of the eigenvalues of the population covariance. */
export function spectrumOf(config: SpectrumConfig): Distribution {
  switch (config.spectrum) {
    case 'isotropic':
      return pointMass(1);
    case 'twoPoint':
      return twoPoint(config.condition);
    case 'logUniform':
      return logUniform(config.condition);
    case 'powerLaw':
      return powerLaw(config.exponent);
    case 'marchenkoPastur':
      return marchenkoPastur(config.aspect);
    case 'atoms':
      return discrete(config.eigenvalues);
    case 'data':
      return empirical(dataSetOf(config).eigenvalues);
  }
}

/** Ascending eigenvalues of `dimension` coordinates; those of continuous laws are scaled to mean exactly 1. */
export function eigenvaluesOf(config: SpectrumConfig, dimension: number): Float64Array {
  const spectrum = spectrumOf(config);
  const eigenvalue = representatives(spectrum, dimension);
  if (spectrum.atoms) return eigenvalue;
  const mean = eigenvalue.reduce((sum, value) => sum + value, 0) / dimension;
  return eigenvalue.map((value) => value / mean);
}

/** How many eigenvalues a sketch shows. */
const SKETCHED = 512;

/** The picture beside the choice of the spectrum. */
export function spectrumSketch(key: string, config: SpectrumConfig): Sketch | undefined {
  if (key !== 'spectrum') return undefined;
  if (config.spectrum === 'data' && !find(config.data?.hash ?? '')) return undefined;
  return { label: 'eigenvalues', values: eigenvaluesOf(config, SKETCHED) };
}
