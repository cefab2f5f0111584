/** One map as an SVG group, the same on the page and in exported pictures: pixels, axes, and the scale of colours. */
import { formatTicks } from '../charts/format.ts';
import type { Box } from '../charts/labels.ts';
import type { Ink } from '../charts/palette.ts';
import { element, escaped } from '../charts/svgChart.ts';
import { ticksOf } from '../charts/ticks.ts';
import type { Named } from './readout.ts';
import type { Scale } from './scale.ts';

/** Room around the square, in font sizes. */
const room = { left: 4.2, top: 3.5, right: 7.5, bottom: 3.2 } as const;
/** Steps of the scale of colours. */
const STEPS = 64;

/** Where the square of a map lies within its frame. */
export function squareOf(frame: Box, fontSize: number): Box {
  const side = Math.min(
    frame.width - (room.left + room.right) * fontSize,
    frame.height - (room.top + room.bottom) * fontSize,
  );
  const left = frame.left + room.left * fontSize;
  return { left, top: frame.top + room.top * fontSize, width: side, height: side };
}

/** `image` is an address of its pixels. */
export function mapSvg({ limit, field }: Named, scale: Scale, frame: Box, image: string, ink: Ink): string {
  const size = ink.fontSize;
  const { left, top, width: side } = squareOf(frame, size);
  const bottom = top + side;
  const text = (x: number, y: number, anchor: string, content: string, weight = 400, fill = ink.muted) =>
    element(
      'text',
      { x, y, 'text-anchor': anchor, 'font-size': size, 'font-weight': weight, fill },
      escaped(content),
    );
  const range = { min: field.t[0]!, max: field.t.at(-1)! };
  const along = (time: number) => ((time - range.min) / (range.max - range.min)) * side;
  const ticks = ticksOf({ range, log: false }, side / (size * 5)).major;
  const labels = formatTicks(ticks);
  const rule = (x1: number, y1: number, x2: number, y2: number) =>
    element('line', { x1, y1, x2, y2, stroke: ink.muted });
  const bar = { left: left + side + 1.2 * size, width: 1.1 * size };
  const { min, max } = scale.range;
  const up = (value: number) => bottom - scale.share(value) * side;
  const marks = ticksOf({ range: { min, max }, log: scale.log }, side / (size * 2.6)).major;
  const markLabels = formatTicks(marks);
  const step = side / STEPS;
  return [
    text(left, frame.top + size * 1.2, 'start', limit),
    text(left, frame.top + size * 2.6, 'start', field.label, 600, ink.foreground),
    element('image', {
      href: image,
      x: left,
      y: top,
      width: side,
      height: side,
      preserveAspectRatio: 'none',
    }),
    element('rect', { x: left, y: top, width: side, height: side, fill: 'none', stroke: ink.line }),
    ...ticks.flatMap((time, i) => [
      rule(left + along(time), bottom, left + along(time), bottom + 4),
      rule(left - 4, bottom - along(time), left, bottom - along(time)),
      text(left + along(time), bottom + 5 + size, 'middle', labels[i]!),
      text(left - 7, bottom - along(time) + size * 0.35, 'end', labels[i]!),
    ]),
    text(left + side / 2, bottom + 5 + size * 2.1, 'middle', 'time s'),
    text(left - 7, frame.top + size * 2.6, 'end', 'time t'),
    ...Array.from({ length: STEPS }, (_, i) =>
      element('rect', {
        x: bar.left,
        y: bottom - (i + 1) * step,
        width: bar.width,
        // No seams between steps.
        height: step + 0.5,
        fill: `rgb(${scale
          .colour((i + 0.5) / STEPS)
          .map(Math.round)
          .join(' ')})`,
      }),
    ),
    ...marks.map((value, i) =>
      text(bar.left + bar.width + 5, up(value) + size * 0.35, 'start', markLabels[i]!),
    ),
  ].join('');
}
