/** Numbers as a reader sees them: 3.20·10⁻⁴, the same in facts, legends, tables and exported pictures. */

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

/** With a true minus sign. */
export const signed = (text: string) => text.replace('-', '−');

/** Mantissa and exponent of |value| rounded to `digits` significant digits. */
export function scientific(value: number, digits: number): { mantissa: string; exponent: number } {
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
