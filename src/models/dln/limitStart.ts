/** The classes of the limit at t = 0 (theory: diagonal linear networks, sections 2 and 3). */
import { besselRule } from '../../math/bessel.ts';
import { transportFromNormal } from '../../math/logConcave.ts';
import { law, type LawClass } from './law.ts';
import type { DlnConfig } from './parameters.ts';
import { spectrumOf, teacherOf } from './population.ts';
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

/** Fewest and most points of the rule of one continuous law. */
const [FEWEST, MOST] = [6, 48];

/**
 * All classes of the limit at t = 0, about `budget` of them: each of the continuous laws (λ, β*, random c₀) gets as
 * many points as leave the product near the budget.
 */
export function limitClasses(config: DlnConfig, budget: number): LimitClass[] {
  const spectrum = spectrumOf(config).atoms;
  const teacher = teacherOf(config).atoms;
  const continuous = [spectrum === undefined, teacher === undefined, config.init === 'random'];
  const atoms = (spectrum?.length ?? 1) * (teacher?.length ?? 1);
  const shares = continuous.filter(Boolean).length;
  const nodes = Math.round((budget / atoms) ** (1 / Math.max(shares, 1)));
  const points = Math.min(MOST, Math.max(FEWEST, nodes));
  return startClasses(config, law(config, points, points), points);
}
