/** What the charts draw: the present experiment, and earlier ones that the user keeps. */
import type { Experiment } from '../../engine/experiment.ts';

/** The part of an experiment that charts read; its trajectories grow while it runs. */
export type Recorded = Pick<Experiment, 'model' | 'config' | 'saveAt' | 'sources'>;

/** A kept experiment, drawn faded and dashed until it is removed. */
export interface Pin {
  readonly id: number;
  /** What differs from the present experiment: "γ = 0.3". */
  readonly label: string;
  readonly experiment: Recorded;
}
