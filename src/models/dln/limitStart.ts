/** The classes of the limit at t = 0 (theory: diagonal linear networks, sections 2 and 3). */
import { besselRule } from '../../math/bessel.ts';
import { transportFromNormal } from '../../math/logConcave.ts';
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

/** Points per continuous law that leave 1e-6 to 1e-5 over random configurations, most of them far less. */
const NODES = { logUniform: 36, powerLaw: 12, marchenkoPastur: 40, gaussian: 40, random: 16 } as const;
const FEWEST = 5;

/** How finely continuous laws are resolved. */
export interface Sampling {
  /** Number of classes that is not exceeded by much. */
  readonly budget: number;
  /** Multiple of the usual number of points for each continuous law, where the budget allows. */
  readonly refinement: number;
}

/** Points of the rules of λ, |β*| and c₀: proportional to what each law needs; 1 where it is discrete. */
export function nodesOf(config: DlnConfig, { budget, refinement }: Sampling): [number, number, number] {
  const { spectrum, init } = config;
  const [lambda, star] = [spectrumOf(config).atoms, teacherOf(config).atoms];
  const usual = [
    lambda || !(spectrum in NODES) ? 1 : NODES[spectrum as keyof typeof NODES],
    star ? 1 : NODES.gaussian,
    init === 'random' ? NODES.random : 1,
  ];
  const continuous = usual.filter((count) => count > 1);
  const all = continuous.reduce((product, count) => product * count, 1);
  const share = (budget / ((lambda?.length ?? 1) * (star?.length ?? 1) * all)) ** (1 / continuous.length);
  const scale = Math.min(refinement, share);
  return usual.map((count) => (count === 1 ? 1 : Math.max(FEWEST, Math.round(count * scale)))) as [
    number,
    number,
    number,
  ];
}

/** All classes of the limit at t = 0: the product of the rules of λ, |β*| and c₀. */
export function limitClasses(config: DlnConfig, sampling: Sampling): LimitClass[] {
  const [lambda, star, start] = nodesOf(config, sampling);
  return startClasses(config, law(config, lambda, star), start);
}
