/** Closed forms of theory as grey lines: levels and curves that a model's readouts give. */
import type { AnyModel, Readout, SolvedLimit } from '../../models/model.ts';
import type { Column } from './column.ts';
import { formatValue } from './format.ts';
import type { Recorded } from './pin.ts';
import type { Range } from './range.ts';
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
function solvedLimit({ model, sources, saveAt }: Recorded): SolvedLimit | undefined {
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
  const readouts = experiment.model.readouts(experiment.config, limit);
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
      const at = typeof level === 'function' ? level : () => level;
      return {
        label: typeof level === 'number' ? `${label} = ${formatValue(level)}` : label,
        level: typeof level === 'number' ? level : undefined,
        values: timeline.x.map((x) => drawable(at(x / timeline.scale))),
        guaranteed,
      };
    });
}

/** Where a guide's label stands: at a point of the line, or at the border that a level lies beyond. */
export interface Anchor {
  readonly text: string;
  readonly place: 'line' | 'top' | 'bottom';
  readonly x: number;
  readonly y: number;
  /** Which end of the text is at x: words stand over a falling line and before a rising one. */
  readonly align: 'start' | 'end';
}

/** Undefined for a curve that lies outside the chart. */
export function anchorOf(
  { label, level, values }: Guide,
  { x, range }: Timeline,
  y: Range,
): Anchor | undefined {
  const inside = values.flatMap((value, i) =>
    value !== null && value >= y.min && value <= y.max && x[i]! >= range.min && x[i]! <= range.max ? [i] : [],
  );
  if (level !== undefined) {
    const place = inside.length > 0 ? 'line' : level > y.max ? 'top' : 'bottom';
    const arrow = { line: '', top: '↑ ', bottom: '↓ ' }[place];
    return { text: arrow + label, place, x: range.max, y: level, align: 'end' };
  }
  const at = inside[Math.floor(inside.length * 0.6)];
  if (at === undefined) return undefined;
  const align = values[inside[0]!]! >= values[inside.at(-1)!]! ? 'start' : 'end';
  return { text: label, place: 'line', x: x[at]!, y: values[at]!, align };
}
