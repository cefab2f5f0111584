/** Laws of the features: moments, distribution functions, independence. */
import { describe, expect, test } from 'vitest';
import { featuresOf, type FeatureLaw } from '../../src/math/features.ts';
import { fillNormals } from '../../src/math/normal.ts';
import { streams, threefry } from '../../src/math/threefry.ts';

const dimension = 1 << 18;

function draw(law: FeatureLaw, degreesOfFreedom: number, step = 5): Float64Array {
  const out = new Float64Array(dimension);
  featuresOf(law, degreesOfFreedom)(out, dimension, 7, step, 3, 2);
  return out;
}

/** E z², E z⁴, E z⁶ and E z⁸ of Student t with ν degrees of freedom, scaled to variance 1. */
function studentMoments(nu: number): number[] {
  let moment = 1;
  return [1, 2, 3, 4].map((k) => (moment *= ((2 * k - 1) * (nu - 2)) / (nu - 2 * k)));
}

/** Law, degrees of freedom, and the first four even moments. */
const laws: [FeatureLaw, number, number[]][] = [
  ['gaussian', 6, [1, 3, 15, 105]],
  ['rademacher', 6, [1, 1, 1, 1]],
  ['uniform', 6, [1, 9 / 5, 27 / 7, 81 / 9]],
  ['laplace', 6, [1, 6, 90, 2520]],
  ['studentT', 10, studentMoments(10)],
  ['studentT', 30, studentMoments(30)],
];

test.each(laws)('%s (ν = %d): moments within 4.5 standard errors', (law, nu, even) => {
  const z = draw(law, nu);
  const moment = (power: number) => z.reduce((sum, x) => sum + x ** power, 0) / dimension;
  for (let power = 1; power <= 4; power++) {
    const expected = power % 2 ? 0 : even[power / 2 - 1]!;
    const error = Math.sqrt((even[power - 1]! - expected ** 2) / dimension);
    expect(Math.abs(moment(power) - expected)).toBeLessThanOrEqual(4.5 * error);
  }
});

/** P(T ≤ t) with 6 degrees of freedom; s = t/√(6 + t²). */
function studentSix(t: number): number {
  const s = t / Math.sqrt(6 + t * t);
  const rest = 1 - s * s;
  return 0.5 + 0.5 * s * (1 + rest / 2 + (3 / 8) * rest * rest);
}

const distributions: [FeatureLaw, (z: number) => number][] = [
  ['uniform', (z) => 0.5 + z / (2 * Math.sqrt(3))],
  ['laplace', (z) => 0.5 + (Math.sign(z) * (1 - Math.exp(-Math.SQRT2 * Math.abs(z)))) / 2],
  ['studentT', (z) => studentSix(z * Math.sqrt(6 / 4))],
];

test.each(distributions)('%s: Kolmogorov–Smirnov distance at most 2/√n', (law, distribution) => {
  const z = draw(law, 6).sort();
  let distance = 0;
  z.forEach((x, i) => {
    const p = distribution(x);
    distance = Math.max(distance, p - i / dimension, (i + 1) / dimension - p);
  });
  // Exceeded with probability 7·10⁻⁴.
  expect(distance * Math.sqrt(dimension)).toBeLessThan(2);
});

describe('Student t', () => {
  test('tail beyond 6 has its mass', () => {
    const mass = 2 * (1 - studentSix(6 * Math.sqrt(6 / 4)));
    let count = 0;
    for (let step = 0; step < 8; step++)
      for (const z of draw('studentT', 6, step)) count += +(Math.abs(z) > 6);
    const expected = 8 * dimension * mass;
    expect(Math.abs(count - expected)).toBeLessThan(4.5 * Math.sqrt(expected));
  });

  test.each([4.1, 6, 100])("ν = %d: follows Bailey's formula with the built-in functions", (nu) => {
    const [words, angles] = [new Uint32Array(4), new Uint32Array(4)];
    const out = new Float64Array(4);
    const uniform = (word: number) => Math.fround(Math.fround(word) + 0.5) * 2 ** -32;
    let worst = 0;
    for (let step = 0; step < 20000; step++) {
      threefry(words, 0, step, 3, streams.features, 7, 0, 2, 0);
      threefry(angles, 0, step, 3, streams.featureAngles, 7, 0, 2, 0);
      featuresOf('studentT', nu)(out, 4, 7, step, 3, 2);
      for (let w = 0; w < 4; w++) {
        const r = Math.sqrt((nu - 2) * Math.expm1((-2 / nu) * Math.log(uniform(words[w]!))));
        const difference = Math.abs(out[w]! - r * Math.cos(2 * Math.PI * uniform(angles[w]!)));
        worst = Math.max(worst, difference / Math.max(1, r));
      }
    }
    expect(worst).toBeLessThan(5e-8);
  });
});

// Words of one block, neighbouring blocks, steps: neither numbers nor their squares know of each other.
test.each(laws)('%s (ν = %d): numbers and their squares are uncorrelated', (law, nu, even) => {
  const z = draw(law, nu);
  const others = [
    z.subarray(1),
    z.subarray(dimension / 4),
    z.subarray(dimension / 2),
    z.subarray((3 * dimension) / 4),
    draw(law, nu, 6),
  ];
  for (const other of others) {
    let [product, squares] = [0, 0];
    other.forEach((x, i) => {
      product += x * z[i]!;
      squares += (x * x - 1) * (z[i]! * z[i]! - 1);
    });
    expect(Math.abs(product)).toBeLessThan(4.5 * Math.sqrt(other.length));
    expect(Math.abs(squares)).toBeLessThanOrEqual(4.5 * (even[1]! - 1) * Math.sqrt(other.length));
  }
});

test('Gaussian features are the normals of their stream', () => {
  const expected = new Float64Array(dimension);
  fillNormals(expected, dimension, 7, streams.features, 5, 3, 2);
  expect(draw('gaussian', 6).every((z, i) => z === expected[i])).toBe(true);
});

test.each(laws)('%s (ν = %d): a shorter vector is made of the same blocks', (law, nu) => {
  const fill = featuresOf(law, nu);
  const [long, short] = [new Float64Array(12), new Float64Array(4)];
  fill(long, 10, 1, 2, 3, 4);
  fill(short, 1, 1, 2, 3, 4);
  expect([...short]).toEqual([0, 1, 2, 3].map((w) => long[3 * w]));
});
