/** The laws at one time as data: a panel for each group of coordinates; nothing about pixels. */
import type { LawRecord } from '../../engine/lawRecord.ts';
import type { AnyModel } from '../../models/model.ts';
import { formatValue } from '../charts/format.ts';
import type { Styled } from '../charts/palette.ts';
import { linearRange, type Range } from '../charts/range.ts';

/** Bars of a process, or the line of the limit. */
export interface Shape extends Styled {
  readonly label: string;
  /** By bin. */
  readonly density: Float64Array;
}

export interface Bars extends Shape {
  /** Coordinates counted. */
  readonly total: number;
  /** Share of them beyond the bins. */
  readonly outside: number;
  /** Kolmogorov's distance to the limit: the largest difference of the distribution functions; NaN without one. */
  readonly distance: number;
}

export interface Panel {
  readonly label: string;
  /** "β" */
  readonly symbol: string;
  /** Ends of the bins. */
  readonly low: number;
  readonly high: number;
  readonly bars: readonly Bars[];
  readonly limit: Shape | undefined;
  /** Axes; y is positive on a log axis. */
  readonly x: Range;
  readonly y: Range;
  readonly log: boolean;
  /** What the curves alone do not say; empty where they do. */
  readonly note: string;
}

export interface PanelView {
  /** The x axis holds the bins of all times instead of those of this one. */
  readonly whole: boolean;
  readonly logDensity: boolean;
}

/** Number of the bin that holds all but a thousandth of the mass; −1 where none does. */
export function pointOf(density: Float64Array, width: number): number {
  return density.findIndex((value) => value * width > 0.999);
}

function densityOf(mass: ArrayLike<number>, total: number, width: number): Float64Array {
  return Float64Array.from({ length: mass.length - 2 }, (_, k) => mass[k + 1]! / (total * width));
}

function distanceOf(counts: Uint32Array, total: number, mass: Float64Array): number {
  let [sum, distance] = [0, 0];
  counts.forEach((count, k) => {
    sum += count / total - mass[k]!;
    distance = Math.max(distance, Math.abs(sum));
  });
  return distance;
}

/** Ends of the bins of a group over all times. */
function wholeRange({ ranges, groups, times }: LawRecord, group: number): Range {
  const n = groups.length;
  let [min, max] = [Infinity, -Infinity];
  for (let row = 0; row < times.length; row++) {
    min = Math.min(min, ranges[2 * (row * n + group)]!);
    max = Math.max(max, ranges[2 * (row * n + group) + 1]!);
  }
  return { min, max };
}

function noteOf({ bars, limit, low, high }: Omit<Panel, 'note'>, symbol: string, width: number): string {
  const counted = bars.filter(({ total }) => total > 0);
  if (bars.length > 0 && counted.length === 0)
    return 'no coordinate of this class, or every run has diverged';
  const shapes = limit ? [limit] : counted;
  if (shapes.length > 0 && shapes.every(({ density }) => pointOf(density, width) >= 0)) {
    const place = 0.5 * (low + high);
    return `all at ${symbol} = ${formatValue(Math.abs(place) < width ? 0 : place)}`;
  }
  const away = counted.filter(({ outside }) => outside > 0.02);
  const notes = away.map(({ label, outside }) => `${label}: ${formatValue(100 * outside, 2)} % outside`);
  return (limit ? notes : ['no limit at this time', ...notes]).join(', ');
}

/** One panel per group at time number `row`. */
export function panelsOf(model: AnyModel, record: LawRecord, row: number, view: PanelView): Panel[] {
  const { groups, bins, ranges, quantity } = record;
  const n = groups.length;
  const [limitName] = Object.keys(model.limits);
  return groups.map((label, group) => {
    const low = ranges[2 * (row * n + group)]!;
    const high = ranges[2 * (row * n + group) + 1]!;
    const width = (high - low) / bins;
    const law = record.laws[row]?.[group];
    const bars = Object.entries(model.processes).flatMap(([name, process], index): Bars[] => {
      const counts = record.counts[name]![row]?.subarray(group * (bins + 2), (group + 1) * (bins + 2));
      if (!counts) return [];
      const total = counts.reduce((sum, each) => sum + each, 0);
      return [
        {
          kind: 'process',
          index,
          pin: -1,
          label: process.label,
          density: densityOf(counts, Math.max(total, 1), width),
          total,
          outside: (counts[0]! + counts[bins + 1]!) / Math.max(total, 1),
          distance: law && total > 0 ? distanceOf(counts, total, law.mass) : NaN,
        },
      ];
    });
    const limit: Shape | undefined = law && {
      kind: 'limit',
      index: 0,
      pin: -1,
      label: model.limits[limitName!]!.label,
      density: densityOf(law.mass, 1, width),
    };
    const largest = [...bars, ...(limit ? [limit] : [])].reduce(
      (max, { density }) => density.reduce((a, b) => Math.max(a, b), max),
      0,
    );
    const count = Math.max(...bars.map(({ total }) => total), 1e3);
    // Half a coordinate in a bin.
    const y = view.logDensity
      ? { min: 0.5 / (count * width), max: 2 * (largest || 1) }
      : linearRange({ min: 0, max: largest || 1 });
    const x = view.whole ? wholeRange(record, group) : { min: low, max: high };
    const { symbol } = quantity;
    const panel = { label, symbol, low, high, bars, limit, x, y, log: view.logDensity };
    return { ...panel, note: noteOf(panel, symbol, width) };
  });
}

/** Last time that every process has counted, as long as one of its runs is finite; −1 before the first. */
export function liveRow({ counts }: Pick<LawRecord, 'counts'>): number {
  const ends = Object.values(counts)
    .filter((rows) => rows.some((row) => row !== undefined))
    .map((rows) => {
      const finite = rows.findLastIndex((row) => row?.some((count) => count > 0));
      // A process whose runs have all diverged holds the others back no longer than it lasted.
      const over = rows.findLastIndex((row) => row !== undefined) > finite;
      return { finite, over };
    });
  if (ends.length === 0) return -1;
  const running = ends.filter(({ over }) => !over).map(({ finite }) => finite);
  return running.length > 0 ? Math.min(...running) : Math.max(...ends.map(({ finite }) => finite));
}

/** Number of the recorded time nearest to t. */
export function nearestRow({ times }: LawRecord, t: number): number {
  let best = 0;
  times.forEach((time, row) => {
    if (Math.abs(time - t) < Math.abs(times[best]! - t)) best = row;
  });
  return best;
}

/** What a panel shows, in a sentence for screen readers. */
export function panelText({ label, symbol, low, high, bars, note }: Panel): string {
  const distances = bars
    .filter(({ distance }) => distance >= 0)
    .map((each) => `${each.label} ${formatValue(each.distance, 2)}`);
  const parts = [
    `${label}: law of ${symbol}, bins from ${formatValue(low)} to ${formatValue(high)}`,
    ...(distances.length > 0 ? [`distance to the limit ${distances.join(', ')}`] : []),
    ...(note ? [note] : []),
  ];
  return `${parts.join('; ')}.`;
}
