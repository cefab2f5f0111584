/** What a map says at a point, and in files. */
import type { Field } from '../../models/model.ts';
import type { Caption } from '../charts/caption.ts';
import { formatValue } from '../charts/format.ts';

/** A field of a limit of the experiment. */
export interface Named {
  /** Label of the limit. */
  readonly limit: string;
  readonly field: Field;
}

/** A point of the grid: indices of t and of s. */
export interface Point {
  readonly row: number;
  readonly column: number;
}

/** "t = 3.00, s = 1.20: 0.0123" */
export function pointText({ t, values }: Field, { row, column }: Point): string {
  const value = formatValue(values[row * t.length + column]!);
  return `t = ${formatValue(t[row]!)}, s = ${formatValue(t[column]!)}: ${value}`;
}

/** The grid point nearest to shares of the width (s) and of the height from below (t), 0 … 1. */
export function pointAt({ t }: Field, across: number, up: number): Point {
  const nearest = (share: number) => {
    const time = t[0]! + share * (t.at(-1)! - t[0]!);
    let best = 0;
    t.forEach((value, i) => {
      if (Math.abs(value - time) < Math.abs(t[best]! - time)) best = i;
    });
    return best;
  };
  return { row: nearest(up), column: nearest(across) };
}

/** One row per limit, field and pair of times at which it is known, at full precision. */
export function fieldsCsv(fields: readonly Named[], caption: Caption): string {
  const metadata = [
    `title: ${caption.title}`,
    `version: ${caption.version}`,
    `parameters: ${caption.parameters}`,
    `link: ${caption.link}`,
  ];
  const lines = metadata.map((text) => `# ${text.replaceAll(/\s+/g, ' ')}`);
  lines.push('limit,field,t,s,value');
  for (const { limit, field } of fields) {
    const { name, t, values } = field;
    values.forEach((value, i) => {
      if (!Number.isFinite(value)) return;
      lines.push(`${limit},${name},${t[Math.floor(i / t.length)]!},${t[i % t.length]!},${value}`);
    });
  }
  return `${lines.join('\n')}\n`;
}
