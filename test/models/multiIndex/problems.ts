/** Problems of the tests: those of the reference table, and the limit's risk at given times. */
import { readFileSync } from 'node:fs';
import { discrete } from '../../../src/math/distribution.ts';
import { erfCommittee } from '../../../src/models/multiIndex/erfCommittee.ts';
import { integrator, levels } from '../../../src/models/multiIndex/limit.ts';
import type { LimitIntegrator } from '../../../src/models/multiIndex/limitIntegrator.ts';
import { losses } from '../../../src/models/multiIndex/losses.ts';
import { riskOf, type Loss } from '../../../src/models/multiIndex/loss.ts';
import type { Problem } from '../../../src/models/multiIndex/problem.ts';

interface Reference {
  readonly name: string;
  readonly model: string;
  readonly sigma?: number;
  readonly v?: readonly number[];
  readonly vs?: readonly number[];
  readonly gamma: number;
  readonly delta: number;
  readonly b: number;
  readonly V0: readonly (readonly number[])[] | readonly (readonly (readonly number[])[])[];
  readonly spectrum_lambda: readonly number[];
  readonly spectrum_weight: readonly number[];
  readonly t: readonly number[];
  readonly risk: readonly number[];
  readonly B: readonly (readonly (readonly number[])[])[];
}

export const references = (
  JSON.parse(readFileSync('test/reference/glm.json', 'utf8')) as { configs: readonly Reference[] }
).configs;

const byModel: Readonly<Record<string, Loss>> = {
  LeastSquares: losses.leastSquares,
  LogisticBern: losses.logistic,
  LogisticSign: losses.logisticSign,
  PhaseRetrieval: losses.phaseRetrieval,
  ReLU: losses.relu,
};

export function problemOf(reference: Reference): Problem {
  const { spectrum_lambda: values, spectrum_weight: weights, V0 } = reference;
  const matrices = V0.map((row) => row.flat());
  const perClass = Array.isArray(V0[0]![0]);
  return {
    loss: byModel[reference.model] ?? erfCommittee(reference.v!, reference.vs!),
    labelNoise: reference.sigma ?? 0,
    ridge: reference.delta,
    batchSize: reference.b,
    spectrum: discrete(values.map((value, i) => ({ value, weight: weights[i]! }))),
    stepSizeAt: () => reference.gamma,
    start: (eigenvalue) =>
      Float64Array.from(perClass ? matrices[values.indexOf(eigenvalue)]! : matrices.flat()),
  };
}

/** One student, one teacher, isotropic unless said otherwise. */
export function pairProblem(
  loss: Loss,
  stepSize: number,
  [p, q, s]: readonly [number, number, number],
  more: Partial<Problem> = {},
): Problem {
  return {
    loss,
    labelNoise: 0,
    ridge: 0,
    batchSize: 1,
    spectrum: discrete([{ value: 1, weight: 1 }]),
    stepSizeAt: () => stepSize,
    start: () => Float64Array.of(p, q, q, s),
    ...more,
  };
}

/** The limit up to the last time, at the finest level. */
export function solved(problem: Problem, times: readonly number[], level = levels.at(-1)!): LimitIntegrator {
  const run = integrator(problem, Float64Array.from(times), level);
  for (let steps = 0; run.advance(); steps++) {
    if (steps > 1e5) throw new Error('expected the limit to be solved in 100,000 steps');
  }
  return run;
}

/** Risk at given times. */
export function risksOf(problem: Problem, times: readonly number[]): number[] {
  return solved(problem, times).recorded.map(({ weighted }) =>
    riskOf(problem.loss, weighted, problem.labelNoise),
  );
}
