import { describe, expect, test } from 'vitest';
import { cholesky } from '../../../src/math/cholesky.ts';
import { erf } from '../../../src/math/erf.ts';
import { fillNormals } from '../../../src/math/normal.ts';
import { gaussLegendre } from '../../../src/math/quadrature.ts';
import { erfCommittee } from '../../../src/models/multiIndex/erfCommittee.ts';
import { riskOf, toErrors, toStudents, type Loss } from '../../../src/models/multiIndex/loss.ts';
import { losses, type LossName } from '../../../src/models/multiIndex/losses.ts';

const names = Object.keys(losses) as LossName[];
const [NOISE, TURN] = [0.4, 2 * Math.PI];

/** The loss itself, as theory states it, in outputs of W; `draw` is σε or the label. */
const values: Record<LossName, (r: number, teacher: number, draw: number) => number> = {
  leastSquares: (r, t, noise) => (r - t - noise) ** 2 / 2,
  phaseRetrieval: (r, t, noise) => (r * r - t * t - noise) ** 2 / 2,
  amplitudeRetrieval: (r, t, noise) => (Math.abs(r) - Math.abs(t) - noise) ** 2 / 2,
  relu: (r, t, noise) => (Math.max(r, 0) - Math.max(t, 0) - noise) ** 2 / 2,
  logistic: (r, _, y) => Math.max(r, 0) + Math.log1p(Math.exp(-Math.abs(r))) - y * r,
  logisticSign: (r, _, y) => Math.max(r, 0) + Math.log1p(Math.exp(-Math.abs(r))) - y * r,
};

/** Labels and their probabilities given r*: Gauss–Hermite's two points are exact for what is quadratic in noise. */
function labels(loss: Loss, teacher: number): readonly (readonly [number, number])[] {
  if (loss.label === 'normal') return [[NOISE, 0.5], [-NOISE, 0.5]]; // prettier-ignore
  const share = loss.label === 'none' ? Number(teacher > 0) : 1 / (1 + Math.exp(-teacher));
  return [[1, share], [0, 1 - share]]; // prettier-ignore
}

/** What `gradient` draws for a label. */
const drawOf = (loss: Loss, y: number) => (loss.label === 'uniform' ? (y === 1 ? 0 : 1) : y);

const RADII = gaussLegendre(160).map(({ value, weight }) => ({ value: 11 * value, weight: 11 * weight }));
const ANGLES = gaussLegendre(120);

/** Mean over outputs with moments B of W: polar coordinates of two normals, split where an output changes sign. */
function mean(b: readonly number[], f: (r: number, teacher: number) => number): number {
  const [p, q, , s] = b as [number, number, number, number];
  const teacherScale = Math.sqrt(s);
  const [along, across] = [q / teacherScale, Math.sqrt(Math.max(p - (q * q) / s, 0))];
  // r = along·cos + across·sin, r* = √s·cos
  const kink = Math.atan2(-along, across);
  const edges = [kink, kink + Math.PI, Math.PI / 2, (3 * Math.PI) / 2]
    .map((angle) => ((angle % TURN) + TURN) % TURN)
    .sort((x, y) => x - y);
  let sum = 0;
  edges.forEach((from, i) => {
    const width = (i < 3 ? edges[i + 1]! : edges[0]! + TURN) - from;
    for (const { value, weight } of ANGLES) {
      const angle = from + width * value;
      const [c, d] = [Math.cos(angle), Math.sin(angle)];
      for (const radius of RADII) {
        const z = radius.value;
        const density = z * Math.exp(-0.5 * z * z) * radius.weight * weight * (width / TURN);
        sum += density * f(z * (along * c + across * d), z * teacherScale * c);
      }
    }
  });
  return sum;
}

const states: readonly (readonly [number, number, number, number])[] = [
  [0.8, 0.3, 0.3, 1.2],
  [2.5, -0.9, -0.9, 0.7],
];

/** Moments as the loss wants them, from those of W. */
function errorsOf(loss: Loss, b: readonly number[]): Float64Array {
  const out = Float64Array.from(b);
  toErrors(loss, out, out);
  return out;
}

function gradientOf(loss: Loss, r: number, teacher: number, y: number): number {
  const out = new Float64Array(1);
  loss.gradient(Float64Array.of(loss.matched ? r - teacher : r, teacher), drawOf(loss, y), out);
  return out[0]!;
}

describe.each(names)('%s', (name) => {
  const loss: Loss = losses[name];

  test('risk, mean gradient and its covariance are those of independent quadrature', () => {
    for (const b of states) {
      const moments = errorsOf(loss, b);
      const over = (f: (r: number, t: number, y: number) => number) =>
        mean(b, (r, t) => labels(loss, t).reduce((sum, [y, share]) => sum + share * f(r, t, y), 0));
      expect(riskOf(loss, moments, NOISE) / over(values[name])).toBeCloseTo(1, 11);
      const covariance = new Float64Array(1);
      loss.gradientCovariance(moments, NOISE, covariance);
      expect(covariance[0]! / over((r, t, y) => gradientOf(loss, r, t, y) ** 2)).toBeCloseTo(1, 11);
      // E[ρ∇f] = BM
      const gradient = new Float64Array(2);
      loss.meanGradient(moments, gradient);
      toStudents(loss, gradient);
      const [m1, m2] = [gradient[0]!, gradient[1]!];
      const [own, other] = [
        over((r, t, y) => r * gradientOf(loss, r, t, y)),
        over((r, t, y) => t * gradientOf(loss, r, t, y)),
      ];
      expect(b[0] * m1 + b[1] * m2).toBeCloseTo(own, 11);
      expect(b[1] * m1 + b[3] * m2).toBeCloseTo(other, 11);
    }
  });

  test('the gradient of a sample is the derivative of its loss', () => {
    for (const [r, t] of [
      [0.7, 1.1],
      [-0.6, 0.4],
      [0.3, -0.9],
    ] as const) {
      // prettier-ignore
      for (const [y] of labels(loss, t).filter(([, share]) => share > 0)) {
        const slope = (values[name](r + 1e-6, t, y) - values[name](r - 1e-6, t, y)) / 2e-6;
        expect(gradientOf(loss, r, t, y)).toBeCloseTo(slope, 8);
      }
    }
  });

  test('the mean gradient is twice the derivative of the risk by the moments', () => {
    for (const b of states) {
      const gradient = new Float64Array(2);
      loss.meanGradient(errorsOf(loss, b), gradient);
      toStudents(loss, gradient);
      const by = (direction: readonly number[]) => {
        const at = (h: number) =>
          riskOf(loss, errorsOf(loss, b.map((value, i) => value + h * direction[i]!)), 0); // prettier-ignore
        return (8 * (at(1e-3) - at(-1e-3)) - (at(2e-3) - at(-2e-3))) / 12e-3;
      };
      expect(gradient[0]).toBeCloseTo(2 * by([1, 0, 0, 0]), 9);
      expect(gradient[1]).toBeCloseTo(by([0, 1, 1, 0]), 9);
    }
  });
});

/** Error of size ε in a direction that is neither along X* nor across it. */
const nearby = (epsilon: number) => Float64Array.of(epsilon ** 2, 0.6 * epsilon, 0.6 * epsilon, 1.3);

test.each(names.filter((name) => losses[name].matched))(
  '%s: what vanishes with the error keeps its digits, however small that is',
  (name) => {
    const loss: Loss = losses[name];
    const at = (epsilon: number) => {
      const gradient = new Float64Array(2);
      const covariance = new Float64Array(1);
      loss.meanGradient(nearby(epsilon), gradient);
      loss.gradientCovariance(nearby(epsilon), 0, covariance);
      const noise = loss.label === 'normal' ? covariance[0]! : NaN;
      // With kinks at most second order.
      const order = name === 'relu' || name === 'amplitudeRetrieval' ? 2 : 1;
      return [
        loss.excessRisk(nearby(epsilon)) / epsilon ** 2,
        gradient[1]! / epsilon ** order,
        noise / epsilon ** 2,
      ];
    };
    // Leading orders: the next one is smaller by ε.
    const [small, tiny] = [at(1e-6), at(1e-40)];
    const ratios = small.map((value, i) => value / tiny[i]!).filter((ratio) => !Number.isNaN(ratio));
    expect(ratios.length).toBeGreaterThan(0);
    for (const ratio of ratios) expect(ratio).toBeCloseTo(1, 4);
    // Where both are exact, they agree with B to the digits that B has.
    expect(at(1e-2)[0]! / tiny[0]!).toBeGreaterThan(0.9);
    expect(at(1e-2)[0]! / tiny[0]!).toBeLessThan(1.1);
  },
);

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
