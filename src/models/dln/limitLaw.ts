/** The law of the coordinates that the limit predicts (theory: diagonal linear networks, sections 2, 3 and 5). */
import type { BinnedLaw } from '../model.ts';
import { componentsOf, continuousLaws } from './components.ts';
import { groupingOf } from './groups.ts';
import { LimitIntegrator, type Accuracy } from './limitIntegrator.ts';
import { law } from './law.ts';
import { startClasses } from './limitStart.ts';
import { binned, refined, type WeightedMap } from './mixture.ts';
import type { DlnConfig } from './parameters.ts';
import { spectrumOf } from '../spectrum.ts';
import { teacherOf } from './population.ts';
import { stepSizeAt } from './schedule.ts';
import type { LimitClass, TransportMap } from './transportMap.ts';

/** Far below what a histogram resolves. */
const accuracy: Accuracy = { points: 45, reach: 5.5, half: 3, tolerance: 1e-4 };
/** Classes to aim at where a law is continuous; fewest and most points of one such law. */
const [BUDGET, FEWEST, MOST] = [256, 6, 32];
/** Milliseconds of work between updates. */
const PATIENCE = 30;
/** Few maps are refined before they are inverted; many smooth each other. */
const FEW = 32;
const FACTOR = 4;

/** Few enough to be solved at once; `componentsOf` fills in what lies between. */
function classesOf(config: DlnConfig): LimitClass[] {
  const [spectrum, teacher] = [spectrumOf(config).atoms, teacherOf(config).atoms];
  const atoms = (spectrum?.length ?? 1) * (teacher?.length ?? 1);
  const nodes = Math.floor((BUDGET / atoms) ** (1 / Math.max(1, continuousLaws(config))));
  const points = Math.min(MOST, Math.max(FEWEST, nodes));
  // Rounding moves only the weights of atoms: d points of a continuous law are that law to a histogram.
  const limitLaw = spectrum && teacher ? config.limitLaw : 'population';
  return startClasses(config, law({ ...config, limitLaw }, points, points), points);
}

/** The maps of all components of a group at the present state, from those of the classes. */
class Maps {
  readonly #components;
  readonly #groupOf: readonly number[];
  readonly #count: number;
  readonly #quantity: string;

  constructor(config: DlnConfig, map: TransportMap, quantity: string) {
    const { labels, of } = groupingOf(config);
    this.#components = componentsOf(config, map.classes);
    this.#groupOf = this.#components.map(({ eigenvalue, teacher }) => of(eigenvalue, teacher));
    this.#count = labels.length;
    this.#quantity = quantity;
  }

  /** β or ξ of a class over the grid. */
  #values({ p, q, error, grid, classes }: TransportMap, index: number): Float64Array {
    const first = index * grid.points;
    const { teacher } = classes[index]!;
    return Float64Array.from({ length: grid.points }, (_, j) => {
      const k = first + j;
      // p²/2 − q²/2 cancels where both are large; there the error is kept.
      return this.#quantity === 'beta' ? teacher + error[k]! : 0.25 * Math.log(p[k]! / q[k]!);
    });
  }

  of(map: TransportMap): readonly (readonly WeightedMap[])[] {
    const known = map.classes.map((_, index) => this.#values(map, index));
    const grouped: WeightedMap[][] = Array.from({ length: this.#count }, () => []);
    this.#components.forEach(({ teacher, weight, parts }, i) => {
      const values = new Float64Array(map.grid.points);
      // By mirror symmetry β and ξ at −β* have the law of −β and −ξ at β*.
      const [sign, first, step] = teacher < 0 ? [-1, values.length - 1, -1] : [1, 0, 1];
      for (const [index, share] of parts) {
        const part = known[index]!;
        for (let j = 0, k = first; j < values.length; j++, k += step) values[j]! += sign * share * part[k]!;
      }
      grouped[this.#groupOf[i]!]!.push({ weight, values });
    });
    return grouped;
  }
}

/** A group without coordinates has no mass. */
function lawOf(maps: readonly WeightedMap[], z: Float64Array, bins: number): BinnedLaw {
  const factor = maps.length <= FEW ? FACTOR : 1;
  const fine = maps.map(({ weight, values }) => ({ weight, values: refined(values, factor) }));
  return (
    binned(fine, refined(z, factor), bins) ?? { low: -1, high: 1, mass: new Float64Array(bins + 2).fill(NaN) }
  );
}

/** Lets other tasks of this thread run. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

/** At each saved time while the limit exists: the law of every group over bins that fit it. */
export async function* solveLaw(
  config: DlnConfig,
  quantity: string,
  bins: number,
  saveAt: Float64Array,
  signal: AbortSignal,
): AsyncGenerator<readonly (readonly BinnedLaw[])[]> {
  const { batchSize, labelNoise } = config;
  const coefficients = { batchSize, labelNoise, stepSizeAt: (t: number) => stepSizeAt(config, t) };
  let maps: Maps | undefined;
  let laws: (readonly BinnedLaw[])[] = [];
  const observe = (map: TransportMap) => {
    maps ??= new Maps(config, map, quantity);
    laws.push(maps.of(map).map((group) => lawOf(group, map.grid.z, bins)));
  };
  const run = new LimitIntegrator(classesOf(config), coefficients, saveAt, accuracy, { observe });
  for (let running = true; running;) {
    const deadline = performance.now() + PATIENCE;
    while (running && performance.now() < deadline) running = run.advance();
    yield laws;
    laws = [];
    await breathe();
    signal.throwIfAborted();
  }
}
