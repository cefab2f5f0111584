/** Second moments over the coordinates of the columns of U = [E | X*]. */
import type { MultiIndexInstance } from './instance.ts';

/**
 * L×L means of U_a U_b with and without weights λ.
 *
 * @param errors E, vector after vector
 */
export function momentsOver(
  { eigenvalue, teacher }: MultiIndexInstance,
  errors: Float32Array | Float64Array,
): { weighted: Float64Array; plain: Float64Array } {
  const dimension = eigenvalue.length;
  const students = errors.length / dimension;
  const size = students + teacher.length / dimension;
  const [weighted, plain] = [new Float64Array(size * size), new Float64Array(size * size)];
  const column = (a: number) =>
    a < students
      ? errors.subarray(a * dimension, (a + 1) * dimension)
      : teacher.subarray((a - students) * dimension, (a - students + 1) * dimension);
  for (let a = 0; a < size; a++) {
    const first = column(a);
    for (let b = a; b < size; b++) {
      const second = column(b);
      let [sum, heavy] = [0, 0];
      for (let i = 0; i < dimension; i++) {
        const product = first[i]! * second[i]!;
        sum += product;
        heavy += eigenvalue[i]! * product;
      }
      plain[a * size + b] = plain[b * size + a] = sum / dimension;
      weighted[a * size + b] = weighted[b * size + a] = heavy / dimension;
    }
  }
  return { weighted, plain };
}
