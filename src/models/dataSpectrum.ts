/** Real features: the spectrum of a data set, and its samples for SGD, in models that take them. */
import { choice, file, type AnyConfig } from '../config/parameter.ts';
import type { DataSet } from '../data/dataSet.ts';
import { find } from '../data/shelf.ts';
import { fillNormals } from '../math/normal.ts';
import { streams, threefry } from '../math/threefry.ts';
import { dataSetOf, eigenvaluesOf, spectrumParameters, type SpectrumConfig } from './spectrum.ts';

const when = { key: 'spectrum', is: ['data'] };

/** `spectrumParameters` with the covariance of a file as one more choice. */
export const dataSpectrumParameters = {
  ...spectrumParameters,
  spectrum: choice({
    ...spectrumParameters.spectrum,
    options: { ...spectrumParameters.spectrum.options, data: 'a data file' },
  }),
  data: file({
    label: 'data file',
    doc: 'CSV or NPY, rows are samples: their standardised features have this spectrum. The file stays in the browser.',
    group: 'problem',
    when,
  }),
  features: choice({
    label: 'features',
    symbol: 'x',
    doc: 'What SGD draws: samples of the file, with replacement, or Gaussian ones of the same covariance.',
    group: 'problem',
    default: 'samples',
    options: { samples: 'samples of the file', gaussian: 'Gaussian' },
    when,
  }),
};

export type DataConfig = SpectrumConfig & {
  readonly features?: 'samples' | 'gaussian';
  readonly dimension: number;
  readonly seed: number;
};

/** Whether SGD streams the samples of a file. */
export function streamsSamples({ spectrum, features }: DataConfig): boolean {
  return spectrum === 'data' && features === 'samples';
}

/** The refusal of kernels that draw all features themselves: the file is with the oracle. */
export function withoutSamples(config: DataConfig): string | undefined {
  return streamsSamples(config) ? 'Samples of a file are streamed by the CPU engine alone.' : undefined;
}

/** Why a config cannot have the spectrum or the samples of its data file; undefined where it can. */
export function dataProblem(config: DataConfig): string | undefined {
  if (config.spectrum !== 'data') return undefined;
  const name = config.data?.name ?? '';
  const dataSet = find(config.data?.hash ?? '');
  if (name === '') return 'data: expected a CSV or NPY file of features, which has not been chosen yet';
  if (!dataSet)
    return `data = ${name}: expected this very file to be opened here; a link carries only its name`;
  if (!streamsSamples(config) || config.dimension === dataSet.dimension) return undefined;
  return `dimension = ${config.dimension}: expected ${dataSet.dimension}, the number of features of ${name} that vary`;
}

/** What a config takes over from a data set that has been opened. */
export function openedValues({ name, hash, dimension }: DataSet): AnyConfig {
  return { spectrum: 'data', data: { name, hash }, dimension };
}

/** Fills x with sample number `sample` of a step: variance λ_i in coordinate i. */
export type Draw = (x: Float64Array, step: number, sample: number) => void;

const words = new Uint32Array(4);

/** Draws of one run: Gaussian with the eigenvalues of the spectrum, or samples of the file with replacement. */
export function drawsOf(config: DataConfig, run: number): Draw {
  const { dimension, seed } = config;
  if (streamsSamples(config)) {
    const { rows, samples } = dataSetOf(config);
    return (x, step, sample) => {
      threefry(words, 0, step, run, streams.rows, seed, 0, sample, 0);
      const row = Math.floor((words[0]! / 2 ** 32) * samples);
      x.set(rows.subarray(row * dimension, (row + 1) * dimension));
    };
  }
  const root = eigenvaluesOf(config, dimension).map(Math.sqrt);
  return (x, step, sample) => {
    fillNormals(x, dimension, seed, streams.features, step, run, sample);
    for (let i = 0; i < dimension; i++) x[i]! *= root[i]!;
  };
}
