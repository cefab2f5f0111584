/**
 * Linear units on least squares: their output f = ⟨x, Σ a_k θ_k⟩/√d is that of one unit, whose steps are |a|² times as
 * large while it decays at the same rate.
 */
import { networkOf, type Network } from './architecture.ts';
import type { LeastSquares } from './leastSquares.ts';
import type { MultipassConfig } from './parameters.ts';

/** Σ a_i b_j M_ij */
function form(a: Float64Array, matrix: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) sum += a[i] * b[j] * matrix[i * b.length + j];
  }
  return sum;
}

/** E f², E ff*, E f*² of linear units, from mean products of all units, students first. */
export function outputMoments(network: Network, moments: Float64Array): [number, number, number] {
  const { students, teachers, secondLayer } = network;
  const student = Float64Array.of(...secondLayer, ...new Float64Array(teachers));
  const teacher = new Float64Array(students + teachers).fill(1, students);
  return [form(student, moments, student), form(student, moments, teacher), form(teacher, moments, teacher)];
}

/** |a|² */
export function gainOf({ secondLayer }: Network): number {
  return secondLayer.reduce((sum, a) => sum + a * a, 0);
}

/** The problem of that one unit; undefined where outputs are not linear or losses not squares. */
export function linearProblemOf(config: MultipassConfig): LeastSquares | undefined {
  const { loss, activation, sampleRatio, stepSize, ridge, labelNoise } = config;
  if (loss !== 'leastSquares' || activation !== 'identity') return undefined;
  const network = networkOf(config);
  const [initNorm, initOverlap, teacherNorm] = outputMoments(network, network.moments);
  return {
    sampleRatio,
    stepSize: gainOf(network) * stepSize,
    decay: stepSize * ridge,
    initNorm,
    initOverlap,
    teacherNorm,
    labelNoise,
  };
}
