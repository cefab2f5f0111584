/** Two-time functions of the weights on a coarse grid of times, for maps (theory: multi-pass SGD, section 1). */
import type { Field } from '../model.ts';
import type { PathGrid } from './grids.ts';
import type { Kernels } from './kernels.ts';
import type { NetworkKernels } from './networkKernels.ts';
import type { VolterraSolution } from './volterra.ts';

/** Times of a map. */
const TIMES = 33;

/**
 * C(t, s) = ⟨θ(t), θ(s)⟩/d and R(t, s), the mean response of a weight at t to a kick at s, 1 at t = s, from values for
 * t_i ≥ t_j and t_i > t_j.
 */
function fieldsOf(
  t: Float64Array,
  covariance: (i: number, j: number) => number,
  response: (i: number, j: number) => number,
  weights = 'the weights',
): Field[] {
  const n = t.length;
  const [c, r] = [new Float64Array(n * n), new Float64Array(n * n).fill(NaN)];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      c[i * n + j] = covariance(i, j);
      c[j * n + i] = c[i * n + j];
      r[i * n + j] = i === j ? 1 : response(i, j);
    }
  }
  return [
    { name: 'covariance', label: `covariance C(t, s) of ${weights}`, t, values: c },
    { name: 'response', label: `response R(t, s) of ${weights}`, t, values: r },
  ];
}

function timesOf({ h, steps }: PathGrid): { readonly times: Float64Array; readonly stride: number } {
  const stride = Math.max(1, Math.round(steps / (TIMES - 1)));
  const count = Math.floor(steps / stride) + 1;
  return { times: Float64Array.from({ length: count }, (_, i) => i * stride * h), stride };
}

/**
 * Of one batch, extrapolated to step 0: the sum of `factors` times what grids of steps h, 2h, … say at times that all of
 * them have.
 * @param kick where in its step a kick is given, on average: R[k, l] is the response at t_k to one in step l
 */
export function fieldsOfKernels(
  levels: readonly Kernels[],
  factors: readonly number[],
  { h, steps }: PathGrid,
  kick: 'start' | 'middle',
): Field[] {
  // Of any number of levels, so that batches that lack the coarsest one have the same times.
  const coarsest = 4;
  const stride = coarsest * Math.max(1, Math.round(steps / coarsest / (TIMES - 1)));
  const count = Math.floor(steps / stride) + 1;
  const times = Float64Array.from({ length: count }, (_, i) => i * stride * h);
  const sum = (of: (kernels: Kernels, k: number, l: number) => number) => (i: number, j: number) =>
    levels.reduce((all, kernels, n) => {
      const apart = stride / 2 ** n;
      return all + factors[n] * of(kernels, i * apart, j * apart);
    }, 0);
  return fieldsOf(
    times,
    sum(({ size, covariance }, k, l) => covariance[k * size + l]),
    sum(({ size, response }, k, l) => {
      const at = k * size + l;
      if (kick === 'start') return response[at];
      return l > 0 ? (response[at - 1] + response[at]) / 2 : (3 * response[at] - response[at + 1]) / 2;
    }),
  );
}

/** The same of a network: means over its units of what is on the diagonals of blocks. */
export function fieldsOfNetwork(kernels: NetworkKernels, grid: PathGrid): Field[] {
  const { times, stride } = timesOf(grid);
  const { units, width, covariance, response } = kernels;
  const mean = (matrix: Float64Array) => (i: number, j: number) => {
    let sum = 0;
    for (let a = 0; a < units; a++) sum += matrix[(i * stride * units + a) * width + j * stride * units + a];
    return sum / units;
  };
  return fieldsOf(times, mean(covariance), mean(response), 'the weights, mean over the units');
}

/** Of least squares, exactly: of SGD, or of gradient flow. */
export function exactFields(solution: VolterraSolution, end: number, flow: boolean): Field[] {
  const times = Float64Array.from({ length: TIMES }, (_, i) => (end * i) / (TIMES - 1));
  const covariance = flow ? solution.flowCovariances(times) : solution.covariances(times);
  return fieldsOf(
    times,
    (i, j) => covariance[i * TIMES + j],
    (i, j) => solution.response(times[i] - times[j]),
  );
}

/** The mean of the maps of all batches that have some, on the same times. */
export function meanFields(batches: readonly (readonly Field[])[]): Field[] {
  const all = batches.filter(({ length }) => length > 0);
  return (all[0] ?? []).map((field, n) => ({
    ...field,
    values: field.values.map(
      (_, i) => all.reduce((sum, fields) => sum + fields[n].values[i], 0) / all.length,
    ),
  }));
}
