/** Parameters that multi-index models share beside those of every streaming model. */
import { number } from '../../config/parameter.ts';
import * as shared from '../shared.ts';
import type { StartConfig } from './start.ts';

/** Bounded gradients allow steps that would blow up any other loss. */
export const stepSize = number({ ...shared.stepSize, max: 100 });

export const ridge = number({
  label: 'ridge',
  symbol: 'δ',
  doc: 'Weight decay: every step shrinks the student by γδ/d.',
  group: 'algorithm',
  default: 0,
  min: 0,
  max: 10,
});

/** What the processes of every multi-index model read. */
export type MultiIndexConfig = StartConfig & {
  readonly stepSize: number;
  readonly batchSize: number;
  readonly labelNoise: number;
  readonly ridge: number;
  readonly dt: number;
};
