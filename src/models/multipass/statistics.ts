/** What processes reduce and limits solve for (theory: multi-pass SGD, sections 1, observables, and 6). */
import type { Network } from './architecture.ts';

/** All there is of one unit each; squaredNorm: q = |θ|²/d, overlap: m = ⟨θ, θ*⟩/d. */
export const scalarStatistics = ['trainLoss', 'squaredNorm', 'overlap'] as const;

/**
 * trainLoss: mean of ℓ over the training samples, without the penalty. Mean products of the entries of units: C₁₁ is
 * squaredNorm, C₁₂ product12, …, of students; m₁₁ is overlap, m₁₂ overlap12, …, of a student and a teacher, in this order.
 * Units that a config does not have count as 0. The population risk is a function of C and m.
 */
export const statisticNames = [
  ...scalarStatistics,
  'product12',
  'product13',
  'product22',
  'product23',
  'product33',
  'overlap12',
  'overlap13',
  'overlap21',
  'overlap22',
  'overlap23',
  'overlap31',
  'overlap32',
  'overlap33',
] as const;

type ScalarName = (typeof scalarStatistics)[number];
export type StatisticName = (typeof statisticNames)[number];

/** What is missing is 0. */
export type Statistics = Readonly<Record<ScalarName, number> & Partial<Record<StatisticName, number>>>;

type Sizes = Pick<Network, 'students' | 'teachers'>;

/** A statistic, and where it lies in the matrix of all units, students first, with its mirror image. */
interface Entry {
  readonly name: StatisticName;
  readonly at: number;
  readonly mirror: number;
}

function nameOf(first: number, second: number, { students }: Sizes): StatisticName {
  const kind = second < students ? 'product' : 'overlap';
  const name = `${kind}${first + 1}${(second < students ? second : second - students) + 1}`;
  if (name === 'product11') return 'squaredNorm';
  return (name === 'overlap11' ? 'overlap' : name) as StatisticName;
}

const layouts = new Map<string, readonly Entry[]>();

/** The statistics that K students and K* teachers fill: made once, since every observable asks for them. */
export function layoutOf({ students, teachers }: Sizes): readonly Entry[] {
  const key = `${students} ${teachers}`;
  let layout = layouts.get(key);
  if (!layout) {
    const size = students + teachers;
    layout = Array.from({ length: students * size }, (_, at) => ({
      i: Math.floor(at / size),
      j: at % size,
      at,
    }))
      .filter(({ i, j }) => i <= j)
      .map(({ i, j, at }) => ({ name: nameOf(i, j, { students, teachers }), at, mirror: j * size + i }));
    layouts.set(key, layout);
  }
  return layout;
}

/** The statistics that a network fills, in the order of its layout. */
export function filledStatistics(sizes: Sizes): readonly StatisticName[] {
  return ['trainLoss', ...layoutOf(sizes).map(({ name }) => name)];
}

/**
 * By name.
 * @param moments mean products of all units, (K + K*)² row by row, students first; those of teachers are not read
 */
export function toStatistics(
  sizes: Sizes,
  trainLoss: number,
  moments: Float64Array,
): Record<StatisticName, number> {
  const statistics = Object.fromEntries(statisticNames.map((name) => [name, 0])) as Record<
    StatisticName,
    number
  >;
  statistics.trainLoss = trainLoss;
  for (const { name, at } of layoutOf(sizes)) statistics[name] = moments[at];
  return statistics;
}

/** Mean products of all units, (K + K*)² row by row, students first. */
export function momentsOf(network: Network, statistics: Statistics): Float64Array {
  const moments = network.moments.slice();
  for (const { name, at, mirror } of layoutOf(network)) {
    moments[at] = moments[mirror] = statistics[name] ?? 0;
  }
  return moments;
}

/** Mean product of the entries of two vectors. */
function meanOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum / a.length;
}

/** Statistics of weights, with units one vector each. */
export function measure(
  trainLoss: number,
  weights: readonly Float64Array[],
  teacher: readonly Float64Array[],
): Record<StatisticName, number> {
  const sizes = { students: weights.length, teachers: teacher.length };
  const units = [...weights, ...teacher];
  const moments = new Float64Array(units.length ** 2);
  for (const { at } of layoutOf(sizes)) {
    moments[at] = meanOf(units[Math.floor(at / units.length)], units[at % units.length]);
  }
  return toStatistics(sizes, trainLoss, moments);
}
