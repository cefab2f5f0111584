/** Polylines and bands through columns, onto anything that can move a pen: Path2D or SVG path data. */
import type { Column } from './column.ts';

/** The part of Path2D that a polyline needs. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  closePath(): void;
}

/** From data to picture. */
export interface Projection {
  x(value: number): number;
  y(value: number): number;
}

/** A pen that writes SVG path data, to a hundredth of a pixel. */
export class SvgPen implements Pen {
  data = '';
  moveTo(x: number, y: number): void {
    this.data += `M${round(x)} ${round(y)}`;
  }
  lineTo(x: number, y: number): void {
    this.data += `L${round(x)} ${round(y)}`;
  }
  closePath(): void {
    this.data += 'Z';
  }
}

const round = (value: number) => Math.round(value * 100) / 100;

/** One polyline through the known values; unknown ones are other curves' times and leave no gap. */
export function traceLine(pen: Pen, x: readonly number[], column: Column, to: Projection): void {
  let started = false;
  column.forEach((value, i) => {
    if (value === null) return;
    if (started) pen.lineTo(to.x(x[i]!), to.y(value));
    else pen.moveTo(to.x(x[i]!), to.y(value));
    started = true;
  });
}

/** The area between two columns that are known at the same positions. */
export function traceBand(pen: Pen, x: readonly number[], low: Column, high: Column, to: Projection): void {
  traceLine(pen, x, high, to);
  for (let i = low.length - 1; i >= 0; i--) {
    const value = low[i] ?? null;
    if (value !== null) pen.lineTo(to.x(x[i]!), to.y(value));
  }
  if (low.some((value) => value !== null)) pen.closePath();
}
