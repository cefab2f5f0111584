/** Closed forms of theory as grey lines: levels and curves that a model's readouts give. */
import type { AnyModel, Readout, SolvedLimit } from '../../models/model.ts';
import type { Column } from './column.ts';
import { formatValue } from './format.ts';
import type { Recorded } from './pin.ts';
import type { Timeline } from './timeline.ts';

export interface Guide {
  /** "stability edge 2B/γ = 4.00" */
  readonly label: string;
  /** Height of a horizontal guide; undefined for others. */
  readonly level: number | undefined;
  /** Place of a vertical guide on the x axis; undefined for others. */
  readonly x: number | undefined;
  /** Along the timeline; all null for a vertical guide. */
  readonly values: Column;
  /** Dashed instead of dotted: a bound that theory proves. */
  readonly guaranteed: boolean;
}

/** Relative error below which theory is told of a limit that is still being refined. */
const GOOD = 0.05;

/** The model's main limit, once it has been solved to the horizon; `final`: nothing changes any more. */
export function solvedLimit({
  model,
  sources,
  saveAt,
}: Recorded): (SolvedLimit & { readonly final: boolean }) | undefined {
  const [main] = Object.keys(model.limits);
  const source = sources.find(({ kind, name }) => kind === 'limit' && name === main);
  if (!source || source.trajectory.length < saveAt.length) return undefined;
  const { trajectory, status, error } = source;
  const final = status === 'done';
  if (!final && !(status === 'running' && error < GOOD)) return undefined;
  return { final, t: trajectory.t, column: (observable) => trajectory.column(observable, 'q50') };
}

interface Known {
  /** Undefined where the limit was not solved. */
  readonly final: boolean | undefined;
  readonly readouts: ReturnType<AnyModel['readouts']>;
}

/** Readouts may search for roots: once per experiment, and again when its limit is solved well, and in the end. */
const cache = new WeakMap<Recorded, Known>();

function readoutsOf(experiment: Recorded): readonly Readout[] {
  const limit = solvedLimit(experiment);
  const known = cache.get(experiment);
  if (known && known.final === limit?.final) return known.readouts;
  let readouts: Known['readouts'] = [];
  try {
    readouts = experiment.model.readouts(experiment.config, limit);
  } catch {
    // What theory cannot take, the limit refuses too, and its failure is told with the reason.
  }
  cache.set(experiment, { final: limit?.final, readouts });
  return readouts;
}

const isOnAxis = (time: number, { log }: Timeline) => time < Infinity && (log ? time > 0 : time >= 0);

/** Guides on the chart of an observable; values that its axis cannot show are null, times that it cannot are left out. */
export function guidesOf(
  experiment: Recorded,
  observable: string,
  timeline: Timeline,
  log: boolean,
): Guide[] {
  const drawable = (value: number) => (Number.isFinite(value) && !(log && value <= 0) ? value : null);
  return readoutsOf(experiment)
    .filter((readout) => readout.observable === observable)
    .filter(({ level }) => typeof level !== 'object' || isOnAxis(level.time, timeline))
    .map(({ label, level, guaranteed = false }) => {
      const upright = typeof level === 'object';
      const at = typeof level === 'function' ? level : () => (upright ? NaN : level);
      const value = upright ? level.time : level;
      return {
        label: typeof value === 'number' ? `${label} = ${formatValue(value)}` : label,
        level: typeof level === 'number' ? level : undefined,
        x: upright ? level.time * timeline.scale : undefined,
        values: timeline.x.map((x) => drawable(at(x / timeline.scale))),
        guaranteed,
      };
    });
}
