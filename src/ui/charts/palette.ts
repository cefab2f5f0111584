/**
 * Colour means process, dash means which one of several, pins are faded. A limit has the highest contrast of the theme;
 * where limits predict different processes, each has a deeper shade of the colour of its own. Colours: Okabe and Ito's set for every kind of colour vision, with a shade per theme where the
 * original falls below a contrast of 3 : 1.
 */

interface Shades {
  readonly light: string;
  readonly dark: string;
}

const processShades: readonly Shades[] = [
  { light: '#0072b2', dark: '#56b4e9' },
  { light: '#d55e00', dark: '#e8702a' },
  { light: '#00805d', dark: '#1fb58a' },
  { light: '#a84f88', dark: '#cc79a7' },
  { light: '#8a6000', dark: '#e69f00' },
];

/** Of the limits that predict them. */
const limitShades: readonly Shades[] = [
  { light: '#003f66', dark: '#b9e2fa' },
  { light: '#7d3300', dark: '#fac3a0' },
  { light: '#004a36', dark: '#93e5cc' },
  { light: '#64264d', dark: '#ecc4dc' },
  { light: '#4d3600', dark: '#f8d78f' },
];

const shadeOf = (shades: readonly Shades[], index: number, dark: boolean) =>
  shades[index % shades.length]![dark ? 'dark' : 'light'];

/** Colour of the process at this position in its model. */
export function processColour(index: number, dark: boolean): string {
  return shadeOf(processShades, index, dark);
}

const limitDashes: readonly (readonly number[])[] = [[], [9, 4], [2, 3], [9, 3, 2, 3]];
const pinDashes: readonly (readonly number[])[] = [
  [6, 4],
  [2, 4],
  [10, 4, 2, 4],
  [14, 5],
];

/** Dash of the limit at this position in its model; the first one is solid. */
export function limitDash(index: number): readonly number[] {
  return limitDashes[index % limitDashes.length]!;
}

/** Dash of every curve of the pin at this position. */
export function pinDash(index: number): readonly number[] {
  return pinDashes[index % pinDashes.length]!;
}

/** Dash of a guide: dotted, or dashed where theory guarantees it. */
export function guideDash({ guaranteed }: { readonly guaranteed: boolean }): readonly number[] {
  return guaranteed ? [7, 4] : [2, 4];
}

/** Dash of the lines between which theory expects single runs. */
export const spreadDash: readonly number[] = [5, 3];

/** Opacities: pinned curves, 10–90 % bands and their edges, single runs. */
export const opacity = { pin: 0.6, band: 0.14, edge: 0.4, run: 0.22 } as const;

/** Colours and type of a chart as the theme resolves them, for canvas and exported pictures. */
export interface Ink {
  readonly dark: boolean;
  /** CSS colours. */
  readonly foreground: string;
  readonly background: string;
  readonly muted: string;
  readonly line: string;
  /** CSS font family list. */
  readonly family: string;
  /** Size of axis labels, CSS pixels. */
  readonly fontSize: number;
  /** Factor on every stroke. */
  readonly stroke: number;
}

/** What decides how a curve is drawn. */
export interface Styled {
  readonly kind: 'process' | 'limit';
  /** Position among the processes or limits of the model, see `predicts`. */
  readonly index: number;
  /** Position among the pins; −1 for the present experiment. */
  readonly pin: number;
  /** Position of the process whose colour a limit takes; `index` is then that among the limits of this process. */
  readonly predicts?: number;
}

export function colourOf({ kind, index, predicts }: Styled, ink: Ink): string {
  if (kind === 'process') return processColour(index, ink.dark);
  return predicts === undefined ? ink.foreground : shadeOf(limitShades, predicts, ink.dark);
}

export function dashOf({ kind, index, pin }: Styled): readonly number[] {
  if (pin >= 0) return pinDash(pin);
  return kind === 'limit' ? limitDash(index) : [];
}

/** Widths of the medians of the first, second, … process. */
const processWidths = [3.5, 2.25, 1.75];

/**
 * Stroke in CSS pixels. Where theory is right all curves coincide: each is thinner than the one below it, so
 * that every colour shows.
 */
export function widthOf({ kind, index, pin, predicts }: Styled): number {
  if (pin >= 0) return 1.5;
  return kind === 'limit' ? (predicts === undefined ? 1.25 : 1.5) : (processWidths[index] ?? 1.5);
}
