/** The law of (λ, β*) as finitely many classes: what limits are solved for. */
import { arrange } from './instance.ts';
import type { DlnConfig } from './parameters.ts';
import { spectrumOf } from '../spectrum.ts';
import { teacherOf } from './population.ts';

/** Coordinates with one eigenvalue λ and teacher entries ±β*. */
export interface LawClass {
  readonly eigenvalue: number;
  /** |β*|: mirror images (ξ → −ξ) have the same statistics and are one class. */
  readonly teacher: number;
  /** Share of all coordinates, positive. */
  readonly weight: number;
}

/** More classes than this are not solved for. */
const MAX_CLASSES = 32768;

function merge(classes: Iterable<LawClass>): LawClass[] {
  const byValues = new Map<string, LawClass>();
  for (const { eigenvalue, teacher, weight } of classes) {
    const key = `${eigenvalue} ${Math.abs(teacher)}`;
    const known = byValues.get(key)?.weight ?? 0;
    byValues.set(key, { eigenvalue, teacher: Math.abs(teacher), weight: known + weight });
  }
  return [...byValues.values()];
}

/**
 * The classes of the stated law (Gauss rules for continuous laws, λ and β* independent), or of the arrays of
 * length d that simulations use. Weights have sum 1.
 *
 * @param eigenvalueNodes points of the rule of a continuous law of λ
 * @param teacherNodes points of the rule of a continuous law of |β*|
 */
export function law(config: DlnConfig, eigenvalueNodes = 24, teacherNodes = 16): LawClass[] {
  let classes;
  if (config.limitLaw === 'rounded') {
    const { eigenvalue, teacher } = arrange(config);
    classes = merge(
      Array.from(eigenvalue, (value, i) => ({
        eigenvalue: value,
        teacher: teacher[i],
        weight: 1 / teacher.length,
      })),
    );
  } else {
    // What starts at c₀ or is learnt at rate γ|β*| within the horizon changes at these |β*|.
    const { amplitude, initScale, stepSize, horizon } = config;
    const change = Math.max(initScale ** 2 / 2, 1 / (stepSize * horizon));
    const finest =
      change < amplitude ? Math.min(0.3 * amplitude, Math.sqrt(0.3 * amplitude * change)) : change;
    const teachers = teacherOf(config).rule(2 * teacherNodes, finest);
    classes = merge(
      spectrumOf(config)
        .rule(eigenvalueNodes)
        .flatMap((x) =>
          teachers.map((y) => ({ eigenvalue: x.value, teacher: y.value, weight: x.weight * y.weight })),
        ),
    );
  }
  if (classes.length > MAX_CLASSES) {
    throw new RangeError(`law of (λ, β*) has ${classes.length} classes: expected at most ${MAX_CLASSES}`);
  }
  return classes;
}
