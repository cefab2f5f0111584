/**
 * The limit of many samples per dimension for two-layer networks (theory: multi-pass SGD, sections 3 and 6): every sample
 * is fresh, and C and m obey a closed ODE. Its means are over points that are spread evenly and at random: batches of
 * them tell the error, some 1e-3.
 */
import { rootsOf } from '../../math/symmetric.ts';
import type { System } from '../../solvers/dop853.ts';
import { integrate } from './adaptive.ts';
import { addRows, labelsOf } from './networkPaths.ts';
import { NetworkLoss, vectors, type NetworkProblem } from './networkProblem.ts';
import { meanProduct, PathStart } from './pathStart.ts';

/** Variances below this multiple of the largest count as rounding. */
const ROUNDING = 1e-12;

/** Time derivative of the mean products of all units, (K + K*)² row by row, students first. */
export type NetworkRate = (moments: Float64Array) => Float64Array;

export function networkRate(problem: NetworkProblem, points: number, seed: number, batch = 0): NetworkRate {
  const { stepSize, decay, network } = problem;
  const { students, teachers } = network;
  const size = students + teachers;
  const start = new PathStart(points, seed, batch, students, teachers);
  const block = (moments: Float64Array, row: number, column: number, rows: number, columns: number) =>
    Float64Array.from({ length: rows * columns }, (_, n) => {
      return moments[(row + Math.floor(n / columns)) * size + column + (n % columns)];
    });
  const norm = block(network.moments, students, students, teachers, teachers);
  const teacher = rootsOf(norm, teachers, ROUNDING * Math.max(...norm));
  const fields = vectors(teachers, points);
  fields.forEach((field, n) => addRows(field, start.teachers, teacher.root, n * teachers));
  const loss = new NetworkLoss(problem, labelsOf(problem, fields, start));
  const r = vectors(students, points);

  return (moments) => {
    const rest = block(moments, 0, 0, students, students);
    const overlap = block(moments, 0, students, students, teachers);
    const along = new Float64Array(students * teachers);
    for (let at = 0; at < along.length; at++) {
      const [a, n] = [Math.floor(at / teachers), at % teachers];
      for (let m = 0; m < teachers; m++)
        along[at] += overlap[a * teachers + m] * teacher.inverse[m * teachers + n];
    }
    for (let at = 0; at < rest.length; at++) {
      const [a, b] = [Math.floor(at / students), at % students];
      for (let n = 0; n < teachers; n++) rest[at] -= along[a * teachers + n] * along[b * teachers + n];
    }
    const { root } = rootsOf(rest, students, ROUNDING * Math.max(...moments));
    r.forEach((values, a) => {
      values.fill(0);
      addRows(values, start.teachers, along, a * teachers);
      addRows(values, start.starts, root, a * students);
    });
    loss.evaluate(r);
    const out = new Float64Array(size * size);
    for (let a = 0; a < students; a++) {
      const gradient = loss.gradient[a];
      for (let b = 0; b < students; b++) {
        const value = meanProduct(gradient, r[b]);
        const noise = meanProduct(gradient, loss.gradient[b]);
        out[a * size + b] += -decay * moments[a * size + b] - stepSize * value + (stepSize ** 2 * noise) / 2;
        out[b * size + a] += -decay * moments[a * size + b] - stepSize * value + (stepSize ** 2 * noise) / 2;
      }
      for (let n = 0; n < teachers; n++) {
        const at = a * size + students + n;
        out[at] = -decay * moments[at] - stepSize * meanProduct(gradient, fields[n]);
        out[(students + n) * size + a] = out[at];
      }
    }
    return out;
  };
}

/** Points of the means. */
const POINTS = 4096;

/** Error of a step, relative to the moments: far below that of the means. */
const TOLERANCE = 1e-6;

/** Mean products of all units at the ascending times `saveAt`; different batches take other points. */
export function solveNetworkOnePass(
  problem: NetworkProblem,
  saveAt: Float64Array,
  seed: number,
  batch = 0,
  points = POINTS,
): Float64Array[] {
  const { moments } = problem.network;
  const rate = networkRate(problem, points, seed, batch);
  const system: System = { size: moments.length, derivative: (_t, y, out) => out.set(rate(y)) };
  return integrate(system, moments, saveAt, TOLERANCE, 1e-3 * Math.max(...moments));
}
