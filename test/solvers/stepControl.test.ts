import { expect, it } from 'vitest';
import { stepRatio } from '../../src/solvers/stepControl.ts';

it('takes the step that would meet the tolerance, less a margin', () => {
  expect(stepRatio(1, 4)).toBeCloseTo(0.9, 12);
  expect(stepRatio(32, 4)).toBeCloseTo(0.45, 12);
  expect(stepRatio(1 / 32, 4)).toBeCloseTo(1.8, 12);
});

it('changes the step by bounded factors', () => {
  expect(stepRatio(0, 4)).toBe(5);
  expect(stepRatio(1e30, 4)).toBe(0.2);
  expect(stepRatio(Infinity, 4)).toBe(0.2);
  expect(stepRatio(NaN, 4)).toBe(0.2);
});
