/** Numbers as the page shows them. */

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function superscript(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPT[Number(digit)]).join('');
  return exponent < 0 ? `⁻${digits}` : digits;
}

/** `digits` significant digits: 0.0123, 1.2, 340, 3.20·10⁻⁴; – where there is no number. */
export function significant(value: number, digits = 3): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const [mantissa = '', exponentText = ''] = Math.abs(value)
    .toExponential(digits - 1)
    .split('e');
  const exponent = Number(exponentText);
  const sign = value < 0 ? '−' : '';
  if (exponent < -3 || exponent >= 5) return `${sign}${mantissa}·10${superscript(exponent)}`;
  return sign + Math.abs(Number(value.toPrecision(digits))).toFixed(Math.max(digits - 1 - exponent, 0));
}

/** "4 s", "3 min", "2 h": to the unit that matters. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 99.5) return `${Math.ceil(seconds)} s`;
  if (seconds < 99.5 * 60) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
