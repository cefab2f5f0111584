/** A picture for papers and slides, from top to bottom: title, words, legend, figures, link and version. */
import type { Caption } from './caption.ts';
import type { Ink } from './palette.ts';
import { characterWidth, element, escaped, type Attributes } from './svgChart.ts';

const margin = 24;

/** A complete SVG document. */
export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Strokes on one another, a point on them, and what they stand for; words alone without strokes. */
export interface Entry {
  readonly strokes: readonly Attributes[];
  readonly point?: Attributes;
  readonly label: string;
}

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

export class Sheet {
  private readonly inner: number;
  private readonly ink: Ink;
  private readonly parts: string[] = [];
  private top = margin;

  /** `inner`: width without the margins, in the units of the document. */
  constructor(inner: number, ink: Ink) {
    this.inner = inner;
    this.ink = ink;
  }

  title(text: string, scale = 1.5): void {
    this.line(text, scale, this.ink.foreground, 600);
  }

  /** Words in as many lines as they need. */
  words(text: string): void {
    const length = Math.floor(this.inner / (this.ink.fontSize * characterWidth));
    for (const line of wrapped(text, length)) this.line(line, 1, this.ink.muted);
  }

  /** Empty room, in font sizes. */
  gap(sizes: number): void {
    this.top += sizes * this.ink.fontSize;
  }

  /** Entries side by side, in as many rows as they need. */
  legend(entries: readonly Entry[]): void {
    const { fontSize: size, foreground } = this.ink;
    let left = margin;
    for (const { strokes, point, label } of entries) {
      const indent = strokes.length > 0 ? 32 : 0;
      const room = indent + label.length * size * characterWidth + 18;
      if (left + room > margin + this.inner && left > margin) {
        left = margin;
        this.gap(1.6);
      }
      for (const stroke of strokes) {
        this.parts.push(element('line', { ...stroke, x1: left, x2: left + 26, y1: this.top, y2: this.top }));
      }
      if (point) this.parts.push(element('circle', { ...point, cx: left + 13, cy: this.top }));
      const place = { x: left + indent, y: this.top + size * 0.35, 'font-size': size, fill: foreground };
      this.parts.push(element('text', place, escaped(label)));
      left += room;
    }
    this.gap(1);
  }

  /** Figures of equal size in columns; `draw` gives one as an SVG group, from its left and top. */
  figures<T>(
    items: readonly T[],
    columns: number,
    { width, height }: { readonly width: number; readonly height: number },
    draw: (item: T, left: number, top: number, index: number) => string,
  ): void {
    items.forEach((item, i) => {
      const left = margin + (i % columns) * width;
      this.parts.push(draw(item, left, this.top + Math.floor(i / columns) * height, i));
    });
    this.top += Math.ceil(items.length / columns) * height;
  }

  /** The document, with link, version and engine below. */
  picture(caption: Caption): Picture {
    this.words(caption.link);
    this.words(`${caption.version} · ${caption.engine}`);
    const width = this.inner + 2 * margin;
    const height = Math.ceil(this.top + margin / 2);
    const background = element('rect', { width, height, fill: this.ink.background });
    const attributes = {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      'font-family': this.ink.family,
      viewBox: `0 0 ${width} ${height}`,
    };
    return { svg: element('svg', attributes, background + this.parts.join('')), width, height };
  }

  private line(text: string, scale: number, fill: string, weight = 400): void {
    this.gap(scale);
    const style = { 'font-size': this.ink.fontSize * scale, fill, 'font-weight': weight };
    this.parts.push(element('text', { x: margin, y: this.top, ...style }, escaped(text)));
    this.gap(0.5);
  }
}

/** The picture drawn on a canvas with `ratio` pixels per unit, as PNG. */
export async function pngOf({ svg, width, height }: Picture, ratio = 2): Promise<Blob> {
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
