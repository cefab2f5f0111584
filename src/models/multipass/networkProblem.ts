/** Two-layer networks on the paths of a sample: losses of their outputs with derivatives in the preactivations. */
import type { Network } from './architecture.ts';
import { losses, type LossName } from './losses.ts';

export interface NetworkProblem {
  readonly loss: LossName;
  /** δ */
  readonly sampleRatio: number;
  /** η */
  readonly stepSize: number;
  /** ηλ, the rate at which weights decay. */
  readonly decay: number;
  /** σ */
  readonly labelNoise: number;
  readonly network: Network;
}

export const vectors = (count: number, length: number): Float64Array[] =>
  Array.from({ length: count }, () => new Float64Array(length));

/** About the largest eigenvalue of ℓ_rr for labels without noise: what a visit may multiply a perturbation by is 1 − η times it. */
export function steepest({ loss, network }: NetworkProblem): number {
  const { secondLayer, activation } = network;
  const square = secondLayer.reduce((sum, a) => sum + a * a, 0);
  return losses[loss].steepest * square * activation.steepest ** 2;
}

/** Entry i of every vector belongs to path i. */
export class NetworkLoss {
  /** f */
  readonly output: Float64Array;
  /** ℓ′(f; y) */
  readonly slope: Float64Array;
  /** ℓ_r = ℓ′ a s′(r), one of each unit. */
  readonly gradient: readonly Float64Array[];
  /** ℓ_rr = ℓ″ (a s′)(a s′)ᵀ + ℓ′ diag(a s″), K×K row by row; both triangles are the same vectors. */
  readonly hessian: readonly Float64Array[];
  readonly #problem: NetworkProblem;
  readonly #y: Float64Array;
  readonly #curvature: Float64Array;
  readonly #value: Float64Array;
  readonly #rise: readonly Float64Array[];
  readonly #bend: readonly Float64Array[];

  constructor(problem: NetworkProblem, y: Float64Array) {
    const { students } = problem.network;
    const paths = y.length;
    this.#problem = problem;
    this.#y = y;
    [this.output, this.slope, this.#curvature, this.#value] = vectors(4, paths);
    [this.gradient, this.#rise, this.#bend] = [1, 2, 3].map(() => vectors(students, paths));
    const upper = vectors(students * students, paths);
    this.hessian = upper.map((_, n) => {
      const [a, b] = [Math.floor(n / students), n % students];
      return upper[Math.min(a, b) * students + Math.max(a, b)];
    });
  }

  /** At preactivations r, one vector of each unit; returns the sum of ℓ(f; y). */
  evaluate(r: readonly Float64Array[]): number {
    const { loss, network } = this.#problem;
    const { students, secondLayer, activation } = network;
    const { output, slope, gradient, hessian } = this;
    const paths = output.length;
    output.fill(0);
    for (let a = 0; a < students; a++) {
      const [value, weight] = [this.#value, secondLayer[a]];
      activation.derivatives(r[a], value, this.#rise[a], this.#bend[a]);
      for (let i = 0; i < paths; i++) output[i] += weight * value[i];
    }
    const curvature = this.#curvature;
    const sum = losses[loss].derivatives(output, this.#y, slope, curvature);
    for (let a = 0; a < students; a++) {
      const [out, rise, bend, weight] = [gradient[a], this.#rise[a], this.#bend[a], secondLayer[a]];
      for (let i = 0; i < paths; i++) {
        rise[i] *= weight;
        out[i] = slope[i] * rise[i];
      }
      for (let b = 0; b <= a; b++) {
        const [block, other] = [hessian[a * students + b], this.#rise[b]];
        for (let i = 0; i < paths; i++) block[i] = curvature[i] * rise[i] * other[i];
      }
      const own = hessian[a * (students + 1)];
      for (let i = 0; i < paths; i++) own[i] += weight * slope[i] * bend[i];
    }
    return sum;
  }
}

/** f* = Σ s(r*_n) of every path. */
export function teacherOutput(problem: NetworkProblem, fields: readonly Float64Array[]): Float64Array {
  const { activation } = problem.network;
  return fields[0].map((_, i) => fields.reduce((sum, field) => sum + activation.value(field[i]), 0));
}
