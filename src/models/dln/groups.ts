/** Classes of coordinates whose laws are shown apart: by teacher entry and eigenvalue, at most eight. */
import type { Distribution } from '../../math/distribution.ts';
import type { DlnInstance } from './instance.ts';
import type { DlnConfig } from './parameters.ts';
import { spectrumOf } from '../spectrum.ts';
import { teacherOf } from './population.ts';

const MOST = 8;

/** A partition of the real line. */
interface Axis {
  /** Ascending; a value that is equal to a cut lies below it. */
  readonly cuts: readonly number[];
  /** One more than there are cuts. */
  readonly labels: readonly string[];
}

const text = (value: number) => String(Number(value.toPrecision(3))).replace('-', '−');

/** One part per atom where there are few, otherwise up to `most` parts of equal mass. */
function axisOf({ atoms, quantile }: Distribution, symbol: string, most: number): Axis {
  if (atoms && atoms.length <= most) {
    return {
      cuts: atoms.slice(1).map(({ value }, i) => 0.5 * (atoms[i]!.value + value)),
      labels: atoms.map(({ value }) => `${symbol} = ${text(value)}`),
    };
  }
  const all = Array.from({ length: most - 1 }, (_, k) => quantile((k + 1) / most));
  const largest = atoms?.at(-1)!.value ?? Infinity;
  const cuts = [...new Set(all)].filter((cut) => cut < largest);
  const labels = [...cuts, Infinity].map((cut, k) => {
    if (k === 0) return `${symbol} ≤ ${text(cut)}`;
    const above = text(cuts[k - 1]!);
    return k === cuts.length ? `${symbol} > ${above}` : `${above} < ${symbol} ≤ ${text(cut)}`;
  });
  return { cuts, labels };
}

const partOf = ({ cuts }: Axis, value: number) => cuts.filter((cut) => value > cut).length;

export interface Grouping {
  readonly labels: readonly string[];
  /** Group of a coordinate. */
  of(eigenvalue: number, teacher: number): number;
}

export function groupingOf(config: DlnConfig): Grouping {
  const [spectrum, truth] = [spectrumOf(config), teacherOf(config)];
  const few = spectrum.atoms?.length === 1 && truth.atoms !== undefined;
  const teacher = axisOf(truth, 'β*', few ? MOST : MOST / 2);
  const parts = Math.floor(MOST / teacher.labels.length);
  const eigenvalue = axisOf(spectrum, 'λ', spectrum.atoms ? parts : Math.min(parts, 3));
  const labels = teacher.labels.flatMap((star) =>
    eigenvalue.labels.length === 1 ? [star] : eigenvalue.labels.map((lambda) => `${star}, ${lambda}`),
  );
  return {
    labels,
    of: (lambda, star) => partOf(teacher, star) * eigenvalue.labels.length + partOf(eigenvalue, lambda),
  };
}

/** Group of each coordinate. */
export function groupOf(config: DlnConfig, { eigenvalue, teacher }: DlnInstance): Uint8Array {
  const { of } = groupingOf(config);
  return Uint8Array.from(teacher, (star, i) => of(eigenvalue[i]!, star));
}
