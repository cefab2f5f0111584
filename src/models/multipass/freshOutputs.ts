/**
 * Outputs of student and teacher on fresh samples, for means that have no closed form: Sobol' points of the Gaussian
 * preactivations, whitened, so that their moments of order 1 and 2 are exact (theory: multi-pass SGD, section 6).
 */
import { normalQuantile } from '../../math/gaussian.ts';
import { sobol } from '../../math/sobol.ts';
import type { Network } from './architecture.ts';

/**
 * Points, powers of 2. Relative errors: logistic losses 0.3 %; tanh and phase losses of up to four units 0.5 %, of six up
 * to 3 % where little is left to learn; classification errors 0.005.
 */
const pointsOf = (units: number): number => (units > 3 ? 4096 : 2048);

/** Fractional part of the golden ratio: multiples of it shift the points, which otherwise begin in a corner. */
const SHIFT = 0x9e3779b9;

/** Orthonormal standard normals by number of units, dimension after dimension. */
const normals = new Map<number, readonly Float64Array[]>();

const meanProduct = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0) / a.length;

function normalsOf(count: number): readonly Float64Array[] {
  const known = normals.get(count);
  if (known) return known;
  const vectors: Float64Array[] = [];
  const points = pointsOf(count);
  for (let n = 0; n < count; n++) {
    const vector = new Float64Array(points);
    sobol(n, Math.imul(SHIFT, n + 1), vector);
    let mean = 0;
    vector.forEach((u, i) => (mean += (vector[i] = normalQuantile(u)) / points));
    vector.forEach((value, i) => (vector[i] = value - mean));
    for (const before of vectors) {
      const product = meanProduct(vector, before);
      vector.forEach((value, i) => (vector[i] = value - product * before[i]));
    }
    const scale = 1 / Math.sqrt(meanProduct(vector, vector));
    vectors.push(vector.map((value) => scale * value));
  }
  normals.set(count, vectors);
  return vectors;
}

/** Lower triangular root of a matrix that is positive semidefinite up to errors of a limit. */
function rootOf(matrix: Float64Array, size: number): Float64Array {
  const root = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let rest = matrix[i * size + j];
      for (let k = 0; k < j; k++) rest -= root[i * size + k] * root[j * size + k];
      const pivot = root[j * size + j];
      if (i === j) root[i * size + i] = rest > 1e-12 * matrix[i * size + i] ? Math.sqrt(rest) : 0;
      else root[i * size + j] = pivot > 0 ? rest / pivot : 0;
    }
  }
  return root;
}

/**
 * V of the fields in the order: sum of those of the teacher, those of its units but the last, those of the student. The
 * first coordinate then tells the sign of the teacher's output, or nearly, and signs jump along a side of the points' cube.
 */
function reordered({ students, teachers }: Network, moments: Float64Array): Float64Array {
  const size = students + teachers;
  const rows = Array.from({ length: size }, (_, n) => {
    const row = new Float64Array(size);
    if (n === 0) row.fill(1, students);
    else row[n < teachers ? students + n - 1 : n - teachers] = 1;
    return row;
  });
  const image = rows.map((row) =>
    Float64Array.from({ length: size }, (_, j) =>
      row.reduce((sum, value, i) => sum + value * moments[i * size + j], 0),
    ),
  );
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [row, other] = [image[Math.floor(at / size)], rows[at % size]];
    return row.reduce((sum, value, i) => sum + value * other[i], 0);
  });
}

/** Of a network, whose teacher stays as it is. */
export class FreshOutputs {
  /** f* of each point. */
  readonly teacher: Float64Array;
  readonly #network: Network;
  readonly #normals: readonly Float64Array[];
  readonly #field: Float64Array;
  readonly #student: Float64Array;

  constructor(network: Network) {
    const { students, teachers, activation, moments } = network;
    this.#network = network;
    this.#normals = normalsOf(students + teachers);
    const points = this.#normals[0].length;
    [this.#field, this.#student] = [new Float64Array(points), new Float64Array(points)];
    const root = rootOf(reordered(network, moments), students + teachers);
    // The fields of teachers are the first ones, so that those of students do not matter.
    this.teacher = new Float64Array(points);
    const last = this.#fieldOf(root, 0).slice();
    for (let n = 1; n < teachers; n++) {
      this.#fieldOf(root, n).forEach((r, i) => {
        last[i] -= r;
        this.teacher[i] += activation.value(r);
      });
    }
    last.forEach((r, i) => (this.teacher[i] += activation.value(r)));
  }

  /** Field n of those in order, until the next one is asked for. */
  #fieldOf(root: Float64Array, n: number): Float64Array {
    const out = this.#field.fill(0);
    const size = this.#normals.length;
    for (let b = 0; b <= n; b++) {
      const [factor, along] = [root[n * size + b], this.#normals[b]];
      if (factor !== 0) for (let i = 0; i < out.length; i++) out[i] += factor * along[i];
    }
    return out;
  }

  /**
   * f of each point, until the next call.
   * @param moments mean products of all units, students first
   */
  student(moments: Float64Array): Float64Array {
    const { students, teachers, secondLayer, activation } = this.#network;
    const root = rootOf(reordered(this.#network, moments), students + teachers);
    const out = this.#student.fill(0);
    for (let k = 0; k < students; k++) {
      const [r, weight] = [this.#fieldOf(root, teachers + k), secondLayer[k]];
      for (let i = 0; i < out.length; i++) out[i] += weight * activation.value(r[i]);
    }
    return out;
  }
}
