/** Charts as one picture for papers and slides: title, parameters, legend, charts, link and version. */
import type { Caption } from './caption.ts';
import type { Box } from './labels.ts';
import type { Ink, Styled } from './palette.ts';
import type { Pin } from './pin.ts';
import { presentCurves } from './readout.ts';
import type { Scene } from './scene.ts';
import {
  characterWidth,
  element,
  escaped,
  spreadStroke,
  strokeOf,
  svgChart,
  type Attributes,
} from './svgChart.ts';

const chartWidth = 620;
const chartHeight = 360;
const margin = 24;

/** Lines of at most `length` characters, broken at spaces; a longer word is cut. */
export function wrapped(text: string, length: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (joined.length <= length) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (line.length > length) {
      lines.push(line.slice(0, length));
      line = line.slice(length);
    }
  }
  return line === '' ? lines : [...lines, line];
}

interface Entry {
  readonly strokes: readonly Attributes[];
  readonly label: string;
}

/** Curves and spreads of the present experiment, then one entry per pin. */
function legendEntries(scenes: readonly Scene[], pins: readonly Pin[], ink: Ink): Entry[] {
  const curves = scenes[0] ? presentCurves(scenes[0]) : [];
  const runs = curves.find(({ band }) => band?.of === 'runs')?.runCount;
  const band = runs === undefined ? '' : `, medians and 10–90 % bands of ${runs} runs`;
  const lastProcess = curves.findLast(({ kind }) => kind === 'process');
  const spreads = new Map(scenes.flatMap((scene) => scene.spreads.map((spread) => [spread.id, spread])));
  const entry = (style: Styled, label: string): Entry => ({ strokes: [strokeOf(style, ink)], label });
  return [
    ...curves.map((curve) => {
      const error = curve.band?.of === 'error' ? ' ± 2 standard errors' : '';
      return entry(curve, curve.label + error + (curve === lastProcess ? band : ''));
    }),
    ...[...spreads.values()].map((spread): Entry => {
      const stroke = spreadStroke(spread, ink);
      const strokes = [-3, 3].map((y) => ({ ...stroke, transform: `translate(0 ${y})` }));
      return { strokes, label: `± 2 s.d. of ${spread.label} in theory` };
    }),
    ...pins.map(({ label }, pin) => entry({ kind: 'limit', index: 0, pin }, label)),
  ];
}

/** A complete SVG document of one or several charts. */
export function svgPicture(
  scenes: readonly Scene[],
  pins: readonly Pin[],
  caption: Caption,
  ink: Ink,
): { svg: string; width: number; height: number } {
  const size = ink.fontSize;
  const columns = scenes.length > 1 ? 2 : 1;
  const width = columns * chartWidth + 2 * margin;
  const perLine = Math.floor((width - 2 * margin) / (size * characterWidth));
  const parts: string[] = [];
  let top = margin;
  const line = (text: string, scale: number, fill: string, weight = 400) => {
    top += size * scale;
    parts.push(
      element(
        'text',
        { x: margin, y: top, 'font-size': size * scale, fill, 'font-weight': weight },
        escaped(text),
      ),
    );
    top += size * 0.5;
  };
  line(caption.title, 1.5, ink.foreground, 600);
  for (const text of wrapped(caption.parameters, perLine)) line(text, 1, ink.muted);
  top += size * 0.8;
  let left = margin;
  for (const { strokes, label } of legendEntries(scenes, pins, ink)) {
    const room = 34 + label.length * size * characterWidth + 16;
    if (left + room > width - margin && left > margin) {
      left = margin;
      top += size * 1.6;
    }
    for (const stroke of strokes) {
      parts.push(element('line', { ...stroke, x1: left, x2: left + 26, y1: top, y2: top }));
    }
    parts.push(
      element(
        'text',
        { x: left + 32, y: top + size * 0.35, 'font-size': size, fill: ink.foreground },
        escaped(label),
      ),
    );
    left += room;
  }
  top += size;
  scenes.forEach((scene, i) => {
    const column = i % columns;
    const row = Math.floor(i / columns);
    const box: Box = {
      left: margin + column * chartWidth + size * 5,
      top: top + row * chartHeight + size * 2.4,
      width: chartWidth - size * 6.5,
      height: chartHeight - size * 6,
    };
    const title = { x: box.left, y: box.top - size * 0.7, 'font-size': size * 1.15, 'font-weight': 600 };
    parts.push(element('text', { ...title, fill: ink.foreground }, escaped(scene.title)));
    parts.push(svgChart(scene, box, ink));
  });
  top += Math.ceil(scenes.length / columns) * chartHeight;
  for (const text of wrapped(caption.link, perLine)) line(text, 1, ink.muted);
  line(`${caption.version} · ${caption.engine}`, 1, ink.muted);
  const height = Math.ceil(top + margin / 2);
  const background = element('rect', { width, height, fill: ink.background });
  const attributes = { xmlns: 'http://www.w3.org/2000/svg', width, height, 'font-family': ink.family };
  return {
    svg: element('svg', { ...attributes, viewBox: `0 0 ${width} ${height}` }, background + parts.join('')),
    width,
    height,
  };
}

/** The SVG drawn on a canvas with `ratio` pixels per unit, as PNG. */
export async function pngOf(
  { svg, width, height }: { svg: string; width: number; height: number },
  ratio = 2,
): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('the browser made no PNG'))),
        'image/png',
      );
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
