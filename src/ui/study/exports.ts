/** A finite-d study as a picture and as a table. */
import type { Caption } from '../charts/caption.ts';
import { colourOf, type Ink } from '../charts/palette.ts';
import { Sheet, type Picture } from '../charts/sheet.ts';
import { isHollow, pointStyle, studySvg } from './chart.ts';
import { seriesText, type Series } from './series.ts';

const size = { width: 760, height: 420 } as const;

export function studyPicture(
  series: readonly Series[],
  yLabel: string,
  notes: readonly string[],
  caption: Caption,
  ink: Ink,
): Picture {
  const sheet = new Sheet(size.width, ink);
  sheet.title(caption.title);
  sheet.words(caption.parameters);
  sheet.gap(1);
  sheet.legend(
    series.map((each) => {
      const dash = isHollow(each) ? '6 4' : undefined;
      const line = { stroke: colourOf(each.style, ink), 'stroke-width': 1.5, 'stroke-dasharray': dash };
      return { strokes: [line], point: pointStyle(each, ink), label: seriesText(each) };
    }),
  );
  sheet.figures([series], 1, size, (drawn, left, top) =>
    studySvg(drawn, yLabel, { left, top, ...size }, ink, 'study-export'),
  );
  for (const note of notes) sheet.words(note);
  return sheet.picture(caption);
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
