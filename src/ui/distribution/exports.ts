/** The laws at one time as a picture and as a table. */
import type { Caption } from '../charts/caption.ts';
import type { Ink } from '../charts/palette.ts';
import { Sheet, type Picture } from '../charts/sheet.ts';
import { strokeOf } from '../charts/svgChart.ts';
import { panelSvg } from './panelSvg.ts';
import type { Panel } from './panels.ts';

const size = { width: 460, height: 290 } as const;

/** `heading`: "law of β at t = 3.20". */
export function distributionPicture(
  panels: readonly Panel[],
  heading: string,
  caption: Caption,
  ink: Ink,
): Picture {
  const columns = Math.min(2, panels.length);
  const sheet = new Sheet(columns * size.width, ink);
  sheet.title(`${caption.title}: ${heading}`, 1.4);
  sheet.words(caption.parameters);
  sheet.gap(1);
  const [first] = panels;
  const shapes = [...(first?.bars ?? []), ...(first?.limit ? [first.limit] : [])];
  sheet.legend(shapes.map((shape) => ({ strokes: [strokeOf(shape, ink)], label: shape.label })));
  sheet.figures(panels, columns, size, (panel, left, top, i) =>
    panelSvg(panel, { ...size, left, top }, ink, `export-${i}`),
  );
  return sheet.picture(caption);
}

/** One row per class, process or limit, and bin; the share of coordinates in the bin and the density there. */
export function distributionCsv(panels: readonly Panel[], heading: string, caption: Caption): string {
  const metadata = [
    `title: ${caption.title}: ${heading}`,
    `version: ${caption.version}`,
    `engine: ${caption.engine}`,
    `parameters: ${caption.parameters}`,
    `link: ${caption.link}`,
  ];
  const lines = metadata.map((text) => `# ${text.replaceAll(/\s+/g, ' ')}`);
  lines.push('class,process,low,high,share,density');
  for (const { label, low, high, bars, limit } of panels) {
    for (const shape of [...bars, ...(limit ? [limit] : [])]) {
      const width = (high - low) / shape.density.length;
      shape.density.forEach((density, k) => {
        const edges = `${low + k * width},${low + (k + 1) * width}`;
        lines.push(`"${label}",${shape.label},${edges},${density * width},${density}`);
      });
    }
  }
  return `${lines.join('\n')}\n`;
}
