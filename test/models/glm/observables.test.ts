import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { fillNormals } from '../../../src/math/normal.ts';
import { glm } from '../../../src/models/glm/index.ts';
import type { GlmConfig } from '../../../src/models/glm/parameters.ts';
import { toErrors } from '../../../src/models/multiIndex/loss.ts';
import { losses } from '../../../src/models/multiIndex/losses.ts';
import { toStatistics } from '../../../src/models/multiIndex/statistics.ts';

const configWith = (changes: Partial<GlmConfig>): GlmConfig => ({
  ...defaultsOf(glm.parameters),
  ...changes,
});

/** An observable of a state with these moments of student and teacher, λ = 1. */
function valueOf(name: string, config: GlmConfig, [p, q, s]: readonly [number, number, number]): number {
  const moments = Float64Array.of(p, q, q, s);
  toErrors(losses[config.loss], moments, moments);
  const statistics = toStatistics({ weighted: moments, plain: moments }, 2);
  return glm.observables[name as 'risk'].of(statistics, config);
}

const names = Object.keys(losses) as GlmConfig['loss'][];

describe.each(names)('%s', (loss) => {
  const config = configWith({ loss, dimension: 64, initNorm: [0.5], initOverlap: [-0.4], teacherNorm: [2] });
  const start = glm.processes['sgd']!.oracle(config, glm.instance(config), 1).statistics();
  const at = (name: string) => glm.observables[name as 'risk'].of(start, config);

  test('overlap, norm, variance and covariance at the start are those of the settings', () => {
    expect(at('overlap')).toBeCloseTo(-0.4, 12);
    expect(at('studentNorm')).toBeCloseTo(0.5, 12);
    expect(at('outputVariance')).toBeCloseTo(0.5, 12);
    expect(at('outputCovariance')).toBeCloseTo(-0.4, 12);
  });

  test('distance at the start is that to the teacher, or to the nearer one of two', () => {
    const q = losses[loss].even ? 0.4 : -0.4;
    expect(at('distance')).toBeCloseTo(0.5 - 2 * q + 2, 12);
  });

  test('excess risk is what the risk loses at the teacher', () => {
    // No student is best for sign labels: the infimum is 0.
    const best = loss === 'logisticSign' ? 0 : valueOf('risk', config, [2, 2, 2]);
    expect(at('risk') - at('excessRisk')).toBeCloseTo(best, 12);
  });
});

describe('classification error', () => {
  const error = (loss: GlmConfig['loss'], moments: readonly [number, number, number]) =>
    valueOf('classificationError', configWith({ loss }), moments);

  test('is one half without overlap, and for signs 0 at the teacher’s direction and 1 opposite to it', () => {
    expect(error('logistic', [1, 0, 4])).toBeCloseTo(0.5, 14);
    expect(error('logisticSign', [1, 0, 4])).toBeCloseTo(0.5, 14);
    expect(error('logisticSign', [1, 2, 4])).toBe(0);
    expect(error('logisticSign', [1, -2, 4])).toBeCloseTo(1, 14);
  });

  test.each([
    [1, 0.5, 4],
    [9, -2, 1],
    [0.2, 0.6, 2.5],
  ] as const)('of random labels is what a sample shows: p = %f, q = %f, s = %f', (p, q, s) => {
    const n = 2 ** 17;
    const [a, b] = [new Float64Array(n), new Float64Array(n)];
    fillNormals(a, n, 1, 9, 0, 0, 0);
    fillNormals(b, n, 1, 9, 1, 0, 0);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const r = Math.sqrt(p) * a[i]!;
      const star = (q / p) * r + Math.sqrt(Math.max(s - (q * q) / p, 0)) * b[i]!;
      sum += 1 / (1 + Math.exp(star * Math.sign(r)));
    }
    expect(Math.abs(sum / n - error('logistic', [p, q, s]))).toBeLessThan(4 * (0.4 / Math.sqrt(n)));
  });

  test('has no meaning where labels are not binary', () => {
    const { absent } = glm.observables.classificationError;
    expect(absent!(configWith({ loss: 'relu' }))).toBe('the labels of this loss are not binary');
    expect(absent!(configWith({ loss: 'logistic' }))).toBeUndefined();
  });
});
