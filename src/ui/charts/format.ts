/** Counts and ticks of axes as a reader sees them; measured values: config/format.ts. */
import { scientific, signed, superscript } from '../../config/format.ts';

export { formatValue, superscript } from '../../config/format.ts';

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
