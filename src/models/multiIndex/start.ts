/**
 * Teacher and students at t = 0 (theory: streaming SGD on GLMs and multi-index models, sections 0 and 1). The limit
 * knows of W = [X|X*] only its second moments V0 at each eigenvalue; here they are exact in d coordinates: in every
 * class of coordinates, normal numbers are whitened and then multiplied by a root of V0.
 */
import { cholesky } from '../../math/cholesky.ts';
import { fillNormals } from '../../math/normal.ts';
import { streams } from '../../math/threefry.ts';
import { eigenvaluesOf, spectrumOf, type SpectrumConfig } from '../spectrum.ts';
import { countsOf } from '../coordinates.ts';

/** Second moments of W at t = 0. */
export interface StartMoments {
  /** Number l of students. */
  readonly students: number;
  /** Number l* of teachers. */
  readonly teachers: number;
  /** V0, L×L row by row, students first: one for each atom of the spectrum in ascending order, or one for all. */
  readonly matrices: readonly Float64Array[];
}

export type StartConfig = SpectrumConfig & {
  readonly dimension: number;
  readonly seed: number;
};

/** Neighbouring coordinates, first … end−1, whose moments are made exact together. */
interface Stretch {
  readonly first: number;
  readonly end: number;
  readonly matrix: Float64Array;
  /**
   * Eigenvalues vary within: coordinates at equal distance from both ends take the same vector up to its sign, so that
   * in moments with weights λ, λ², … all cancels that is linear in the place.
   */
  readonly mirrored: boolean;
}

/** Coordinates per moment in a stretch of a continuous spectrum. */
const PER_MOMENT = 4;

function stretchesOf(config: StartConfig, { students, teachers, matrices }: StartMoments): Stretch[] {
  const { dimension } = config;
  const { atoms } = spectrumOf(config);
  if (atoms) {
    let first = 0;
    return countsOf(atoms, dimension).map((count, i) => {
      const matrix = matrices[i] ?? matrices[0]!;
      return { first, end: (first += count), matrix, mirrored: false };
    });
  }
  const size = students + teachers;
  const number = Math.max(1, Math.floor(dimension / ((PER_MOMENT * size * (size + 1)) / 2)));
  const edge = (i: number) => Math.round((i * dimension) / number);
  return Array.from({ length: number }, (_, i) => {
    return { first: edge(i), end: edge(i + 1), matrix: matrices[0]!, mirrored: true };
  });
}

/** Vectors of a stretch that differ by more than the sign. */
function freeCoordinates({ first, end, mirrored }: Stretch): number {
  return mirrored ? Math.ceil((end - first) / 2) : end - first;
}

/** Coordinates at equal distance from both ends of the stretch get the same vector up to its sign. */
function mirror(columns: readonly Float64Array[], { first, end }: Stretch): void {
  for (let i = first, other = end - 1; i < other; i++, other--) {
    const sign = columns[0]![other]! < 0 ? -1 : 1;
    for (const column of columns) column[other] = sign * column[i]!;
  }
}

/**
 * Makes the columns orthogonal with mean square 1 over the coordinates first … end−1, weighted if there are weights, by
 * Gram–Schmidt twice over. A column does not depend on those after it.
 */
function whiten(columns: readonly Float64Array[], first: number, end: number, weights?: Float64Array): void {
  const product = (a: Float64Array, b: Float64Array) => {
    let sum = 0;
    for (let i = first; i < end; i++) sum += (weights ? weights[i]! : 1) * a[i]! * b[i]!;
    return sum;
  };
  const total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : end - first;
  columns.forEach((column, a) => {
    for (let pass = 0; pass < 2; pass++) {
      for (const before of columns.slice(0, a)) {
        const share = product(before, column) / total;
        for (let i = first; i < end; i++) column[i]! -= share * before[i]!;
      }
    }
    const scale = Math.sqrt(total / product(column, column));
    for (let i = first; i < end; i++) column[i]! *= scale;
  });
}

/** Root of V0 with teachers first, whose vectors then do not depend on the students. */
function rootOf({ students, teachers }: StartMoments, matrix: Float64Array): Float64Array {
  const size = students + teachers;
  const order = (a: number) => (a + students) % size;
  const permuted = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) permuted[a * size + b] = matrix[order(a) * size + order(b)]!;
  }
  const root = cholesky(permuted, size);
  if (!root) throw new RangeError('moments of the start: expected a positive semidefinite matrix');
  return root;
}

function draw({ dimension, seed }: StartConfig, stream: number, index: number, run: number): Float64Array {
  const z = new Float64Array(4 * Math.ceil(dimension / 4));
  fillNormals(z, dimension, seed, stream, index, run, 0);
  return z.subarray(0, dimension);
}

/** Vector after vector: the teachers, then the students of a run if there is one. */
function vectors(config: StartConfig, moments: StartMoments, run: number | undefined): Float64Array {
  const { students, teachers } = moments;
  const { dimension } = config;
  const size = students + teachers;
  const columns = Array.from({ length: teachers }, (_, n) => draw(config, streams.teacher, n, 0));
  for (let a = 0; a < students && run !== undefined; a++) {
    columns.push(draw(config, streams.initial, a, run));
  }
  const result = new Float64Array(columns.length * dimension);
  const stretches = stretchesOf(config, moments);
  for (const stretch of stretches) {
    // Whether a teacher is whitened must not depend on the run.
    if (freeCoordinates(stretch) < size) continue;
    if (stretch.mirrored) mirror(columns, stretch);
    whiten(columns, stretch.first, stretch.end);
  }
  // B(0) is what the risk starts from; other moments move by less than the start scatters without all this.
  if (stretches[0]!.mirrored) whiten(columns, 0, dimension, eigenvaluesOf(config, dimension));
  for (const stretch of stretches) {
    const root = rootOf(moments, stretch.matrix);
    for (let i = stretch.first; i < stretch.end; i++) {
      for (let a = 0; a < columns.length; a++) {
        let value = 0;
        for (let b = 0; b <= a; b++) value += root[a * size + b]! * columns[b]![i]!;
        result[a * dimension + i] = value;
      }
    }
  }
  return result;
}

/** The l* teachers X*, vector after vector, the same for all runs. Length l*·d. */
export function teachersOf(config: StartConfig, moments: StartMoments): Float64Array {
  return vectors(config, moments, undefined);
}

/** The l students X of a run at t = 0, vector after vector. Length l·d. */
export function studentsOf(config: StartConfig, moments: StartMoments, run: number): Float64Array {
  return vectors(config, moments, run).subarray(moments.teachers * config.dimension);
}

/** One sentence for every class that has too few coordinates for exact moments. */
export function startRemarks(config: StartConfig, moments: StartMoments): string[] {
  const size = moments.students + moments.teachers;
  const poor = stretchesOf(config, moments).filter((stretch) => {
    const free = freeCoordinates(stretch);
    return free > 0 && free < size;
  });
  if (poor.length === 0) return [];
  const least = Math.min(...poor.map(freeCoordinates));
  return [
    `start: ${least} coordinates with one eigenvalue are fewer than the ${size} vectors; their moments at t = 0 are those of the limit only on average`,
  ];
}
