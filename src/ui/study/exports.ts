/** A finite-d study as a picture and as a table. */
import type { Caption } from '../charts/caption.ts';
import { wrapped } from '../charts/picture.ts';
import { colourOf, type Ink } from '../charts/palette.ts';
import { characterWidth, element, escaped } from '../charts/svgChart.ts';
import { studySvg } from './chart.ts';
import { seriesText, type Series } from './series.ts';

const size = { width: 760, height: 420 } as const;
const margin = 24;

/** A complete SVG document. */
export function studyPicture(
  series: readonly Series[],
  yLabel: string,
  notes: readonly string[],
  caption: Caption,
  ink: Ink,
): { svg: string; width: number; height: number } {
  const type = ink.fontSize;
  const width = size.width + 2 * margin;
  const perLine = Math.floor(size.width / (type * characterWidth));
  const parts: string[] = [];
  let top = margin;
  const line = (text: string, scale: number, fill: string, left = margin, weight = 400) => {
    top += type * scale;
    const style = { 'font-size': type * scale, fill, 'font-weight': weight };
    parts.push(element('text', { x: left, y: top, ...style }, escaped(text)));
    top += type * 0.5;
  };
  line(caption.title, 1.5, ink.foreground, margin, 600);
  for (const text of wrapped(caption.parameters, perLine)) line(text, 1, ink.muted);
  top += type * 0.5;
  for (const each of series) {
    const stroke = colourOf(each.style, ink);
    const fill = each.quantity === 'mean of runs' ? ink.background : stroke;
    const mark = { cx: margin + 6, cy: top + type * 0.65, r: 3.5, stroke, 'stroke-width': 1.5, fill };
    parts.push(element('circle', mark));
    line(seriesText(each), 1, ink.foreground, margin + 20);
  }
  parts.push(studySvg(series, yLabel, { left: margin, top, ...size }, ink, 'study-export'));
  top += size.height;
  for (const note of notes) for (const text of wrapped(note, perLine)) line(text, 1, ink.muted);
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

/** One row per process, quantity and dimension; fits in the metadata. */
export function studyCsv(series: readonly Series[], notes: readonly string[], caption: Caption): string {
  const metadata = [
    `title: ${caption.title}`,
    `version: ${caption.version}`,
    `engine: ${caption.engine}`,
    `parameters: ${caption.parameters}`,
    `link: ${caption.link}`,
    ...notes.map((note) => `note: ${note}`),
    ...series.map((each) => `fit: ${seriesText(each)}`),
  ];
  const lines = metadata.map((text) => `# ${text.replaceAll(/\s+/g, ' ')}`);
  lines.push('process,quantity,dimension,runs,diverged,deviation,standardError');
  for (const { process, quantity, points } of series) {
    for (const { dimension, runs, diverged, value, error } of points) {
      lines.push(`${process},${quantity},${dimension},${runs},${diverged},${value},${error}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
