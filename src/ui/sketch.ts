/** The small picture beside a parameter: a few values as spikes, many as a histogram. */
import { html, svg, type TemplateResult } from 'lit';
import type { Sketch } from '../models/model.ts';
import { formatValue } from './charts/format.ts';

/** Values that are told apart, and bins for more of them. */
const SPIKES = 24;
const BINS = 40;
/** Ratio of the largest to the smallest value from which on the axis is logarithmic. */
const WIDE = 20;
/** Of the picture, in its own units. */
const WIDTH = 200;
const HEIGHT = 28;

/** Shares of the width and of the height. */
export interface Bar {
  readonly at: number;
  readonly width: number;
  readonly height: number;
}

export interface Bars {
  readonly kind: 'spikes' | 'histogram';
  readonly log: boolean;
  readonly bars: readonly Bar[];
}

/** `values` ascend, and the first one is less than the last one. */
export function barsOf(values: Float64Array): Bars {
  const [low, high] = [values[0]!, values.at(-1)!];
  const log = low > 0 && high / low >= WIDE;
  const place = log ? Math.log : (value: number) => value;
  const share = (value: number) => (place(value) - place(low)) / (place(high) - place(low));
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const spikes = counts.size <= SPIKES;
  if (!spikes) {
    counts.clear();
    for (const value of values) {
      const bin = Math.min(BINS - 1, Math.floor(share(value) * BINS));
      counts.set(bin, (counts.get(bin) ?? 0) + 1);
    }
  }
  const most = Math.max(...counts.values());
  const bars = [...counts].map(([key, count]) => ({
    at: spikes ? share(key) : key / BINS,
    width: spikes ? 0 : 1 / BINS,
    height: count / most,
  }));
  return { kind: spikes ? 'spikes' : 'histogram', log, bars };
}

/** "eigenvalues from 0.100 to 10.0, logarithmic axis" */
export function sketchText({ label, values }: Sketch, { kind, log, bars }: Bars): string {
  const few = kind === 'spikes' ? `${bars.length} ${label}` : label;
  const axis = log ? ', logarithmic axis' : '';
  return `${few} from ${formatValue(values[0]!)} to ${formatValue(values.at(-1)!)}${axis}`;
}

/** Whether there is something to see: values that differ. */
export function isTelling({ values }: Sketch): boolean {
  return values.length > 0 && values[0]! < values.at(-1)!;
}

export function sketchOf(sketch: Sketch): TemplateResult {
  const { values } = sketch;
  const drawn = barsOf(values);
  const { kind, bars } = drawn;
  const room = WIDTH - 4;
  const shapes = bars.map(({ at, width, height }) => {
    const thick = kind === 'spikes' ? 3 : width * room;
    const x = 2 + at * room - (kind === 'spikes' ? thick / 2 : 0);
    // What is there shows, however little of it.
    const tall = Math.max(1.5, height * (HEIGHT - 2));
    return svg`<rect x=${x} y=${HEIGHT - tall} width=${thick} height=${tall} />`;
  });
  const text = sketchText(sketch, drawn);
  return html`<div class="sketch" role="img" aria-label=${text} title=${text}>
    <span>${formatValue(values[0]!, 2)}</span>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${shapes}</svg>
    <span>${formatValue(values.at(-1)!, 2)}</span>
  </div>`;
}
