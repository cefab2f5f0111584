/** The classes of the limit at t = 0 (theory: diagonal linear networks, sections 2 and 3). */
import { besselRule } from '../../math/bessel.ts';
import type { Distribution } from '../../math/distribution.ts';
import { transportFromNormal } from '../../math/logConcave.ts';
import { discreteRecurrence, gaussRule, type Rule } from '../../math/quadrature.ts';
import { law, type LawClass } from './law.ts';
import type { DlnConfig } from './parameters.ts';
import { spectrumOf } from '../spectrum.ts';
import { teacherOf } from './population.ts';
import type { LimitClass } from './transportMap.ts';

type Start = Pick<LimitClass, 'weight' | 'lnC' | 'angle'>;

/** Given x = c₀/α² the angle has density ∝ exp(−x cosh 2ξ). */
function randomStart(x: number, weight: number, initScale: number): Start {
  const angle = transportFromNormal({
    value: (xi) => 2 * x * Math.sinh(xi) ** 2,
    rise: (xi, s) => 2 * x * Math.sinh(2 * xi + s) * Math.sinh(s),
  });
  return { weight, lnC: Math.log(x * initScale ** 2), angle };
}

/**
 * Zero output: u = α, v = 0, so c₀ = α²/2 and ξ = 0. Random: c₀/α² has density (2/π)K₀.
 *
 * @param nodes points of the rule for random c₀
 */
export function startClasses(config: DlnConfig, classes: readonly LawClass[], nodes: number): LimitClass[] {
  const { init, initScale } = config;
  const starts: Start[] =
    init === 'zero'
      ? [{ weight: 1, lnC: Math.log(initScale ** 2 / 2), angle: () => 0 }]
      : besselRule(nodes).map(({ value, weight }) => randomStart(value, weight, initScale));
  return classes.flatMap((item) =>
    starts.map((start) => ({ ...item, ...start, weight: item.weight * start.weight })),
  );
}

const FEWEST = 3;

/** Size of the teacher's entries: root mean square. */
function teacherSize(config: DlnConfig): number {
  const square = teacherOf(config)
    .rule(16)
    .reduce((sum, { value, weight }) => sum + weight * value * value, 0);
  return Math.sqrt(square);
}

/** ln β* − ln c₀: from a small start coordinates are learnt late, and suddenly beside the time that it takes. */
function lateness(config: DlnConfig): number {
  return Math.max(0, Math.log((2 * teacherSize(config)) / config.initScale ** 2));
}

/**
 * Points that continuous laws of λ, |β*| and c₀ take to leave about 1e-6 in most random configurations, one law at a
 * time: in proportion to the range of ln λ, and more where learning is sudden.
 */
function eigenvaluePoints(config: DlnConfig, late: number): number {
  const { spectrum, condition, exponent, aspect } = config;
  const root = Math.sqrt(aspect);
  switch (spectrum) {
    case 'logUniform':
      return 6 + Math.log(condition) * (1.5 + 0.9 * late);
    case 'powerLaw':
      return 5 + 40 * exponent + 90 * exponent ** 3 + 12 * exponent * late;
    case 'marchenkoPastur':
      return 6 + 1.6 * Math.log((1 + root) / Math.max(0.02, 1 - root)) * (1.5 + 0.9 * late);
    default:
      return 1;
  }
}

const teacherPoints = (late: number): number => 22 + 2.5 * late;
const startPoints = (late: number): number => 14 + 0.5 * late;

/** Points of the rules of λ, |β*| and c₀. */
export type Nodes = readonly [number, number, number];

/** How finely continuous laws are resolved. */
export interface Sampling {
  /** Number of classes that is not exceeded by much. */
  readonly budget: number;
  /** Multiple of the usual number of points for each continuous law, where the budget allows. */
  readonly refinement: number;
  /** Points at refinement 1 where they have been measured; 1 where a law is discrete. */
  readonly nodes?: Nodes;
}

/** Points at refinement 1 as a rule: 1 where a law is discrete. */
export function usualNodes(config: DlnConfig): Nodes {
  const late = lateness(config);
  return [
    spectrumOf(config).atoms ? 1 : eigenvaluePoints(config, late),
    teacherOf(config).atoms ? 1 : teacherPoints(late),
    config.init === 'random' ? startPoints(late) : 1,
  ];
}

/** Points of the rules: proportional to what each law needs. */
export function nodesOf(config: DlnConfig, { budget, refinement, nodes }: Sampling): Nodes {
  const usual = nodes ?? usualNodes(config);
  const continuous = usual.filter((count) => count > 1);
  const all = continuous.reduce((product, count) => product * count, 1);
  const atoms = (spectrumOf(config).atoms?.length ?? 1) * (teacherOf(config).atoms?.length ?? 1);
  const share = (budget / (atoms * all)) ** (1 / continuous.length);
  const scale = Math.min(refinement, share);
  const points = (count: number) => (count === 1 ? 1 : Math.max(FEWEST, Math.round(count * scale)));
  return [points(usual[0]), points(usual[1]), points(usual[2])];
}

/** How many of the laws of λ, β* and c₀ are continuous. */
export function continuousLaws(config: DlnConfig): number {
  const rounded = config.limitLaw === 'rounded';
  const each = [
    !rounded && !spectrumOf(config).atoms,
    !rounded && !teacherOf(config).atoms,
    config.init === 'random',
  ];
  return each.filter(Boolean).length;
}

/** All classes of the limit at t = 0 by rules of so many points: products of those of λ, |β*| and c₀. */
export function classesOf(config: DlnConfig, [lambda, star, start]: Nodes): LimitClass[] {
  return startClasses(config, law(config, lambda, star), start);
}

export function limitClasses(config: DlnConfig, sampling: Sampling): LimitClass[] {
  return classesOf(config, nodesOf(config, sampling));
}

/** Atoms of a discrete law that few classes keep. */
const FEW_ATOMS = 6;

/** Few classes for a first look at any law: Gauss rules, those of discrete laws with many atoms too. */
export function fewClasses(config: DlnConfig, budget: number): LimitClass[] {
  const fewer = ({ atoms }: Distribution): Rule | undefined =>
    atoms && atoms.length > FEW_ATOMS ? gaussRule(discreteRecurrence(atoms, FEW_ATOMS)) : undefined;
  const [eigenvalues, teacherAtoms] = [fewer(spectrumOf(config)), fewer(teacherOf(config))];
  const coarse: DlnConfig = {
    ...config,
    limitLaw: 'population',
    ...(eigenvalues && { spectrum: 'atoms', eigenvalues }),
    ...(teacherAtoms && { teacher: 'atoms', teacherAtoms }),
  };
  return limitClasses(coarse, { budget, refinement: 0.5 });
}
