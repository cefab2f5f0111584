/** Weights and teacher at t = 0, with mean squares and mean product exactly as stated. */
import { defaultsOf } from '../../config/parameter.ts';
import { studentsOf, teachersOf, type StartConfig, type StartMoments } from '../multiIndex/start.ts';
import { spectrumParameters } from '../spectrum.ts';
import type { MultipassConfig } from './parameters.ts';

function startOf(config: MultipassConfig): [StartConfig, StartMoments] {
  const { dimension, seed, initNorm, initOverlap, teacherNorm } = config;
  const matrix = Float64Array.of(initNorm, initOverlap, initOverlap, teacherNorm);
  return [
    { ...defaultsOf(spectrumParameters), dimension, seed },
    { students: 1, teachers: 1, matrices: [matrix] },
  ];
}

/** θ*, the same for all runs: their samples differ. */
export function teacherOf(config: MultipassConfig): Float64Array {
  return teachersOf(...startOf(config));
}

/** θ(0) of a run. */
export function initialWeights(config: MultipassConfig, run: number): Float64Array {
  return studentsOf(...startOf(config), run);
}
