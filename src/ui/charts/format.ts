/** Numbers as a reader sees them: 3.20·10⁻⁴, the same in legend, axis, table and exported picture. */

const superscripts: Readonly<Record<string, string>> = {
  '-': '⁻',
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
};

/** An integer as an exponent: −4 → ⁻⁴. */
export function superscript(exponent: number): string {
  return [...String(exponent)].map((digit) => superscripts[digit]!).join('');
}

const signed = (text: string) => text.replace('-', '−');

/** Mantissa and exponent of |value| rounded to `digits` significant digits. */
function scientific(value: number, digits: number): { mantissa: string; exponent: number } {
  const [mantissa = '', exponent = ''] = value.toExponential(digits - 1).split('e');
  return { mantissa, exponent: Number(exponent) };
}

/**
 * A measured value with `digits` significant digits, trailing zeros kept: 0.0320, 3.20, 320, 3.20·10³.
 * At most 11 characters for three digits and two-digit exponents; an unknown value is a dash.
 */
export function formatValue(value: number, digits = 3): string {
  if (Number.isNaN(value)) return '—';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const { mantissa, exponent } = scientific(value, digits);
  if (exponent >= -2 && exponent < digits) return signed(value.toFixed(digits - 1 - exponent));
  return signed(`${mantissa}·10${superscript(exponent)}`);
}

/** An integer in groups of three: 10 240. */
export function formatCount(value: number): string {
  return signed(String(Math.round(value))).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** Shortest form of a round number: 0.5, 2000, 10⁻⁴, 2·10⁻⁴. */
function formatRound(value: number, asPower: boolean): string {
  const round = Number(value.toPrecision(10));
  if (!asPower || round === 0) return signed(String(round));
  const exponent = scientific(round, 10).exponent;
  const mantissa = Number((round / Number(`1e${exponent}`)).toPrecision(10));
  if (exponent === 0) return signed(String(mantissa));
  const power = exponent === 1 ? '10' : `10${superscript(exponent)}`;
  if (mantissa === 1) return power;
  return signed(mantissa === -1 ? `-${power}` : `${mantissa}·${power}`);
}

/** Labels of the ticks of one axis: all plain where every one is short, otherwise all as powers of ten. */
export function formatTicks(values: readonly number[]): string[] {
  const sizes = values.filter((value) => value !== 0).map(Math.abs);
  const largest = Math.max(...sizes);
  // A linear axis has its smallest tick a few times below its largest one; a log axis decades below.
  const smallest = Math.min(...sizes);
  const asPower = largest >= 1e5 || smallest < 1e-3 || largest < 1e-2 || largest / smallest >= 1e4;
  return values.map((value) => formatRound(value, asPower));
}
