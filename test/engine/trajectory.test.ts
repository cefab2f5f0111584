import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../src/config/parameter.ts';
import { quantile, Trajectory } from '../../src/engine/trajectory.ts';
import { dln } from '../../src/models/dln/index.ts';
import type { Frame } from '../../src/models/model.ts';

const config = { ...defaultsOf(dln.parameters), labelNoise: 2 };

/** A frame whose runs have the given weighted errors, so that risk = (value + σ²)/2. */
function frame(t: number, weightedError: number[], blowUp = weightedError.map(() => NaN)): Frame {
  const values = Object.fromEntries(
    dln.statistics.map((name) => [
      name,
      Float64Array.from(weightedError, (value, i) => (blowUp[i]! >= 0 ? NaN : value)),
    ]),
  );
  return { t, values, blowUp: Float64Array.from(blowUp) };
}

test('summaries over runs are mean, n − 1 deviation and type-7 quantiles', () => {
  const trajectory = new Trajectory(dln, config, 2, 5);
  trajectory.accept(0, frame(0.5, [8, 2, 4, 6, 10]));
  const at = (name: Parameters<typeof trajectory.column>[1]) => trajectory.column('risk', name)[0]!;
  expect(at('mean')).toBeCloseTo(5, 14);
  expect(at('sd')).toBeCloseTo(Math.sqrt(2.5), 14);
  expect(at('q50')).toBe(5);
  expect(at('q10')).toBeCloseTo(3.4, 14);
  expect(at('q90')).toBeCloseTo(6.6, 14);
  expect(trajectory.t[0]).toBe(0.5);
  expect(trajectory.t[1]).toBeNaN();
  expect(trajectory.length).toBe(1);
});

test('a diverged run makes the mean unknown and ranks above all others', () => {
  const trajectory = new Trajectory(dln, config, 1, 5);
  trajectory.accept(0, frame(1, [8, 2, 4, 6, 1e9], [NaN, NaN, NaN, NaN, 0.25]));
  expect(trajectory.column('risk', 'mean')[0]).toBeNaN();
  expect(trajectory.column('risk', 'sd')[0]).toBeNaN();
  expect(trajectory.column('risk', 'q50')[0]).toBe(5);
  expect(trajectory.column('risk', 'q90')[0]).toBeNaN();
  expect(trajectory.run('risk', 4)[0]).toBeNaN();
  expect([...trajectory.blowUp]).toEqual([NaN, NaN, NaN, NaN, 0.25]);
});

test('a refined frame replaces the one before', () => {
  const trajectory = new Trajectory(dln, config, 1, 1);
  trajectory.accept(0, frame(1, [2]));
  trajectory.accept(0, frame(1, [4]));
  expect(trajectory.column('risk', 'mean')[0]).toBe(4);
  expect(trajectory.length).toBe(1);
});

test('an absent observable is not recorded, and asking for it names what is', () => {
  const dense = new Trajectory(dln, { ...config, density: 1 }, 1, 1);
  expect(dense.observables).not.toContain('offSupport');
  expect(() => dense.column('offSupport', 'mean')).toThrow(
    /offSupport is not recorded; expected one of risk/,
  );
});

test('widths are kept by what they are around, and refined ones replace them', () => {
  const trajectory = new Trajectory(dln, { ...config, density: 1 }, 3, 1);
  const band = (around: string, observable: string, ...deviation: number[]) => ({
    around,
    observable,
    deviation: Float64Array.from(deviation),
  });
  expect(trajectory.widths('risk')).toEqual([]);
  trajectory.acceptBands(0, [band('sgd', 'risk', 1, 2), band('limit', 'risk', 0.1, 0.2)]);
  trajectory.acceptBands(1, [band('sgd', 'risk', 5, 6), band('sgd', 'offSupport', 7)]);
  expect([...trajectory.deviation('sgd', 'risk')!]).toEqual([1, 5, 6]);
  expect([...trajectory.deviation('limit', 'risk')!]).toEqual([0.1, 0.2, NaN]);
  expect(trajectory.deviation('sde', 'risk')).toBeUndefined();
  expect(trajectory.widths('risk').map(([statistic]) => statistic)).toEqual(['sd:sgd', 'standardError']);
  expect(trajectory.widths('offSupport')).toEqual([]);
});

describe('quantile', () => {
  test('lies between its neighbours and grows with p', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p, q) => {
          const sorted = Float64Array.from(values).sort();
          const [low, high] = [quantile(sorted, Math.min(p, q)), quantile(sorted, Math.max(p, q))];
          expect(low).toBeLessThanOrEqual(high + 1e-9);
          expect(low).toBeGreaterThanOrEqual(sorted[0]! - 1e-9);
          expect(high).toBeLessThanOrEqual(sorted.at(-1)! + 1e-9);
        },
      ),
      { seed: 1 },
    );
  });
});
