/** Reads the theme where it is resolved: canvas and pictures understand no custom properties. */
import type { Ink } from './palette.ts';

/** Relative luminance, 0 … 1, of a colour as computed styles give it: rgb(…) or color(srgb …). */
export function luminance(colour: string): number {
  const numbers = (colour.match(/[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  const unit = colour.startsWith('rgb') ? 255 : 1;
  const [red = 0, green = 0, blue = 0] = numbers.map((channel) => {
    const value = channel / unit;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * `probe` carries the theme in ordinary properties: color = foreground, background-color, border-top-color =
 * lines, outline-color = muted text, and the font of axis labels.
 */
export function inkOf(probe: Element, stroke: number): Ink {
  const style = getComputedStyle(probe);
  return {
    dark: luminance(style.color) > luminance(style.backgroundColor),
    foreground: style.color,
    background: style.backgroundColor,
    line: style.borderTopColor,
    muted: style.outlineColor,
    family: style.fontFamily,
    fontSize: Math.round(Number.parseFloat(style.fontSize)),
    stroke,
  };
}

/** Whether two inks draw the same. */
export function sameInk(a: Ink, b: Ink): boolean {
  return (Object.keys(a) as (keyof Ink)[]).every((key) => a[key] === b[key]);
}
