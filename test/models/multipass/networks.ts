/** Problems of two-layer networks, and what tests read from their sweeps. */
import { activations, type ActivationName } from '../../../src/models/multipass/activations.ts';
import type { LossName } from '../../../src/models/multipass/losses.ts';
import type { NetworkKernels } from '../../../src/models/multipass/networkKernels.ts';
import type { NetworkProblem } from '../../../src/models/multipass/networkProblem.ts';

export interface Shape {
  readonly loss?: LossName;
  readonly activation: ActivationName;
  readonly secondLayer: readonly number[];
  /** Upper triangle row by row, students first. */
  readonly moments: readonly number[];
  readonly sampleRatio?: number;
  readonly stepSize?: number;
  readonly decay?: number;
}

export function networkProblem(shape: Shape): NetworkProblem {
  const { secondLayer, moments, activation } = shape;
  const students = secondLayer.length;
  const size = (Math.sqrt(8 * moments.length + 1) - 1) / 2;
  const matrix = new Float64Array(size * size);
  let n = 0;
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) matrix[i * size + j] = matrix[j * size + i] = moments[n++];
  }
  return {
    loss: shape.loss ?? 'leastSquares',
    sampleRatio: shape.sampleRatio ?? 1,
    stepSize: shape.stepSize ?? 0.8,
    decay: shape.decay ?? 0.05,
    labelNoise: 0.2,
    network: {
      students,
      teachers: size - students,
      secondLayer: Float64Array.from(secondLayer),
      activation: activations[activation],
      moments: matrix,
      isScalar: false,
    },
  };
}

/** uᵀBv of the block B of a matrix at steps k and l. */
export function form(
  { units, width }: NetworkKernels,
  matrix: Float64Array,
  k: number,
  l: number,
  u: readonly number[],
  v: readonly number[],
): number {
  let sum = 0;
  for (let a = 0; a < units; a++) {
    for (let b = 0; b < units; b++) sum += u[a] * v[b] * matrix[(k * units + a) * width + l * units + b];
  }
  return sum;
}

export function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
