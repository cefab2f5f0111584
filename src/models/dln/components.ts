/**
 * The law of the coordinates as a mixture of quantile maps. A limit is solved for few classes (λ, |β*|, c₀); where
 * these stand for a continuous law, the law of all coordinates is that of many classes in between, whose maps are
 * interpolated: linearly in ln λ, |β*| and ln c₀.
 */
import { normalQuantile } from '../../math/gaussian.ts';
import type { LimitClass } from './transportMap.ts';
import { arrange } from './instance.ts';
import type { DlnConfig } from './parameters.ts';
import { spectrumOf } from '../spectrum.ts';
import { teacherOf } from './population.ts';

/** Coordinates with one eigenvalue, teacher entry and initial c. */
export interface Component {
  readonly eigenvalue: number;
  /** β* with its sign. */
  readonly teacher: number;
  /** Share of all coordinates. */
  readonly weight: number;
  /** Indices of classes and their weights in the interpolation, sum 1. */
  readonly parts: readonly (readonly [index: number, weight: number])[];
}

/** Points that stand for one continuous law, and for several together. */
const SAMPLE = { one: 384, several: 1024 } as const;

/** How many of the laws of λ, β* and c₀ are continuous. */
export function continuousLaws(config: DlnConfig): number {
  const each = [!spectrumOf(config).atoms, !teacherOf(config).atoms, config.init === 'random'];
  return each.filter(Boolean).length;
}

function sampleSize(config: DlnConfig): number {
  return continuousLaws(config) > 1 ? SAMPLE.several : SAMPLE.one;
}

/** Digits of n in a prime base, mirrored at the point: evenly spread over (0, 1) for n = 1, 2, … */
function halton(n: number, base: number): number {
  let fraction = 0;
  for (let rest = n, digit = 1 / base; rest > 0; rest = Math.floor(rest / base), digit /= base) {
    fraction += (rest % base) * digit;
  }
  return fraction;
}

type Point = Pick<Component, 'eigenvalue' | 'teacher' | 'weight'>;

/** The law of (λ, β*): exact where it is discrete. */
function pointsOf(config: DlnConfig): Point[] {
  const [spectrum, truth] = [spectrumOf(config).atoms, teacherOf(config).atoms];
  const discrete = spectrum && truth;
  if (discrete && config.limitLaw === 'population') {
    return spectrum.flatMap((x) =>
      truth.map((y) => ({ eigenvalue: x.value, teacher: y.value, weight: x.weight * y.weight })),
    );
  }
  const dimension = discrete ? config.dimension : sampleSize(config);
  const { eigenvalue, teacher } = arrange({ ...config, dimension });
  const points = new Map<string, Point>();
  eigenvalue.forEach((lambda, i) => {
    const key = `${lambda} ${teacher[i]!}`;
    const weight = (points.get(key)?.weight ?? 0) + 1 / dimension;
    points.set(key, { eigenvalue: lambda, teacher: teacher[i]!, weight });
  });
  return [...points.values()];
}

/** ln c₀ at the start: one value, or for each point its own share of a sample of c₀ = α²|z₁z₂|. */
function startsOf(config: DlnConfig, point: number, points: number): number[] {
  const { init, initScale } = config;
  if (init === 'zero') return [Math.log(initScale ** 2 / 2)];
  const each = Math.ceil(sampleSize(config) / points);
  return Array.from({ length: each }, (_, i) => {
    const n = 1 + point * each + i;
    const product = normalQuantile(0.5 + 0.5 * halton(n, 2)) * normalQuantile(0.5 + 0.5 * halton(n, 3));
    return Math.log(initScale ** 2 * product);
  });
}

/** Neighbours of `value` among ascending nodes and their weights; the nearest node beyond the ends. */
function bracket(nodes: readonly number[], value: number, scale: (x: number) => number): [number, number][] {
  const above = nodes.findIndex((node) => node >= value);
  if (above < 0) return [[nodes.at(-1)!, 1]];
  if (above === 0 || nodes[above] === value) return [[nodes[above]!, 1]];
  const [low, high] = [nodes[above - 1]!, nodes[above]!];
  const share = (scale(value) - scale(low)) / (scale(high) - scale(low));
  return [
    [low, 1 - share],
    [high, share],
  ];
}

const identity = (x: number) => x;

/** The law of all coordinates, made of the classes that the limit is solved for. */
export function componentsOf(config: DlnConfig, classes: readonly LimitClass[]): Component[] {
  const key = (...values: readonly number[]) => values.join(' ');
  const index = new Map(classes.map((c, i) => [key(c.eigenvalue, c.teacher, c.lnC), i]));
  const nodes = (of: (c: LimitClass) => number) => [...new Set(classes.map(of))].sort((a, b) => a - b);
  const eigenvalues = nodes((c) => c.eigenvalue);
  const teachers = nodes((c) => c.teacher);
  const starts = nodes((c) => c.lnC);
  const points = pointsOf(config);
  return points.flatMap((point, n) => {
    const lambdas = bracket(eigenvalues, point.eigenvalue, Math.log);
    const stars = bracket(teachers, Math.abs(point.teacher), identity);
    const initial = startsOf(config, n, points.length);
    return initial.map((lnC) => {
      const parts = lambdas.flatMap(([lambda, a]) =>
        stars.flatMap(([star, b]) =>
          bracket(starts, lnC, identity).map(([start, c]): [number, number] => {
            const found = index.get(key(lambda, star, start));
            if (found === undefined)
              throw new RangeError(`class λ = ${lambda}, β* = ${star}: expected to be solved`);
            return [found, a * b * c];
          }),
        ),
      );
      return { ...point, weight: point.weight / initial.length, parts };
    });
  });
}
