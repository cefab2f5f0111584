/** Guides and facts of generalised linear models. */
import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { facts } from '../../../src/models/glm/facts.ts';
import { parameters, type GlmConfig } from '../../../src/models/glm/parameters.ts';
import { readouts } from '../../../src/models/glm/readouts.ts';
import { problemOf } from '../../../src/models/glm/problem.ts';
import type { SolvedLimit } from '../../../src/models/model.ts';
import { risksOf } from '../multiIndex/problems.ts';

const base = defaultsOf(parameters);
const unsolved: SolvedLimit = { t: new Float64Array(0), column: () => new Float64Array(0) };
const labels = (config: Partial<GlmConfig>, blowsUp = false) =>
  facts({ ...base, ...config }, unsolved, blowsUp).map(({ label, value }) => `${label}: ${value}`);
const guide = (config: Partial<GlmConfig>, observable: string) =>
  readouts({ ...base, ...config }).find((readout) => readout.observable === observable);

describe('guides', () => {
  test('the stationary level is where the limit ends', () => {
    for (const config of [
      { labelNoise: 0.5, stepSize: 0.7 },
      { loss: 'relu', labelNoise: 0.3, initOverlap: [0.1], ridge: 0.1 },
      { loss: 'logistic', stepSize: 3 },
    ] as const) {
      const level = guide(config, 'risk')!.level as number;
      const end = risksOf(problemOf({ ...base, ...config }), [0, 400])[1]!;
      expect(level / end).toBeCloseTo(1, 6);
      expect(guide(config, 'excessRisk')!.level).toBeLessThan(level);
    }
  });

  test('there is none where the risk vanishes or grows', () => {
    expect(readouts(base)).toEqual([]);
    expect(readouts({ ...base, stepSize: 2.5, labelNoise: 1 })).toEqual([]);
  });

  test('phase retrieval escapes near the time of the guide', () => {
    const config = { loss: 'phaseRetrieval', stepSize: 0.05, initOverlap: [1e-3], initNorm: [0.4] } as const;
    const level = guide(config, 'overlap')!.level as { readonly time: number };
    const problem = problemOf({ ...base, ...config });
    const [start, early, late] = risksOf(problem, [0.5 * level.time, 0.8 * level.time, 1.5 * level.time]);
    expect(early! / start!).toBeGreaterThan(0.95);
    expect(late! / start!).toBeLessThan(0.3);
  });

  test('a start without overlap escapes by the noise of finite d', () => {
    const time = (dimension: number) => {
      const level = guide({ loss: 'phaseRetrieval', stepSize: 0.05, dimension }, 'overlap')!.level;
      return (level as { readonly time: number }).time;
    };
    expect(time(256) / time(16)).toBeCloseTo(2, 10);
  });

  test('separable labels: the risk tends to its late curve', () => {
    const config = { loss: 'logisticSign', stepSize: 2 } as const;
    const level = guide(config, 'risk')!.level as (t: number) => number;
    const risk = risksOf(problemOf({ ...base, ...config }), [0, 1e4])[1]!;
    expect(Math.abs(level(1e4) / risk - 1)).toBeLessThan(0.01);
  });
});

describe('facts', () => {
  test('name the step size in units of the critical one, and what the risk does first', () => {
    expect(labels({ stepSize: 1 })).toEqual(['converges: γ/γ_c = 0.500', 'at the start: the risk falls']);
    expect(labels({ stepSize: 3 })).toEqual(['unstable: γ/γ_c = 1.50', 'at the start: the risk rises']);
    expect(labels({ loss: 'relu', initOverlap: [0.3], batchSize: 2, stepSize: 1 })[0]).toBe(
      'converges: γ/γ_c = 0.250',
    );
    expect(labels({ loss: 'amplitudeRetrieval', initOverlap: [0.3], stepSize: 1 })[0]).toBe(
      'stable: γ/γ_c = 0.500',
    );
  });

  test('what is guaranteed is proved: phase retrieval only from short students that overlap', () => {
    const guaranteed = (config: Partial<GlmConfig>) =>
      facts({ ...base, loss: 'phaseRetrieval', stepSize: 0.1, ...config }, unsolved, false)[0]!.guaranteed;
    expect(guaranteed({ initOverlap: [0.2] })).toBe(true);
    expect(guaranteed({})).toBeUndefined();
    expect(guaranteed({ initOverlap: [0.2], initNorm: [1.5] })).toBeUndefined();
    expect(guaranteed({ initOverlap: [0.2], labelNoise: 0.1 })).toBeUndefined();
    expect(guaranteed({ initOverlap: [0.2], stepSize: 0.2 })).toBeUndefined();
  });

  test('logistic losses are bounded, a blow-up is told', () => {
    expect(labels({ loss: 'logistic', stepSize: 50 })[0]).toBe('bounded: at every step size');
    expect(labels({ loss: 'phaseRetrieval', stepSize: 1 }, true)).toContain('phase: blows up');
  });
});
