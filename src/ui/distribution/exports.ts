/** The laws at one time as a picture and as a table. */
import type { Caption } from '../charts/caption.ts';
import type { Ink } from '../charts/palette.ts';
import { characterWidth, element, escaped, strokeOf } from '../charts/svgChart.ts';
import { panelSvg } from './panelSvg.ts';
import type { Panel } from './panels.ts';

const panelSize = { width: 460, height: 290 } as const;
const margin = 24;

/** A complete SVG document. `heading`: "law of β at t = 3.20". */
export async function distributionPicture(
  panels: readonly Panel[],
  heading: string,
  caption: Caption,
  ink: Ink,
): Promise<{ svg: string; width: number; height: number }> {
  const { wrapped } = await import('../charts/picture.ts');
  const size = ink.fontSize;
  const columns = Math.min(2, panels.length);
  const width = columns * panelSize.width + 2 * margin;
  const perLine = Math.floor((width - 2 * margin) / (size * characterWidth));
  const parts: string[] = [];
  let top = margin;
  const line = (text: string, scale: number, fill: string, weight = 400) => {
    top += size * scale;
    const style = { 'font-size': size * scale, fill, 'font-weight': weight };
    parts.push(element('text', { x: margin, y: top, ...style }, escaped(text)));
    top += size * 0.5;
  };
  line(`${caption.title}: ${heading}`, 1.4, ink.foreground, 600);
  for (const text of wrapped(caption.parameters, perLine)) line(text, 1, ink.muted);
  top += size;
  let left = margin;
  const [first] = panels;
  for (const shape of [...(first?.bars ?? []), ...(first?.limit ? [first.limit] : [])]) {
    parts.push(element('line', { ...strokeOf(shape, ink), x1: left, x2: left + 26, y1: top, y2: top }));
    const place = { x: left + 32, y: top + size * 0.35, 'font-size': size, fill: ink.foreground };
    parts.push(element('text', place, escaped(shape.label)));
    left += 48 + shape.label.length * size * characterWidth;
  }
  top += size;
  panels.forEach((panel, i) => {
    const frame = {
      ...panelSize,
      left: margin + (i % columns) * panelSize.width,
      top: top + Math.floor(i / columns) * panelSize.height,
    };
    parts.push(panelSvg(panel, frame, ink, `export-${i}`));
  });
  top += Math.ceil(panels.length / columns) * panelSize.height;
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
