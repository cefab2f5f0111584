/** How uPlot is set up: our own ranges, ticks, formats and strokes, none of its legend and mouse handling. */
import type uPlot from 'uplot';
import { lastPosition, nearestKnown } from './column.ts';
import { drawAbove, drawBelow } from './drawing.ts';
import { formatTicks } from './format.ts';
import { colourOf, dashOf, opacity, type Ink, widthOf } from './palette.ts';
import type { Curve, Scene } from './scene.ts';
import { ticksOf, type Axis, type Ticks } from './ticks.ts';
import { unitLabels } from './timeline.ts';

/** What is drawn next; callbacks read it, so that new data or a new theme need no new plot. */
export interface Canvas {
  scene: Scene;
  ink: Ink;
}

/** Two scenes with the same key differ in values alone: one uPlot instance can draw both. */
export function structureOf({ scene, ink }: Canvas): string {
  const { timeline, y, curves } = scene;
  const lines = curves.map((curve) => [curve.id, curve.kind, curve.index, curve.pin].join());
  return [timeline.unit, timeline.log, y.log, ink.fontSize, ink.family, ink.stroke, ...lines].join('|');
}

/** The columns as uPlot takes them. */
export function dataOf({ timeline, curves }: Scene): uPlot.AlignedData {
  return [timeline.x as number[], ...curves.map(({ values }) => values as (number | null)[])];
}

const ignored: uPlot.Cursor.MouseListenerFactory = () => () => null;

function axisOf(canvas: Canvas, which: (scene: Scene) => Axis, room: number): uPlot.Axis {
  const { fontSize, family } = canvas.ink;
  let ticks: Ticks = { major: [], minor: [] };
  const major = new Set<number>();
  return {
    stroke: () => canvas.ink.muted,
    font: `${fontSize}px ${family}`,
    labelFont: `${fontSize}px ${family}`,
    grid: {
      stroke: () => canvas.ink.line,
      width: 1,
      filter: (_, splits) => splits.map((value) => (major.has(value) ? value : null)),
    },
    ticks: { stroke: () => canvas.ink.line, width: 1, size: 4 },
    filter: (_, splits) => splits,
    splits: (plot, axis) => {
      const length = (axis === 0 ? plot.bbox.width : plot.bbox.height) / devicePixelRatio;
      ticks = ticksOf(which(canvas.scene), length / (fontSize * room));
      major.clear();
      for (const value of ticks.major) major.add(value);
      return [...ticks.major, ...ticks.minor].sort((a, b) => a - b);
    },
    values: (_, splits) => {
      const labels = formatTicks(ticks.major);
      return splits.map((value) => (major.has(value) ? labels[ticks.major.indexOf(value)]! : ''));
    },
  };
}

function seriesOf(canvas: Canvas, curve: Curve): uPlot.Series {
  return {
    label: curve.label,
    stroke: () => colourOf(curve, canvas.ink),
    width: widthOf(curve) * canvas.ink.stroke,
    dash: [...dashOf(curve)],
    alpha: curve.pin >= 0 ? opacity.pin : 1,
    // Whole pixels would turn slow curves into stairs.
    pxAlign: 0,
    // Nulls are other curves' times; a curve that stops has nulls to its end, which are not spanned.
    spanGaps: true,
    points: {
      // A curve of one point would be invisible as a line.
      show: (plot, i) => lastPosition(plot.data[i] as (number | null)[]) === 0,
      size: 4,
      fill: () => colourOf(curve, canvas.ink),
    },
  };
}

/** Options of a uPlot of this size in CSS pixels that draws `canvas` as it stands at each redraw. */
export function plotOptions(canvas: Canvas, width: number, height: number): uPlot.Options {
  const { scene, ink } = canvas;
  const em = ink.fontSize;
  const range = (which: (scene: Scene) => Axis) => (): [number, number] => {
    const { min, max } = which(canvas.scene).range;
    return [min, max];
  };
  const x = (shown: Scene) => shown.timeline;
  const y = (shown: Scene) => shown.y;
  const column = (i: number) => canvas.scene.curves[i - 1]!;
  return {
    width,
    height,
    padding: [em * 0.8, em * 1.8, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, distr: scene.timeline.log ? 3 : 1, range: range(x) },
      y: { distr: scene.y.log ? 3 : 1, range: range(y) },
    },
    axes: [
      {
        ...axisOf(canvas, x, 6),
        size: em * 2,
        label: unitLabels[scene.timeline.unit],
        labelSize: em * 1.5,
        labelGap: 0,
      },
      { ...axisOf(canvas, y, 2.6), size: em * 5 },
    ],
    series: [{}, ...scene.curves.map((curve) => seriesOf(canvas, curve))],
    cursor: {
      x: true,
      y: false,
      drag: { x: false, y: false, setScale: false },
      // <sgd-chart> listens to pointers of all kinds and to keys itself.
      bind: {
        mousedown: ignored,
        mouseup: ignored,
        click: ignored,
        dblclick: ignored,
        mousemove: ignored,
        mouseleave: ignored,
        mouseenter: ignored,
      },
      dataIdx: (_, i, position) =>
        i === 0 ? position : column(i).pin < 0 ? nearestKnown(column(i).values, position) : null,
      points: { size: 6 * ink.stroke, width: 0, fill: (_, i) => colourOf(column(i), canvas.ink) },
    },
    hooks: {
      drawAxes: [(plot) => drawBelow(plot, canvas.scene, canvas.ink, devicePixelRatio)],
      draw: [(plot) => drawAbove(plot, canvas.scene, canvas.ink, devicePixelRatio)],
    },
  };
}
