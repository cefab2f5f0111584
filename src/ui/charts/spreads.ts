/** Widths that theory gives to curves: where it expects single runs of a process, and how well a limit is known. */
import type { Source } from '../../engine/experiment.ts';
import { placed, type Column } from './column.ts';
import type { Styled } from './palette.ts';
import type { Recorded } from './pin.ts';
import { styledOf } from './styled.ts';
import type { Timeline } from './timeline.ts';

/** Half the width of what is drawn, in standard deviations or errors. */
export const REACH = 2;

/** Two lines between which theory expects about 95 % of the runs of a process. */
export interface Spread extends Styled {
  /** Unique within a chart. */
  readonly id: string;
  /** "SGD" */
  readonly label: string;
  /** Limit ∓ 2 standard deviations; null where the axis cannot show it. */
  readonly low: Column;
  readonly high: Column;
  /** Standard deviation of one run, as theory says. */
  readonly predicted: Column;
  /** Standard deviation over the runs; undefined where the process is not there or has one run. */
  readonly measured: Column | undefined;
}

/** The values ∓ 2 deviations, on the timeline. */
function edges(
  values: Float64Array,
  deviation: Float64Array,
  column: (values: Float64Array) => Column,
): { low: Column; high: Column } {
  const shifted = (by: number) => column(values.map((value, i) => value + by * deviation[i]!));
  return { low: shifted(-REACH), high: shifted(REACH) };
}

function columnOf({ trajectory }: Source, timeline: Timeline, log: boolean) {
  const positions = timeline.positions.get(trajectory) ?? new Int32Array();
  return (values: Float64Array) => placed(values, positions, timeline.x.length, log);
}

/** The band ∓ 2 standard errors around a limit; undefined where its model gives none, or knows it exactly. */
export function errorBand(
  source: Source,
  observable: string,
  timeline: Timeline,
  log: boolean,
): { low: Column; high: Column } | undefined {
  const { trajectory } = source;
  const error = trajectory.deviation('limit', observable);
  if (!error || error.every((value) => value === 0)) return undefined;
  // Where no error is known the band has no width.
  const known = error.map((value) => value || 0);
  return edges(trajectory.column(observable, 'q50'), known, columnOf(source, timeline, log));
}

/** Spreads of an observable, one per process and limit that predicts its width. */
export function spreadsOf(
  { model, sources }: Recorded,
  observable: string,
  timeline: Timeline,
  log: boolean,
): Spread[] {
  return sources.flatMap((source) => {
    const { kind, name, trajectory } = source;
    if (kind !== 'limit' || !trajectory.observables.includes(observable)) return [];
    return Object.entries(model.processes).flatMap(([process, { label }]): Spread[] => {
      const deviation = trajectory.deviation(process, observable);
      if (!deviation) return [];
      const simulated = sources.find((each) => each.kind === 'process' && each.name === process);
      const sd = simulated && simulated.trajectory.runs > 1 && simulated.trajectory.column(observable, 'sd');
      return [
        {
          ...styledOf(model, 'process', process),
          id: `${name}:${process}`,
          label,
          ...edges(trajectory.column(observable, 'q50'), deviation, columnOf(source, timeline, log)),
          predicted: columnOf(source, timeline, false)(deviation),
          measured: sd ? columnOf(simulated, timeline, false)(sd) : undefined,
        },
      ];
    });
  });
}
