import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openDataSet } from '../../src/data/dataSet.ts';
import { normalAt } from '../../src/math/normal.ts';

const text = (content: string) => new TextEncoder().encode(content).buffer as ArrayBuffer;

/** Samples of 18 features: number 17 is the sum of all before, number 5 is constant. */
function csv(samples: number): string {
  const rows = Array.from({ length: samples }, (_, k) => {
    const row = Array.from({ length: 17 }, (_, j) => (j === 5 ? 7.3 : 100 * j + j * normalAt(3, 0, k, j, 0)));
    return [...row, row.reduce((a, b) => a + b)].join(',');
  });
  return rows.join('\n');
}

describe('data set', () => {
  test('has features of the variances that its eigenvalues are, uncorrelated, with mean 0', async () => {
    const { samples, dimension, constant, eigenvalues, rows } = await openDataSet('x.csv', text(csv(200)));
    // Feature 0 is constant too: its deviation is 0.
    expect([samples, dimension, constant]).toEqual([200, 16, 2]);
    const mean = (of: (row: Float32Array) => number) => {
      let sum = 0;
      for (let k = 0; k < samples; k++) sum += of(rows.subarray(k * dimension, (k + 1) * dimension));
      return sum / samples;
    };
    for (let i = 0; i < dimension; i++) {
      expect(mean((row) => row[i]!)).toBeCloseTo(0, 6);
      for (let j = 0; j <= i; j++) {
        expect(mean((row) => row[i]! * row[j]!)).toBeCloseTo(i === j ? eigenvalues[i]! : 0, 6);
      }
    }
    expect(eigenvalues.reduce((a, b) => a + b) / dimension).toBeCloseTo(1, 12);
    expect(eigenvalues).toEqual(eigenvalues.toSorted());
    expect(Math.abs(eigenvalues[0]!)).toBeLessThan(1e-12);
  });

  test('has no eigenvalue below 0 where samples are fewer than features', async () => {
    const { eigenvalues } = await openDataSet('x.csv', text(csv(9)));
    expect(eigenvalues.filter((value) => value < 1e-12)).toHaveLength(8);
    expect(eigenvalues[0]).toBeGreaterThanOrEqual(0);
  });

  test('is known by the hash of its bytes', async () => {
    const { hash } = await openDataSet('x.csv', text(csv(9)));
    expect(hash).toMatch(/^[0-9a-f]{16}$/);
    expect((await openDataSet('y.csv', text(csv(9)))).hash).toBe(hash);
    expect((await openDataSet('x.csv', text(csv(10)))).hash).not.toBe(hash);
  });

  test('needs two samples and 16 features that vary', async () => {
    await expect(openDataSet('x.csv', text('1,2,3'))).rejects.toThrow(
      'x.csv has 1 sample; expected at least 2',
    );
    await expect(openDataSet('x.csv', text('1,2\n1,3'))).rejects.toThrow(
      'x.csv has 1 features that vary; expected 16 to 1024',
    );
  });

  test('that is shipped has the spectrum that NumPy finds', async () => {
    const bytes = new Uint8Array(readFileSync('public/data/digits.csv'));
    const { samples, dimension, constant, eigenvalues, hash } = await openDataSet('digits.csv', bytes.buffer);
    expect([samples, dimension, constant, hash]).toEqual([1797, 61, 3, 'a52cfca6e39d297d']);
    const ends = [eigenvalues[0]!, eigenvalues[1]!, eigenvalues[59]!, eigenvalues[60]!];
    [0.05034641, 0.0632544, 5.83224319, 7.34068882].forEach((value, i) => {
      expect(ends[i]).toBeCloseTo(value, 8);
    });
  });
});
