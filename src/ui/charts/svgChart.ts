/** One chart as an SVG group, drawn from the same scene, ticks and polylines as the one on the page. */
import { formatTicks } from './format.ts';
import { labelsOf, type Box } from './labels.ts';
import {
  colourOf,
  dashOf,
  guideDash,
  opacity,
  spreadDash,
  type Ink,
  type Styled,
  widthOf,
} from './palette.ts';
import type { Curve, Scene } from './scene.ts';
import { ticksOf, type Axis } from './ticks.ts';
import { unitLabels } from './timeline.ts';
import { SvgPen, traceBand, traceLine, type Projection } from './trace.ts';

/** Average width of a character of the system fonts, in font sizes. */
export const characterWidth = 0.55;

export type Attributes = Readonly<Record<string, string | number | undefined>>;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text safe inside SVG. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character]!);
}

/** `<name a="1">content</name>`, without attributes that are undefined. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
  return `<${name}${list}>${content}</${name}>`;
}

/** Stroke of a curve. */
export function strokeOf(curve: Styled, ink: Ink): Attributes {
  return {
    fill: 'none',
    stroke: colourOf(curve, ink),
    'stroke-width': widthOf(curve) * ink.stroke,
    'stroke-dasharray': dashOf(curve).join(' ') || undefined,
    'stroke-linejoin': 'round',
    opacity: curve.pin >= 0 ? opacity.pin : undefined,
  };
}

/** Stroke of the lines between which theory expects single runs. */
export function spreadStroke(spread: Styled, ink: Ink): Attributes {
  return {
    fill: 'none',
    stroke: colourOf(spread, ink),
    'stroke-width': 1.25 * ink.stroke,
    'stroke-dasharray': spreadDash.join(' '),
  };
}

function positionIn({ range, log }: Axis, value: number): number {
  if (!log) return (value - range.min) / (range.max - range.min);
  return Math.log(value / range.min) / Math.log(range.max / range.min);
}

function axes(scene: Scene, { left, top, width, height }: Box, to: Projection, ink: Ink): string {
  const size = ink.fontSize;
  const bottom = top + height;
  const right = left + width;
  const rule = (x1: number, y1: number, x2: number, y2: number) =>
    element('line', { x1, y1, x2, y2, stroke: ink.line, 'stroke-width': 1 });
  const text = (x: number, y: number, anchor: string, content: string) =>
    element('text', { x, y, 'text-anchor': anchor, 'font-size': size, fill: ink.muted }, escaped(content));
  const x = ticksOf(scene.timeline, width / (size * 6));
  const y = ticksOf(scene.y, height / (size * 2.4));
  const xLabels = formatTicks(x.major);
  const yLabels = formatTicks(y.major);
  return [
    ...x.major.map((value) => rule(to.x(value), top, to.x(value), bottom + 4)),
    ...y.major.map((value) => rule(left - 4, to.y(value), right, to.y(value))),
    ...x.minor.map((value) => rule(to.x(value), bottom, to.x(value), bottom + 3)),
    ...y.minor.map((value) => rule(left - 3, to.y(value), left, to.y(value))),
    ...x.major.map((value, i) => text(to.x(value), bottom + 6 + size, 'middle', xLabels[i]!)),
    ...y.major.map((value, i) => text(left - 8, to.y(value) + size * 0.35, 'end', yLabels[i]!)),
    text((left + right) / 2, bottom + 8 + size * 2.2, 'middle', unitLabels[scene.timeline.unit]),
  ].join('');
}

function curveOf(curve: Curve, x: readonly number[], to: Projection, ink: Ink): string {
  const path = (trace: (pen: SvgPen) => void, attributes: Attributes) => {
    const pen = new SvgPen();
    trace(pen);
    return pen.data === '' ? '' : element('path', { ...attributes, d: pen.data });
  };
  const { band, runs, values } = curve;
  const stroke = strokeOf(curve, ink);
  return [
    band &&
      path((pen) => traceBand(pen, x, band.low, band.high, to), {
        fill: stroke['stroke'],
        'fill-opacity': opacity.band,
      }),
    ...(band ? [band.low, band.high] : []).map((edge) =>
      path((pen) => traceLine(pen, x, edge, to), { ...stroke, 'stroke-width': 0.75, opacity: opacity.edge }),
    ),
    ...runs.map((run) =>
      path((pen) => traceLine(pen, x, run, to), { ...stroke, 'stroke-width': 1, opacity: opacity.run }),
    ),
    path((pen) => traceLine(pen, x, values, to), stroke),
  ].join('');
}

/** The plotting area and its axes; the title goes above `box`, tick labels left of and below it. */
export function svgChart(scene: Scene, box: Box, ink: Ink): string {
  const { left, top, width, height } = box;
  const { timeline, y, curves, spreads, guides, divergences, observable } = scene;
  const to: Projection = {
    x: (value) => left + positionIn(timeline, value) * width,
    y: (value) => top + (1 - positionIn(y, value)) * height,
  };
  const clip = `clip-${observable}`;
  const inside = [
    ...curves.map((curve) => curveOf(curve, timeline.x, to, ink)),
    ...spreads.flatMap((spread) =>
      [spread.low, spread.high].map((edge) => {
        const pen = new SvgPen();
        traceLine(pen, timeline.x, edge, to);
        return element('path', { ...spreadStroke(spread, ink), d: pen.data });
      }),
    ),
    ...guides.map((guide) => {
      const pen = new SvgPen();
      if (guide.x === undefined) traceLine(pen, timeline.x, guide.values, to);
      else {
        pen.moveTo(to.x(guide.x), top);
        pen.lineTo(to.x(guide.x), top + height);
      }
      const dash = guideDash(guide).join(' ');
      return element('path', { d: pen.data, fill: 'none', stroke: ink.muted, 'stroke-dasharray': dash });
    }),
    ...divergences.map((divergence) =>
      element('line', {
        x1: to.x(divergence.x),
        x2: to.x(divergence.x),
        y1: top,
        y2: top + height,
        stroke: colourOf(divergence, ink),
        'stroke-dasharray': '1 3',
      }),
    ),
  ];
  const stops = curves
    .filter(({ stop }) => stop !== undefined)
    .map((curve) => {
      const x = to.x(timeline.x[curve.stop!]!);
      const at = to.y(curve.values[curve.stop!]!);
      const d = `M${x - 5} ${at - 5}l10 10m-10 0l10 -10`;
      return element('path', {
        ...strokeOf(curve, ink),
        'stroke-width': 1.5,
        'stroke-dasharray': undefined,
        d,
      });
    });
  const bars = curves
    .filter(({ sunk }) => sunk !== undefined)
    .map((curve) =>
      element('path', {
        ...strokeOf(curve, ink),
        'stroke-dasharray': undefined,
        d: `M${to.x(timeline.x[curve.sunk!]!) - 3.5} ${to.y(curve.values[curve.sunk!]!)}h7`,
      }),
    );
  const measure = (text: string) => text.length * ink.fontSize * characterWidth;
  const labels = labelsOf(scene, to, box, ink.fontSize, measure).map((label) =>
    element(
      'text',
      {
        x: label.left,
        y: label.baseline,
        'font-size': ink.fontSize,
        fill: label.kind === 'guide' ? ink.muted : ink.foreground,
        stroke: ink.background,
        'stroke-width': 3,
        'stroke-opacity': 0.8,
        'paint-order': 'stroke',
      },
      escaped(label.text),
    ),
  );
  return [
    axes(scene, box, to, ink),
    element('clipPath', { id: clip }, element('rect', { x: left, y: top, width, height })),
    element('g', { 'clip-path': `url(#${clip})` }, inside.join('')),
    ...stops,
    ...bars,
    ...labels,
  ].join('');
}
