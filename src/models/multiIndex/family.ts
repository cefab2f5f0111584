/** What sets one model of the family apart from another. */
import type { MultiIndexConfig } from './parameters.ts';
import type { Problem } from './problem.ts';

export interface Family {
  problemOf(config: MultiIndexConfig): Problem;
  /** Students and teachers at most: what the statistics have names for. */
  readonly columns: number;
  /** Precision of a risk that decays, relative to its start. */
  readonly floor: number;
}
