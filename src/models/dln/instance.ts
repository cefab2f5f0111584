/** Eigenvalues and teacher entries of d coordinates: deterministic, and as close to the laws as d allows. */
import type { Distribution } from '../../math/distribution.ts';
import { orderOf } from '../../math/order.ts';
import type { DlnConfig } from './parameters.ts';
import { countsOf, representatives } from '../coordinates.ts';
import { eigenvaluesOf } from '../spectrum.ts';
import { teacherOf } from './population.ts';

/** Both of length d, by coordinate. */
export type DlnInstance = Readonly<Record<'eigenvalue' | 'teacher', Float64Array>>;

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** For each of n copies of each atom the share (k + ½)/n. */
function shares(counts: readonly number[]): Float64Array {
  const result = new Float64Array(counts.reduce((sum, n) => sum + n, 0));
  let at = 0;
  for (const n of counts) for (let k = 0; k < n; k++) result[at++] = (k + 0.5) / n;
  return result;
}

function golden(length: number): Float64Array {
  const result = new Float64Array(length);
  for (let i = 0; i < length; i++) result[i] = (i * GOLDEN) % 1;
  return result;
}

/**
 * Values that represent the law, in an order in which every stretch of coordinates sees the whole law. Copy k of
 * n copies of an atom lies near the share (k + ½)/n of the way, which keeps dyadic shares exact; different values
 * follow the fractional parts of multiples of the golden ratio.
 */
function spread(law: Distribution, dimension: number): Float64Array {
  const values = representatives(law, dimension);
  const order = orderOf(law.atoms ? shares(countsOf(law.atoms, dimension)) : golden(dimension));
  const result = new Float64Array(dimension);
  // For atoms `order` says which value comes next, for different values to which coordinate the next one goes.
  order.forEach((at, rank) => (law.atoms ? (result[rank] = values[at]!) : (result[at] = values[rank]!)));
  return result;
}

/**
 * Eigenvalues ascend, the teacher's entries are spread over them: independent of each other as far as d allows.
 * Continuous spectra are scaled to mean exactly 1.
 */
export function arrange(config: DlnConfig): DlnInstance {
  const { dimension } = config;
  return { eigenvalue: eigenvaluesOf(config, dimension), teacher: spread(teacherOf(config), dimension) };
}
