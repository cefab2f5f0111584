/** Guides on the charts (theory: multi-index models, section 1). */
import type { Readout } from '../model.ts';
import { stationaryGuides } from '../multiIndex/guides.ts';
import type { CommitteeConfig } from './parameters.ts';
import { problemOf } from './problem.ts';

/** One student and one teacher have a stationary state in closed form up to two numbers; larger committees have none. */
export function readouts(config: CommitteeConfig): Readout[] {
  return stationaryGuides(problemOf(config));
}
