/** What a finite-d study shows: deviations against d, per run and of the mean of runs, with fitted exponents. */
import { fitAsymptote, type PowerLaw } from '../../engine/powerLaw.ts';
import type { Study } from '../../engine/study.ts';
import { formatValue } from '../charts/format.ts';
import type { Styled } from '../charts/palette.ts';

export interface StudyPoint {
  readonly dimension: number;
  readonly runs: number;
  readonly diverged: number;
  /** Relative to the largest value of the limit; negative where noise outweighs the deviation. */
  readonly value: number;
  /** Standard error. */
  readonly error: number;
}

export interface Series {
  readonly style: Styled;
  /** "SGD" */
  readonly process: string;
  readonly quantity: 'single runs' | 'mean of runs';
  /** Exponent that theory says, as a number and in words. */
  readonly theory: { readonly exponent: number; readonly text: string };
  readonly points: readonly StudyPoint[];
  /** Undefined while the points show no power law. */
  readonly fit: PowerLaw | undefined;
}

const quantities = [
  { quantity: 'single runs', estimate: 'single', theory: { exponent: -0.5, text: '−1/2' } },
  { quantity: 'mean of runs', estimate: 'ofMean', theory: { exponent: -1, text: '−1' } },
] as const;

type Measured = Pick<Study, 'model' | 'sizes'>;

export function seriesOf({ model, sizes }: Measured): Series[] {
  return quantities.flatMap(({ quantity, estimate, theory }) =>
    Object.entries(model.processes).map(([name, { label }], index) => {
      const points = sizes
        .map(({ dimension, records }) => {
          const { runs, diverged, [estimate]: measured } = records[name]!;
          return { dimension, runs, diverged, ...measured };
        })
        .filter(({ error }) => error > 0);
      const fit = fitAsymptote(
        points.map(({ dimension, value, error }) => ({ x: dimension, y: value, error })),
      );
      return {
        style: { kind: 'process' as const, index, pin: -1 },
        process: label,
        quantity,
        theory,
        points,
        fit,
      };
    }),
  );
}

/** "−0.499 ± 0.013" */
export function exponentText({ fit }: Series): string {
  if (!fit) return 'not visible';
  const digits = Math.min(4, Math.max(0, 1 - Math.floor(Math.log10(fit.standardError))));
  const fixed = (value: number) => value.toFixed(digits).replace('-', '−');
  return `${fixed(fit.exponent)} ± ${fixed(fit.standardError)}`;
}

/** "from d = 128" where smaller sizes are left out. */
export function fromText({ fit, points }: Series): string {
  return fit && fit.from > points[0]!.dimension ? `from d = ${fit.from}` : '';
}

/** "SGD, single runs: exponent −0.499 ± 0.013, theory −1/2" */
export function seriesText(series: Series): string {
  const from = fromText(series);
  const exponent = `exponent ${exponentText(series)}${from && ` ${from}`}`;
  return `${series.process}, ${series.quantity}: ${exponent}, theory ${series.theory.text}`;
}

/** "1.02·10⁻¹ ± 0.1·10⁻¹" in a form that fits a table. */
export const estimateText = ({ value, error }: StudyPoint): string =>
  `${formatValue(value, 2)} ± ${formatValue(error, 1)}`;

/** Sentences on what is measured and how far it can be trusted. */
export function notesOf({ model, config, observable, limits, sizes, ended }: Study): string[] {
  const { label, symbol } = model.observables[observable]!;
  const [first, ...others] = new Set(Object.values(limits));
  const limitLabel = others.length > 0 ? 'limit that predicts it' : model.limits[first!]!.label;
  const diverged = sizes.some(({ records }) => Object.values(records).some((record) => record.diverged > 0));
  return [
    `Deviation of a run: largest |${symbol} − ${symbol} of the ${limitLabel}| over the recorded times, divided by the ` +
      `largest ${symbol} of the ${limitLabel}, ${symbol} being the ${label}; taken per run, then averaged. For the mean of ` +
      'runs the average is taken first.',
    'The mean of n runs has noise of its own, as large as a single deviation over √n; a maximum would count it. So ' +
      'each half of the runs is measured at the time where the other half deviates most: noise averages out, and what ' +
      'is left is within its error bar of 0 where n is too small to see the deviation.',
    ...(model.finiteSize ? [model.finiteSize.note(config)] : []),
    'Fits weigh every size by its error. Up to half of the sizes, the smallest ones, are left out where the rest follows a power law and all do not.',
    ...(diverged ? ['Runs that diverge are left out and counted in the table.'] : []),
    ...(ended ? [`No larger sizes: ${ended}`] : []),
  ];
}
