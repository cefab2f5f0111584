/** WGSL that counts coordinates: loaded when a law is asked for. */
import histogram from '../../../shaders/lib/histogram.wgsl?raw';
import sdeCoordinate from '../../../shaders/dln/sdeCoordinate.wgsl?raw';
import sgdCoordinate from '../../../shaders/dln/sgdCoordinate.wgsl?raw';
import type { ShaderModule } from '../model.ts';
import { problem } from './wgsl.ts';

/** Counts the quantity that `coordinate` in this module gives. */
function counting(name: string, code: string): readonly ShaderModule[] {
  return [...problem, { name, code }, { name: 'lib/histogram.wgsl', code: histogram }];
}

export const sgdCounting = counting('dln/sgdCoordinate.wgsl', sgdCoordinate);
export const sdeCounting = counting('dln/sdeCoordinate.wgsl', sdeCoordinate);
