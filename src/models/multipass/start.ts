/** Weights and teacher at t = 0, with mean products exactly as stated. */
import { defaultsOf } from '../../config/parameter.ts';
import { studentsOf, teachersOf, type StartConfig, type StartMoments } from '../multiIndex/start.ts';
import { spectrumParameters } from '../spectrum.ts';
import { networkOf } from './architecture.ts';
import type { MultipassConfig } from './parameters.ts';

function startOf(config: MultipassConfig): [StartConfig, StartMoments] {
  const { dimension, seed } = config;
  const { students, teachers, moments } = networkOf(config);
  return [
    { ...defaultsOf(spectrumParameters), dimension, seed },
    { students, teachers, matrices: [moments] },
  ];
}

/** θ*, vector after vector, the same for all runs: their samples differ. Length K*·d. */
export function teacherOf(config: MultipassConfig): Float64Array {
  return teachersOf(...startOf(config));
}

/** θ(0) of a run, vector after vector. Length K·d. */
export function initialWeights(config: MultipassConfig, run: number): Float64Array {
  return studentsOf(...startOf(config), run);
}

/** The vectors of length d that lie one after the other. */
export function unitsOf(vectors: Float64Array, dimension: number): Float64Array[] {
  const count = vectors.length / dimension;
  return Array.from({ length: count }, (_, k) => vectors.subarray(k * dimension, (k + 1) * dimension));
}
