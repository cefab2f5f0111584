import { describe, expect, test } from 'vitest';
import { fillNormals } from '../../../src/math/normal.ts';
import { hasWidths, widthsAt } from '../../../src/models/multiIndex/fluctuations.ts';
import { losses } from '../../../src/models/multiIndex/losses.ts';
import { twoPoint } from '../../../src/math/distribution.ts';
import { pairProblem, problemOf, references } from './problems.ts';

const byName = (name: string) => problemOf(references.find((reference) => reference.name === name)!);
const times = Float64Array.of(0, 0.5, 1, 2, 4);

describe('√d times the standard deviation of the risk', () => {
  test('has the values of theory for least squares, SGD and SDE', () => {
    const { sgd, sde } = widthsAt(byName('LS_iso'), 1, times);
    expect([...sgd].map((width) => width.toFixed(3))).toEqual(['0.000', '0.595', '0.549', '0.344', '0.139']);
    expect([...sde].map((width) => width.toFixed(3))).toEqual(['0.000', '0.687', '0.643', '0.417', '0.179']);
  });

  test('has the values of theory for phase retrieval', () => {
    const { sgd } = widthsAt(byName('PR_iso'), 1, times);
    [0, 0.319, 0.473, 0.788, 1.108].forEach((width, i) =>
      expect(Math.abs(sgd[i]! - width)).toBeLessThan(2e-3),
    );
  });

  /** SGD on least squares with ridge and batches, d = 64, from exact moments; risks at t = 1. */
  function simulated(
    runs: number,
    stepSize: number,
    noise: number,
    ridge: number,
    batchSize: number,
  ): number[] {
    const d = 64;
    const z = new Float64Array(d);
    return Array.from({ length: runs }, (_, run) => {
      // e = X − X* and X*, both of mean square 1, ⟨eX*⟩ = −1/2.
      const teacher = new Float64Array(d).fill(1);
      const e = Float64Array.from(
        teacher,
        (value, i) => -value / 2 + (i % 2 === 0 ? 1 : -1) * Math.sqrt(3 / 4),
      );
      const step = new Float64Array(d);
      for (let k = 0; k < d; k++) {
        step.fill(0);
        for (let m = 0; m < batchSize; m++) {
          fillNormals(z, d, 5, 1, k, run, m);
          const label = new Float64Array(4);
          fillNormals(label, 4, 5, 2, k, run, m);
          const residual = z.reduce((sum, x, i) => sum + x * e[i]!, 0) / Math.sqrt(d) - noise * label[0]!;
          for (let i = 0; i < d; i++) step[i]! += (residual * z[i]!) / batchSize;
        }
        for (let i = 0; i < d; i++) {
          e[i]! -= (stepSize / Math.sqrt(d)) * step[i]! + ((stepSize * ridge) / d) * (e[i]! + teacher[i]!);
        }
      }
      return (e.reduce((sum, value) => sum + (value * value) / d, 0) + noise ** 2) / 2;
    });
  }

  test('is that of SGD also with batches and ridge', () => {
    const [runs, gamma, noise, ridge, batchSize] = [400, 0.8, 0.3, 0.4, 2];
    // X = e + X*: p = 1 − 1 + 1, q = 1/2.
    const problem = pairProblem(losses.leastSquares, gamma, [1, 0.5, 1], {
      labelNoise: noise,
      ridge,
      batchSize,
    });
    const predicted = widthsAt(problem, 1, Float64Array.of(0, 1)).sgd[1]!;
    const risks = simulated(runs, gamma, noise, ridge, batchSize);
    const mean = risks.reduce((sum, risk) => sum + risk / runs, 0);
    const width = Math.sqrt((64 * risks.reduce((sum, risk) => sum + (risk - mean) ** 2, 0)) / (runs - 1));
    // A standard deviation from 400 runs is known to 3.5 %, and d = 64 differs by O(1/d).
    expect(Math.abs(width / predicted - 1)).toBeLessThan(0.12);
  });

  test('is stated where theory has it: one eigenvalue, one student, away from the saddle of an even loss', () => {
    expect(hasWidths(pairProblem(losses.relu, 1, [1, 0, 1]))).toBe(true);
    expect(hasWidths(pairProblem(losses.phaseRetrieval, 1, [1, 0.5, 1]))).toBe(true);
    expect(hasWidths(pairProblem(losses.phaseRetrieval, 1, [1, 0, 1]))).toBe(false);
    expect(hasWidths(pairProblem(losses.relu, 1, [1, 0, 1], { spectrum: twoPoint(2) }))).toBe(false);
    expect(hasWidths(byName('Erf22_iso'))).toBe(false);
  });

  test('shrinks with the risk as it vanishes, to all digits', () => {
    const { sgd } = widthsAt(pairProblem(losses.relu, 0.8, [0.9, 0.8, 1]), 1, Float64Array.of(0, 100, 150));
    expect(sgd[2]).toBeGreaterThan(0);
    expect(sgd[2]).toBeLessThan(1e-8 * sgd[1]!);
  });
});
