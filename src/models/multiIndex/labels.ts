/** Labels of a sample given the teacher's output, as few values that average polynomials of the noise exactly. */
import { logistic01 } from './logisticLosses.ts';
import type { Loss } from './loss.ts';

/** A value of `draw` that the gradient of a loss takes, and its probability. */
export type Draw = readonly [value: number, weight: number];

/** Gauss–Hermite points: exact for the fourth power of a gradient that is linear in the noise. */
const ROOT = Math.sqrt(3);

/** `labelNoise` is σ; `teacher` the output r*. */
export function drawsOf(loss: Loss, labelNoise: number, teacher: number): readonly Draw[] {
  if (loss.label === 'uniform') {
    const share = logistic01(teacher);
    return [
      [0, share],
      [1, 1 - share],
    ];
  }
  if (loss.label === 'none' || labelNoise === 0) return [[0, 1]];
  return [
    [0, 2 / 3],
    [ROOT * labelNoise, 1 / 6],
    [-ROOT * labelNoise, 1 / 6],
  ];
}
