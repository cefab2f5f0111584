/** Closed forms of theory as grey lines: levels and curves that a model's readouts give. */
import type { AnyModel, Readout, SolvedLimit } from '../../models/model.ts';
import type { Column } from './column.ts';
import { formatValue } from './format.ts';
import type { Recorded } from './pin.ts';
import type { Timeline } from './timeline.ts';

export interface Guide {
  /** "stability edge 2B/γ = 4.00" */
  readonly label: string;
  /** Height of a horizontal guide; undefined for curves. */
  readonly level: number | undefined;
  /** Along the timeline. */
  readonly values: Column;
  /** Dashed instead of dotted: a bound that theory proves. */
  readonly guaranteed: boolean;
}

/** The model's main limit, once it has been solved to the horizon. */
export function solvedLimit({ model, sources, saveAt }: Recorded): SolvedLimit | undefined {
  const [main] = Object.keys(model.limits);
  const source = sources.find(({ kind, name }) => kind === 'limit' && name === main);
  if (source?.status !== 'done' || source.trajectory.length < saveAt.length) return undefined;
  const { trajectory } = source;
  return { t: trajectory.t, column: (observable) => trajectory.column(observable, 'q50') };
}

interface Known {
  readonly solved: boolean;
  readonly readouts: ReturnType<AnyModel['readouts']>;
}

/** Readouts may search for roots: once per experiment, and once more when its limit is solved. */
const cache = new WeakMap<Recorded, Known>();

function readoutsOf(experiment: Recorded): readonly Readout[] {
  const limit = solvedLimit(experiment);
  const known = cache.get(experiment);
  if (known && known.solved === (limit !== undefined)) return known.readouts;
  let readouts: Known['readouts'] = [];
  try {
    readouts = experiment.model.readouts(experiment.config, limit);
  } catch {
    // What theory cannot take, the limit refuses too, and its failure is told with the reason.
  }
  cache.set(experiment, { solved: limit !== undefined, readouts });
  return readouts;
}

/** Guides on the chart of an observable; values that its axis cannot show are null. */
export function guidesOf(
  experiment: Recorded,
  observable: string,
  timeline: Timeline,
  log: boolean,
): Guide[] {
  const drawable = (value: number) => (Number.isFinite(value) && !(log && value <= 0) ? value : null);
  return readoutsOf(experiment)
    .filter((readout) => readout.observable === observable)
    .map(({ label, level, guaranteed = false }) => {
      const height = typeof level === 'object' ? NaN : level;
      const at = typeof height === 'function' ? height : () => height;
      return {
        label: typeof level === 'number' ? `${label} = ${formatValue(level)}` : label,
        level: typeof level === 'number' ? level : undefined,
        values: timeline.x.map((x) => drawable(at(x / timeline.scale))),
        guaranteed,
      };
    });
}
