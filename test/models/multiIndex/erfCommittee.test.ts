/** Soft committee machines: every formula follows from the risk, or from samples. */
import { describe, expect, test } from 'vitest';
import { cholesky } from '../../../src/math/cholesky.ts';
import { erf } from '../../../src/math/erf.ts';
import { fillNormals } from '../../../src/math/normal.ts';
import { erfCommittee } from '../../../src/models/multiIndex/erfCommittee.ts';
import { riskOf, toErrors, toStudents, type Loss } from '../../../src/models/multiIndex/loss.ts';
import { errorsOf, mean, states } from './planarQuadrature.ts';

const NOISE = 0.4;

/** Derivative of the loss of one sample with outputs r and r* and noise σε. */
function gradientOf(loss: Loss, r: number, teacher: number, noise: number): number {
  const out = new Float64Array(1);
  loss.gradient(Float64Array.of(r, teacher), noise, out);
  return out[0]!;
}

describe('committees', () => {
  const wide = erfCommittee([1, -0.7, 0.4], [0.8, 0.5]);
  const narrow = erfCommittee([0.8], [0.6, -1.1]);
  const same = erfCommittee([1, -0.6], [1, -0.6]);

  /** A positive matrix without symmetry of its own: AAᵀ/L of a fixed table. */
  function covariance(size: number): Float64Array {
    const a = Array.from(
      { length: size * size },
      (_, i) => Math.sin(1 + 7 * i) + (i % (size + 1) === 0 ? 1 : 0),
    );
    return Float64Array.from({ length: size * size }, (_, at) => {
      const [i, j] = [Math.floor(at / size), at % size];
      let sum = 0;
      for (let k = 0; k < size; k++) sum += a[i * size + k]! * a[j * size + k]!;
      return sum / size;
    });
  }

  const committees = [['3–2', wide], ['1–2', narrow], ['2–2', same]] as const; // prettier-ignore

  test.each(committees)('%s: mean gradient and gradient covariance follow from the risk', (_, loss) => {
    const { students, teachers } = loss;
    const size = students + teachers;
    const b = covariance(size);
    const gradient = new Float64Array(size * students);
    loss.meanGradient(errorsOf(loss, [...b]), gradient);
    toStudents(loss, gradient);
    for (let i = 0; i < size; i++) {
      for (let a = 0; a < students; a++) {
        const at = (h: number) => {
          const moved = Float64Array.from(b);
          moved[i * size + a]! += h;
          if (i !== a) moved[a * size + i]! += h;
          return riskOf(loss, errorsOf(loss, [...moved]), 0);
        };
        const slope = (8 * (at(1e-3) - at(-1e-3)) - (at(2e-3) - at(-2e-3))) / 12e-3;
        expect(gradient[i * students + a]).toBeCloseTo(i === a ? 2 * slope : slope, 9);
      }
    }
  });

  test('1–1: risk, mean gradient and covariance are those of independent quadrature', () => {
    const loss = erfCommittee([1.2], [0.7]);
    const phi = (u: number) => erf(u / Math.SQRT2);
    for (const b of states) {
      const moments = errorsOf(loss, b);
      const risk = mean(b, (r, t) => (1.2 * phi(r) - 0.7 * phi(t)) ** 2 / 2);
      expect(riskOf(loss, moments, NOISE) / (risk + NOISE ** 2 / 2)).toBeCloseTo(1, 11);
      const covariance1 = new Float64Array(1);
      loss.gradientCovariance(moments, NOISE, covariance1);
      const square = mean(b, (r, t) =>
        [NOISE, -NOISE].reduce((sum, noise) => sum + gradientOf(loss, r, t, noise) ** 2 / 2, 0),
      );
      expect(covariance1[0]! / square).toBeCloseTo(1, 11);
    }
  });

  test.each(committees)(
    '%s: gradients of samples have the mean and covariance of the closed forms',
    (_, loss) => {
      const { students, teachers } = loss;
      const size = students + teachers;
      const b = covariance(size);
      const root = cholesky(b, size)!;
      const exact = new Float64Array(students * students);
      const moments = errorsOf(loss, [...b]);
      loss.gradientCovariance(moments, NOISE, exact);
      const samples = 40000;
      const z = new Float64Array(8);
      const rho = new Float64Array(size);
      const gradient = new Float64Array(students);
      const sum = new Float64Array(students * students);
      const squares = new Float64Array(students * students);
      for (let k = 0; k < samples; k++) {
        fillNormals(z, 8, 11, 3, k, 0, 0);
        for (let i = 0; i < size; i++) {
          rho[i] = 0;
          for (let j = 0; j <= i; j++) rho[i]! += root[i * size + j]! * z[j]!;
        }
        for (let a = 0; a < students && loss.matched; a++) rho[a]! -= rho[students + a]!;
        loss.gradient(rho, NOISE * z[7]!, gradient);
        for (let i = 0; i < students; i++) {
          for (let j = 0; j < students; j++) {
            const product = gradient[i]! * gradient[j]!;
            sum[i * students + j]! += product / samples;
            squares[i * students + j]! += product ** 2 / samples;
          }
        }
      }
      exact.forEach((value, i) => {
        const error = Math.sqrt((squares[i]! - sum[i]! ** 2) / samples);
        expect(Math.abs(sum[i]! - value)).toBeLessThan(4 * error);
      });
    },
  );

  test('I4 of theory sums to the gradient covariance', () => {
    const signed = [1, -0.7, 0.4, -0.8, -0.5];
    const c = covariance(5);
    const out = new Float64Array(9);
    wide.gradientCovariance(c, NOISE, out);
    const at = (i: number, j: number) => c[i * 5 + j]!;
    for (const [a, b] of [
      [0, 0],
      [0, 1],
      [1, 2],
    ] as const) {
      // prettier-ignore
      const [ga, gb] = [1 + at(a, a), 1 + at(b, b)];
      const l4 = ga * gb - at(a, b) ** 2;
      let sum = (NOISE ** 2 * 2) / Math.PI / Math.sqrt(l4);
      for (let i = 0; i < 5; i++) {
        for (let j = 0; j < 5; j++) {
          const l0 =
            l4 * at(i, j) - at(b, i) * at(b, j) * ga - at(a, i) * at(a, j) * gb +
            at(a, b) * (at(a, i) * at(b, j) + at(a, j) * at(b, i)); // prettier-ignore
          const root = (k: number) =>
            l4 * (1 + at(k, k)) -
            at(b, k) ** 2 * ga -
            at(a, k) ** 2 * gb +
            2 * at(a, b) * at(a, k) * at(b, k);
          const i4 = (4 / Math.PI ** 2 / Math.sqrt(l4)) * Math.asin(l0 / Math.sqrt(root(i) * root(j)));
          sum += signed[i]! * signed[j]! * i4;
        }
      }
      expect(out[a * 3 + b]).toBeCloseTo(signed[a]! * signed[b]! * sum, 12);
    }
  });

  test('a committee near its teacher keeps the digits of its small risk', () => {
    const moments = (epsilon: number) => {
      const u = covariance(4);
      return u.map((value, at) => {
        const errors = Number(Math.floor(at / 4) < 2) + Number(at % 4 < 2);
        return value * epsilon ** errors;
      });
    };
    const at = (epsilon: number) => {
      const gradient = new Float64Array(8);
      const noise = new Float64Array(4);
      same.meanGradient(moments(epsilon), gradient);
      same.gradientCovariance(moments(epsilon), 0, noise);
      const teacherRows = gradient.slice(4).map((value) => value / epsilon);
      return [
        same.excessRisk(moments(epsilon)) / epsilon ** 2,
        ...teacherRows,
        ...noise.map((v) => v / epsilon ** 2),
      ];
    };
    const tiny = at(1e-30);
    at(1e-6).forEach((value, i) => expect(value / tiny[i]!).toBeCloseTo(1, 4));
    // Both formulas of the risk where both have nearly all digits.
    const plain = erfCommittee([1, -0.6], [-0.6, 1]);
    for (const epsilon of [0.05, 0.02]) {
      const matched = moments(epsilon);
      toErrors(same, matched, matched, -1);
      const order = [0, 1, 3, 2];
      const b = matched.map((_, at) => matched[order[Math.floor(at / 4)]! * 4 + order[at % 4]!]!);
      expect(same.excessRisk(moments(epsilon)) / plain.excessRisk(b)).toBeCloseTo(1, 8);
    }
  });
});
