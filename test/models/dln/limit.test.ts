import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { limit } from '../../../src/models/dln/limit.ts';
import { integrator, levels, type Level } from '../../../src/models/dln/limitSolutions.ts';
import { parameters, type DlnConfig } from '../../../src/models/dln/parameters.ts';
import { toRecord, type StatisticName } from '../../../src/models/dln/statistics.ts';
import type { LimitUpdate } from '../../../src/models/model.ts';
import { referenceConfig, type ReferenceName } from './agreement.ts';

const defaults = defaultsOf(parameters);
const [quick, fine] = levels as [Level, Level];

/** Statistics at the given times by one solve. */
function solve(
  fields: Partial<DlnConfig>,
  times: readonly number[],
  level = fine,
): Record<StatisticName, number>[] {
  const run = integrator({ ...defaults, ...fields }, Float64Array.from(times), level);
  while (run.advance());
  return run.recorded.map(toRecord);
}

function risks(fields: Partial<DlnConfig>, times: readonly number[], level = fine): number[] {
  const noise = (fields.labelNoise ?? 0) ** 2;
  return solve(fields, times, level).map(({ weightedError }) => (weightedError + noise) / 2);
}

async function updatesOf(
  fields: Partial<DlnConfig>,
  times: readonly number[],
): Promise<LimitUpdate<StatisticName>[]> {
  const updates = [];
  const signal = new AbortController().signal;
  for await (const update of limit.solve({ ...defaults, ...fields }, Float64Array.from(times), signal)) {
    updates.push(update);
  }
  return updates;
}

const grid = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

describe('reference values', () => {
  // What the references themselves are accurate to, and a margin for the solver.
  it.each([
    ['V1', 1e-7],
    ['V2', 1e-7],
    ['V3', 1e-7],
    ['V4', 1e-7],
    ['V5', 2e-6],
    ['V6', 3e-7],
  ] as const)('%s to %d', (name: ReferenceName, tolerance) => {
    const { config, t, risk } = referenceConfig(name);
    risks(config, t).forEach((value, i) => expect(Math.abs(value / risk[i] - 1)).toBeLessThan(tolerance));
    risks(config, t, quick).forEach((value, i) => expect(Math.abs(value / risk[i] - 1)).toBeLessThan(1e-5));
  });
});

describe('laws of the limit', () => {
  it('risk balance, by differences of order 6 along a noisy trajectory', () => {
    const [gamma, batch, noise, h] = [0.8, 2, 0.4, 0.02];
    const fields = { stepSize: gamma, batchSize: batch, labelNoise: noise, density: 0.3 };
    for (const t of [0.2, 1, 4, 12]) {
      const times = [-3, -2, -1, 0, 1, 2, 3].map((m) => t + m * h);
      const all = solve(fields, times);
      const R = all.map(({ weightedError }) => (weightedError + noise ** 2) / 2);
      const slope = (45 * (R[4] - R[2]) - 9 * (R[5] - R[1]) + R[6] - R[0]) / (60 * h);
      const { squaredError, gradientNorm, l2, imbalance } = all[3];
      // λ = 1 and one c for all: E eβ = ½E(e² + β² − β*²), E κ² = 4E β² + imbalance².
      const drag = (squaredError + l2 - 0.3) / 2;
      const spread = 4 * l2 + imbalance ** 2;
      const expected = -gamma * gradientNorm + ((gamma ** 2 * R[3]) / batch) * (2 * drag + spread);
      expect(Math.abs(slope - expected)).toBeLessThan(1e-6 * gamma * gradientNorm);
    }
  });

  it('exponential rate of V1: 0.43716349493', () => {
    const [a, b] = risks(referenceConfig('V1').config, [54, 60]);
    expect(Math.log(a / b) / 6).toBeCloseTo(0.43716349493, 8);
  });

  it('c decays by the noise that the risk makes: ln c = ln c₀ − (γ²/B)∫2R', () => {
    const times = grid(0, 2, 81);
    const all = solve({ labelNoise: 0.5 }, times);
    const integral = all.reduce((sum, { weightedError }, i) => {
      const simpson = i === 0 || i === 80 ? 1 : i % 2 === 1 ? 4 : 2;
      return sum + (simpson * 0.025 * (weightedError + 0.25)) / 3;
    }, 0);
    expect(Math.log(all[80].imbalance)).toBeCloseTo(-0.25 * integral, 6);
  });

  it('level with label noise: β soft-thresholded by γR/B', () => {
    const [level] = risks({ labelNoise: 1 }, [1000]);
    const kept = 1 - 0.5 * level;
    expect(level).toBeCloseTo(0.5 * (1 + 0.1 * (1 - kept ** 2)), 7);
  });

  it('gradient flow is the limit of small steps, at first order', () => {
    // One class, σ = 0: tan-free closed form with β* = 1, c = ½ by the Riccati equation of e^{2ξ}.
    const radius = Math.hypot(1, 0.5);
    const [above, below] = [1 + radius, 1 - radius];
    const w = ((0.5 - above) / (0.5 - below)) * Math.exp(-2 * radius);
    const grown = (above - below * w) / (1 - w);
    const exact = 0.5 * (0.5 * (grown - 0.25 / grown) - 1) ** 2;
    const [far, near] = [0.004, 0.002].map(
      (stepSize) => risks({ density: 1, stepSize }, [1 / stepSize])[0] - exact,
    );
    expect(Math.abs(near)).toBeLessThan(0.02 * exact);
    expect(far / near).toBeCloseTo(2, 1);
  });

  it('mirror symmetry in the teacher', () => {
    const atoms = (value: number): Partial<DlnConfig> => ({
      teacher: 'atoms',
      teacherAtoms: [{ value, weight: 1 }],
    });
    expect(solve(atoms(-1), [1, 3])).toEqual(solve(atoms(1), [1, 3]));
  });

  it('keeps mass and positivity: E|β|² ≥ (E|β|)², nothing negative', () => {
    for (const record of solve({ stepSize: 3, labelNoise: 0.3 }, grid(0, 5, 26))) {
      expect(record.l2).toBeGreaterThanOrEqual(record.l1 ** 2);
      for (const value of Object.values(record)) expect(value).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('convergence', () => {
  const { config } = referenceConfig('V6');
  const at = (change: Partial<Level>): number => risks(config, [4], { ...fine, ...change })[0];

  it('in time: error proportional to the tolerance', () => {
    const exact = at({ points: 61, tolerance: 1e-10 });
    const errors = [1e-4, 1e-6, 1e-8].map((tolerance) => Math.abs(at({ points: 61, tolerance }) / exact - 1));
    expect(errors[0]).toBeLessThan(1e-3);
    expect(errors[1]).toBeLessThan(errors[0] / 20);
    expect(errors[2]).toBeLessThan(errors[1] / 20);
  });

  it('on the grid: order 8', () => {
    const coarse = { reach: 7.5, tolerance: 1e-10 };
    const exact = at({ ...coarse, points: 121 });
    const errors = [31, 61].map((points) => Math.abs(at({ ...coarse, points }) / exact - 1));
    expect(Math.log2(errors[0] / errors[1])).toBeGreaterThan(7.5);
  });
});

describe('finite-time blow-up', () => {
  it.each([
    [3.5, 0.30055],
    [4, 0.17959],
  ])('γ = %d blows up at t = %d, with numbers before and NaN after', async (stepSize, time) => {
    const times = grid(0, 1, 101);
    const updates = await updatesOf({ stepSize }, times);
    const { blowUp } = updates.at(-1)!;
    expect(blowUp!.t).toBeCloseTo(time, 5);
    expect(Math.abs(blowUp!.t - time)).toBeLessThan(blowUp!.error + 1e-5);
    for (const { frames } of updates) {
      for (const frame of frames) {
        const ended = frame.t > time;
        expect(Number.isNaN(frame.blowUp[0])).toBe(!ended);
        expect(Math.abs((ended ? frame.blowUp[0] : time) - time)).toBeLessThan(1e-4);
        for (const value of Object.values(frame.values)) expect(Number.isNaN(value[0])).toBe(ended);
      }
    }
  });

  it('γ = 3 is a catapult that comes back', () => {
    const all = solve({ stepSize: 3 }, [0, 0.2, 0.4, 1, 20]);
    // Risks of SGD at d = 4000 at these times, to their noise.
    [0.05, 0.12, 0.25, 0.05].forEach((risk, i) => {
      expect(all[i].weightedError / 2 / risk).toBeCloseTo(1, 1);
    });
    expect(all[3].curvature).toBeCloseTo(0.4, 1);
    expect(all[4].weightedError).toBeLessThan(1e-4);
  });
});

describe('far corners', () => {
  it('nothing moves where there is nothing to learn', () => {
    const all = solve({ density: 0 }, [0, 1, 10]);
    for (const { weightedError, l1, curvature, imbalance } of all) {
      expect([weightedError, l1]).toEqual([0, 0]);
      expect(curvature).toBeCloseTo(1, 14);
      expect(imbalance).toBeCloseTo(1, 14);
    }
  });

  it.each<[string, Partial<DlnConfig>, number]>([
    ['label noise alone', { density: 0, labelNoise: 1 }, 10],
    [
      'eigenvalue 0',
      {
        spectrum: 'atoms',
        eigenvalues: [
          { value: 0, weight: 1 },
          { value: 2, weight: 1 },
        ],
      },
      10,
    ],
    ['amplitude 100', { amplitude: 100, stepSize: 0.005 }, 10],
    ['α = 10', { initScale: 10, stepSize: 0.01 }, 10],
    ['α = 0.001', { initScale: 0.001 }, 50],
    ['small α, strong noise', { initScale: 0.001, labelNoise: 1, stepSize: 1 }, 1000],
    ['condition 1e4', { spectrum: 'twoPoint', condition: 1e4 }, 1000],
    ['random start, Gaussian teacher', { init: 'random', teacher: 'gaussian' }, 3],
  ])('%s', (_, fields, horizon) => {
    const all = solve(fields, [0, horizon / 10, horizon], quick);
    expect(all).toHaveLength(3);
    for (const { offSupport, ...record } of all) {
      for (const value of Object.values(record)) expect(Number.isFinite(value)).toBe(true);
      expect(offSupport).not.toBeLessThan(0);
    }
    expect(all[2].weightedError).toBeLessThan(all[0].weightedError + 1);
  });

  it('off-support energy is not stated where coordinates rarer than the grid holds make it', () => {
    const [early, late] = solve({ initScale: 0.001, labelNoise: 1, stepSize: 1 }, [1, 1000]);
    expect(early.offSupport).toBeGreaterThan(0);
    expect(late.offSupport).toBeNaN();
    expect(late.l2).toBeGreaterThan(0);
  });

  it('risk falls through hundreds of decades to the smallest numbers', () => {
    const [a, b, c] = risks({}, [200, 210, 1000], quick);
    expect(a).toBeLessThan(1e-50);
    expect(Math.log(a / b) / 10).toBeCloseTo(Math.log(b / risks({}, [220], quick)[0]) / 10, 5);
    expect(c).toBeLessThan(1e-270);
  });

  it('γ = 10 blows up at once', () => {
    const run = integrator({ ...defaults, stepSize: 10 }, Float64Array.of(0, 1), quick);
    while (run.advance());
    expect(run.blowUp!.t).toBeCloseTo(0.017315, 5);
    expect(run.recorded).toHaveLength(1);
  });
});

describe('updates', () => {
  it('cover all saved times twice, in order, the refinement with an honest estimate of error', async () => {
    const times = grid(0, 8, 33);
    const { config, t, risk } = referenceConfig('V2');
    const updates = await updatesOf(config, times);
    const firsts = updates.map(({ first }) => first);
    const restart = firsts.lastIndexOf(0);
    expect(restart).toBeGreaterThan(0);
    for (const level of [updates.slice(0, restart), updates.slice(restart)]) {
      const frames = level.flatMap((update) => update.frames);
      expect(frames.map((frame) => frame.t)).toEqual(times);
      level.reduce((next, { first, frames: { length } }) => {
        expect(first).toBe(next);
        return first + length;
      }, 0);
    }
    expect(updates[0].error).toBeNaN();
    const { error } = updates.at(-1)!;
    const final = updates.slice(restart).flatMap(({ frames }) => frames);
    const worst = Math.max(
      ...t.map((time, i) => {
        const { values } = final.find((frame) => Math.abs(frame.t - time) < 1e-9)!;
        return Math.abs(values.weightedError[0] / 2 / risk[i] - 1);
      }),
    );
    expect(worst).toBeLessThan(error);
    expect(error).toBeLessThan(1e-5);
  });

  it('stop with the reason of the signal', async () => {
    const controller = new AbortController();
    const solution = limit.solve(defaults, Float64Array.from(grid(0, 1000, 300)), controller.signal);
    const iterator = solution[Symbol.asyncIterator]();
    await iterator.next();
    controller.abort(new Error('changed my mind'));
    await expect(iterator.next()).rejects.toThrow('changed my mind');
  });
});
