/** One chart as data: curves on the shared timeline, ranges, guides and divergences; nothing about pixels. */
import type { Source } from '../../engine/experiment.ts';
import { precisionOf, resolved } from '../../engine/precision.ts';
import { lastPosition, placed, type Column } from './column.ts';
import { guidesOf, type Guide } from './guides.ts';
import type { Styled } from './palette.ts';
import type { Pin, Recorded } from './pin.ts';
import { linearRange, logRange, type Range } from './range.ts';
import { errorBand, spreadsOf, type Spread } from './spreads.ts';
import { styledOf } from './styled.ts';
import type { Timeline } from './timeline.ts';

export interface Band {
  readonly low: Column;
  readonly high: Column;
  /** 10 % and 90 % quantiles of runs; the limit ∓ 2 standard errors. */
  readonly of: 'runs' | 'error';
}

export interface Curve extends Styled {
  /** Unique within a chart and stable while the experiment runs. */
  readonly id: string;
  readonly label: string;
  /** Number of runs behind the median. */
  readonly runCount: number;
  /** Median over runs; the value itself for limits. */
  readonly values: Column;
  /** Cut to the range of the chart; undefined where there is none, as for a single run. */
  readonly band: Band | undefined;
  /** Single runs, where they are asked for. */
  readonly runs: readonly Column[];
  /** Position of the last value of a curve that ends because it diverged. */
  readonly stop: number | undefined;
  /** Position of the last value of a curve that falls below the precision of its process. */
  readonly sunk: number | undefined;
}

/** When and what diverged, for a vertical line. */
export interface Divergence extends Styled {
  readonly x: number;
  readonly label: string;
  /** For a narrow chart. */
  readonly short: string;
}

export interface Scene {
  readonly observable: string;
  /** "population risk R" */
  readonly title: string;
  readonly timeline: Timeline;
  readonly y: { readonly range: Range; readonly log: boolean };
  /** In drawing order: pins, processes, limits. */
  readonly curves: readonly Curve[];
  readonly spreads: readonly Spread[];
  readonly guides: readonly Guide[];
  readonly divergences: readonly Divergence[];
  /** What an empty chart says in its middle; undefined as soon as there is a value. */
  readonly notice: string | undefined;
  /** Why the observable has no meaning here, in one sentence; undefined where it has. */
  readonly absent: string | undefined;
}

export interface SceneView {
  readonly linearY: boolean;
  readonly singleRuns: boolean;
}

/** More faint lines than this are a smear. */
const maxRuns = 32;

/** Time as messages give it. */
const clockTime = (t: number) => Number(t.toPrecision(3));

function divergenceLabel({ label, kind, blowUp, trajectory }: Source): string {
  const t = `t = ${clockTime(blowUp!.t)}`;
  if (kind === 'limit') return `${label} ends at ${t}`;
  if (trajectory.runs === 1) return `${label} diverged at ${t}`;
  return `${label}: ${blowUp!.runs} of ${trajectory.runs} runs diverged, the first at ${t}`;
}

/** "SGD 16/16 from 0.156", "limit ends 0.173" */
function shortLabel({ label, kind, blowUp, trajectory }: Source): string {
  const t = clockTime(blowUp!.t);
  return kind === 'limit' ? `${label} ends ${t}` : `${label} ${blowUp!.runs}/${trajectory.runs} from ${t}`;
}

/** Band edges where the curve is known: an edge without a value lies at the border of the chart. */
function cutBand({ low, high, of }: Band, values: Column, { min, max }: Range): Band {
  const cut = (value: number) => Math.min(Math.max(value, min), max);
  const edge = (column: Column, border: number) =>
    values.map((value, i) => (value === null ? null : cut(column[i] ?? border)));
  return { low: edge(low, min), high: edge(high, max), of };
}

function curveOf(
  source: Source,
  { model }: Recorded,
  pin: { readonly index: number; readonly id: number } | undefined,
  observable: string,
  timeline: Timeline,
  log: boolean,
  singleRuns: boolean,
): Curve {
  const { trajectory, kind, name, label, blowUp, status } = source;
  const positions = timeline.positions.get(trajectory) ?? new Int32Array();
  const column = (values: Float64Array) => placed(values, positions, timeline.x.length, log);
  const precision = precisionOf(model, source, observable);
  const cut = (values: Float64Array) => column(values.subarray(0, resolved(values, precision)));
  const raised = (values: Float64Array) =>
    column(precision > 0 ? values.map((value) => Math.max(value, precision)) : values);
  const medians = trajectory.column(observable, 'q50');
  const median = cut(medians);
  const sunk = resolved(medians, precision) < medians.length;
  const banded = trajectory.runs > 1 && pin === undefined;
  const end = lastPosition(median);
  const error = pin === undefined && kind === 'limit' && errorBand(source, observable, timeline, log);
  const latest = positions[trajectory.length - 1] ?? -1;
  const ended =
    !sunk && blowUp !== undefined && end >= 0 && (end < latest || (kind === 'limit' && status === 'done'));
  return {
    id: `${pin?.id ?? ''}:${kind}:${name}`,
    label,
    ...styledOf(model, kind, name, pin?.index),
    runCount: trajectory.runs,
    values: median,
    band: banded
      ? {
          low: raised(trajectory.column(observable, 'q10')),
          high: column(trajectory.column(observable, 'q90')),
          of: 'runs',
        }
      : error
        ? { ...error, of: 'error' }
        : undefined,
    runs:
      singleRuns && banded
        ? Array.from({ length: Math.min(trajectory.runs, maxRuns) }, (_, run) =>
            cut(trajectory.run(observable, run)),
          )
        : [],
    stop: ended ? end : undefined,
    sunk: sunk && end >= 0 ? end : undefined,
  };
}

/** What all of it needs; a lower edge that theory draws is let go below a log axis. */
function extentOf(curves: readonly Curve[], spreads: readonly Spread[], log: boolean): Range | undefined {
  let min = Infinity;
  let max = -Infinity;
  const columns = [
    ...curves.map(({ values, band, runs }) => [
      values,
      ...(band ? [band.high] : []),
      ...(band && !(log && band.of === 'error') ? [band.low] : []),
      ...runs,
    ]),
    ...spreads.map(({ low, high }) => (log ? [high] : [low, high])),
  ];
  for (const each of columns) {
    for (const column of each) {
      for (const value of column) {
        if (value === null) continue;
        if (value < min) min = value;
        if (value > max) max = value;
      }
    }
  }
  return min <= max ? { min, max } : undefined;
}

/** Processes, then limits, which are drawn over them. */
function ordered(sources: readonly Source[]): Source[] {
  const of = (kind: Source['kind']) => sources.filter((source) => source.kind === kind);
  return [...of('process'), ...of('limit')];
}

function noticeOf({ sources }: Recorded, log: boolean): string {
  if (!sources.every(({ status }) => status === 'done' || status === 'failed'))
    return 'waiting for the first values';
  return log ? 'no positive value to draw on a logarithmic axis' : 'no value to draw';
}

/** The chart of one observable: the present experiment, with pins of the same model behind it. */
export function sceneOf(
  experiment: Recorded,
  pins: readonly Pin[],
  observable: string,
  timeline: Timeline,
  view: SceneView,
): Scene {
  const { model, config } = experiment;
  const { label, symbol, scale, absent } = model.observables[observable]!;
  const log = scale === 'log' && !view.linearY;
  const curves: Curve[] = [];
  const add = (shown: Recorded, pin?: { index: number; id: number }) => {
    const sources = shown.sources.filter(({ trajectory }) => trajectory.observables.includes(observable));
    for (const source of ordered(sources)) {
      curves.push(curveOf(source, shown, pin, observable, timeline, log, view.singleRuns));
    }
  };
  pins.forEach((pin, index) => add(pin.experiment, { index, id: pin.id }));
  add(experiment);
  const guides = guidesOf(experiment, observable, timeline, log);
  const levels = guides.flatMap(({ level }) => level ?? []);
  const spreads = spreadsOf(experiment, observable, timeline, log);
  const known = extentOf(curves, spreads, log);
  const extent = known ?? { min: 0.1, max: 1 };
  const range = log ? logRange(extent, levels) : linearRange(extent, levels);
  const reason = absent?.(config);
  return {
    observable,
    title: label === symbol ? label : `${label} ${symbol}`,
    timeline,
    y: { range, log },
    curves: curves.map((curve) => ({
      ...curve,
      band: curve.band && cutBand(curve.band, curve.values, range),
    })),
    spreads,
    guides,
    divergences: ordered(experiment.sources)
      .filter(({ blowUp }) => blowUp !== undefined)
      .map((source) => ({
        ...styledOf(model, source.kind, source.name),
        x: source.blowUp!.t * timeline.scale,
        label: divergenceLabel(source),
        short: shortLabel(source),
      })),
    notice: known ? undefined : noticeOf(experiment, log),
    absent: reason === undefined ? undefined : `${label}: ${reason}`,
  };
}
