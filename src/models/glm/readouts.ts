/** Guides on the charts (theory: multi-index models, sections 1 and 3). */
import type { Readout } from '../model.ts';
import { saddleGuides, separableGuides, stationaryGuides } from '../multiIndex/guides.ts';
import type { ObservableName } from './observables.ts';
import type { GlmConfig } from './parameters.ts';
import { problemOf } from './problem.ts';

export function readouts(config: GlmConfig): Readout<ObservableName>[] {
  const problem = problemOf(config);
  const guides = stationaryGuides(problem);
  if (config.loss === 'phaseRetrieval') guides.push(...saddleGuides(problem, config.dimension));
  if (config.loss === 'logisticSign') guides.push(...separableGuides(problem));
  return guides;
}
