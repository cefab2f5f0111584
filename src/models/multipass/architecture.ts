/** Student and teacher networks of a config (theory: multi-pass SGD, section 6). */
import { isActive } from '../../config/parameter.ts';
import { activations, type Activation } from './activations.ts';
import { parameters, type MultipassConfig } from './parameters.ts';

/** Student f = Σ_k a_k s(r_k), teacher f* = Σ_k s(r*_k); the loss is ℓ(f; y) with labels y of f*. */
export interface Network {
  /** K */
  readonly students: number;
  /** K* */
  readonly teachers: number;
  /** a, length K; not learned. */
  readonly secondLayer: Float64Array;
  /** s */
  readonly activation: Activation;
  /** Mean products of entries at t = 0, (K + K*)² row by row, students first: C(0, 0), m(0) and Q*. */
  readonly moments: Float64Array;
  /** One linear unit each, r the output: the case of sections 1 to 5. */
  readonly isScalar: boolean;
}

/** Values that shape the networks. */
export type Shape = Pick<
  MultipassConfig,
  | 'hiddenUnits'
  | 'teacherUnits'
  | 'activation'
  | 'secondLayer'
  | 'initMoments'
  | 'initNorm'
  | 'initOverlap'
  | 'teacherNorm'
>;

/** Pairs (i, j), i ≤ j, row by row. */
function upperTriangle(size: number): [number, number][] {
  const indices = Array.from({ length: size }, (_, i) => i);
  return indices.flatMap((i) => indices.slice(i).map((j): [number, number] => [i, j]));
}

/** Mean products of all units, students first, from `initMoments`, or from norms and overlap where that is empty. */
function momentsOf({ initMoments, ...config }: Shape): Float64Array {
  const { hiddenUnits: students, teacherUnits: teachers, initNorm, initOverlap, teacherNorm } = config;
  const size = students + teachers;
  const moments = new Float64Array(size * size);
  const set = (i: number, j: number, value: number) => {
    moments[i * size + j] = moments[j * size + i] = value;
  };
  if (initMoments.length > 0) {
    upperTriangle(size).forEach(([i, j], n) => set(i, j, initMoments[n]));
    return moments;
  }
  for (let i = 0; i < size; i++) set(i, i, i < students ? initNorm : teacherNorm);
  for (let k = 0; k < Math.min(students, teachers); k++) set(k, students + k, initOverlap);
  return moments;
}

/** Lists that have no meaning under the other values are those of one linear unit. */
export function shapeOf(config: MultipassConfig): Shape {
  const used = (key: 'secondLayer' | 'initMoments', otherwise: readonly number[]) =>
    isActive(parameters, config, key) ? config[key] : otherwise;
  return { ...config, secondLayer: used('secondLayer', [1]), initMoments: used('initMoments', []) };
}

/** The config passes `problem`. */
export function networkOf(config: MultipassConfig): Network {
  const shape = shapeOf(config);
  const { hiddenUnits: students, teacherUnits: teachers, secondLayer, activation } = shape;
  return {
    students,
    teachers,
    secondLayer: Float64Array.from({ length: students }, (_, k) => secondLayer[k] ?? secondLayer[0]),
    activation: activations[activation],
    moments: momentsOf(shape),
    isScalar: students === 1 && teachers === 1 && activation === 'identity',
  };
}
