/** Exact rates of change along the limit, from its moments alone (theory: multi-index models, section 1). */
import type { Problem, SecondMoments } from './problem.ts';

type Setting = Pick<Problem, 'loss' | 'labelNoise' | 'ridge' | 'batchSize'>;

/** What drift, ridge and gradient noise contribute to a rate of change, per unit of γ, γ and γ². */
export interface Balance {
  readonly drift: number;
  readonly ridge: number;
  readonly noise: number;
}

/** The rate at step size γ: dR/dt or dD/dt. */
export function rateOf({ drift, ridge, noise }: Balance, stepSize: number): number {
  return stepSize * (drift + ridge) + stepSize ** 2 * noise;
}

/** Step size below which the quantity decreases at this state; Infinity without noise. */
export function edgeOf({ drift, ridge, noise }: Balance): number {
  return -(drift + ridge) / noise;
}

function averages({ loss, labelNoise }: Setting, { weighted }: SecondMoments) {
  const { students, teachers } = loss;
  const gradient = new Float64Array((students + teachers) * students);
  const covariance = new Float64Array(students * students);
  loss.meanGradient(weighted, gradient);
  loss.gradientCovariance(weighted, labelNoise, covariance);
  return { gradient, covariance };
}

/** Of the risk: −γ tr GᵀC₂G − γδ tr Gᵀ⟨λUXᵀ⟩ + γ²⟨λ²⟩/(2B) tr M_rr I. `squares` is ⟨λ²⟩. */
export function riskBalance(problem: Setting, moments: SecondMoments, squares: number): Balance {
  const { students, teachers, matched } = problem.loss;
  const size = students + teachers;
  const { gradient, covariance } = averages(problem, moments);
  let [drift, ridge, noise] = [0, 0, 0];
  for (let a = 0; a < students; a++) {
    for (let i = 0; i < size; i++) {
      const g = gradient[i * students + a]!;
      for (let j = 0; j < size; j++)
        drift -= g * moments.squared[i * size + j]! * gradient[j * students + a]!;
      const teacher = matched ? moments.weighted[i * size + students + a]! : 0;
      ridge -= problem.ridge * g * (moments.weighted[i * size + a]! + teacher);
    }
    for (let b = 0; b < students; b++) {
      noise +=
        (squares * gradient[b * students + a]! * covariance[a * students + b]!) / (2 * problem.batchSize);
    }
  }
  return { drift, ridge, noise };
}

/** Of the distance Σ_a ⟨E_a²⟩ without ridge: −2γ E⟨ρ_E, ∇f⟩ + γ²⟨λ⟩/B tr I. `mean` is ⟨λ⟩. */
export function distanceBalance(problem: Setting, moments: SecondMoments, mean: number): Balance {
  const { students, teachers } = problem.loss;
  const size = students + teachers;
  const { gradient, covariance } = averages(problem, moments);
  let [drift, noise] = [0, 0];
  for (let a = 0; a < students; a++) {
    for (let j = 0; j < size; j++) drift -= 2 * moments.weighted[a * size + j]! * gradient[j * students + a]!;
    noise += (mean / problem.batchSize) * covariance[a * (students + 1)]!;
  }
  return { drift, ridge: 0, noise };
}
