import { describe, expect, test } from 'vitest';
import { discrete, logUniform, marchenkoPastur, powerLaw } from '../../../src/math/distribution.ts';
import {
  difference,
  levels,
  multiIndexLimit,
  remaining,
  toMoments,
} from '../../../src/models/multiIndex/limit.ts';
import { losses } from '../../../src/models/multiIndex/losses.ts';
import { riskOf } from '../../../src/models/multiIndex/loss.ts';
import type { LimitUpdate } from '../../../src/models/model.ts';
import type { Problem } from '../../../src/models/multiIndex/problem.ts';
import { pairProblem, problemOf, references, risksOf, solved } from './problems.ts';

describe.each(references)('$name', (reference) => {
  test('risk and second moments are those of the reference, to its ten digits', () => {
    const problem = problemOf(reference);
    const run = solved(problem, reference.t);
    run.recorded.forEach((errors, k) => {
      const risk = riskOf(problem.loss, errors.weighted, problem.labelNoise);
      expect(Math.abs(risk / reference.risk[k]! - 1)).toBeLessThan(1.5e-9);
      const { weights } = toMoments(problem, errors, 1);
      reference.B[k]!.flat().forEach((value, i) =>
        expect(Math.abs(weights.weighted[i]! - value)).toBeLessThan(1.5e-9 * Math.max(1, Math.abs(value))),
      );
    });
  });
});

/** Least squares by its Volterra equation, with the trapezoidal rule and Richardson's extrapolation. */
function volterra(problem: Problem, horizon: number): number {
  const rule = problem.spectrum.rule(48);
  const [gamma, b] = [problem.stepSizeAt(0), problem.batchSize];
  const start = problem.start(1);
  const u0 = start[0]! - 2 * start[1]! + start[3]!;
  const mean = (f: (lambda: number) => number) =>
    rule.reduce((sum, { value, weight }) => sum + weight * f(value), 0);
  const solve = (steps: number) => {
    const h = horizon / steps;
    const kernel = Array.from(
      { length: steps + 1 },
      (_, i) => (gamma ** 2 / b) * mean((l) => l * l * Math.exp(-2 * gamma * l * i * h)),
    );
    const phi: number[] = [];
    for (let i = 0; i <= steps; i++) {
      let sum = problem.labelNoise ** 2 + mean((l) => l * u0 * Math.exp(-2 * gamma * l * i * h));
      for (let j = 0; j < i; j++) sum += (j === 0 ? 0.5 : 1) * h * kernel[i - j]! * phi[j]!;
      phi.push(i === 0 ? sum : sum / (1 - 0.5 * h * kernel[0]!));
    }
    return phi[steps]! / 2;
  };
  const [a, c, e] = [solve(100), solve(200), solve(400)];
  return (64 * e - 20 * c + a) / 45;
}

test('least squares solves its Volterra equation', () => {
  for (const spectrum of [logUniform(20), marchenkoPastur(0.5)]) {
    const problem = pairProblem(losses.leastSquares, 0.8, [1, 0.2, 1.5], { spectrum, labelNoise: 0.3 });
    expect(risksOf(problem, [0, 2])[1]! / volterra(problem, 2)).toBeCloseTo(1, 8);
  }
});

test('noiseless least squares decays at its exact rate over sixty decades', () => {
  const rate = 2 * 0.5 - 0.5 ** 2;
  const times = [0, 50, 100, 200];
  risksOf(pairProblem(losses.leastSquares, 0.5, [1, 0, 1]), times).forEach((risk, i) =>
    expect(risk * Math.exp(rate * times[i]!)).toBeCloseTo(1, 8),
  );
});

const noiseless = ['phaseRetrieval', 'amplitudeRetrieval', 'relu'] as const;
test.each(noiseless)('%s: the risk keeps decaying below 1e-16 of its start, at one rate', (name) => {
  const gamma = { phaseRetrieval: 0.1, amplitudeRetrieval: 0.5, relu: 0.8 }[name];
  const problem = pairProblem(losses[name], gamma, [0.9, 0.8, 1]);
  const risk = risksOf(problem, [0, 150, 200, 250]);
  const [early, late] = [Math.log(risk[1]! / risk[2]!), Math.log(risk[2]! / risk[3]!)];
  expect(risk[3]! / risk[0]!).toBeLessThan(1e-18);
  expect(early / late).toBeCloseTo(1, 2);
});

test('coordinates without features keep their errors, and do not spoil the small risk of the others', () => {
  const spectrum = discrete([
    { value: 0, weight: 0.5 },
    { value: 2, weight: 0.5 },
  ]);
  const problem = pairProblem(losses.relu, 0.5, [1, 0.5, 1], { spectrum });
  const run = solved(problem, [0, 60, 80, 100]);
  const risk = run.recorded.map(({ weighted }) => losses.relu.excessRisk(weighted));
  expect(run.recorded[3]!.plain[0]).toBeCloseTo(0.5, 10);
  expect(Math.log(risk[1]! / risk[2]!) / Math.log(risk[2]! / risk[3]!)).toBeCloseTo(1, 3);
});

test('a student that is its teacher stays, and has no error', () => {
  const { recorded } = solved(pairProblem(losses.relu, 0.5, [1, 1, 1]), [0, 10]);
  expect(recorded[1]!.weighted[0]).toBe(0);
  expect(difference(pairProblem(losses.relu, 0.5, [1, 1, 1]), recorded, recorded, 0)).toBe(0);
});

test('an even loss does not tell X* from −X*', () => {
  const times = [0, 1, 20, 60];
  const [near, far] = [0.4, -0.4].map((q) =>
    risksOf(pairProblem(losses.phaseRetrieval, 0.1, [0.8, q, 1]), times),
  );
  far!.forEach((risk, i) => expect(risk).toBe(near![i]));
});

describe('blow-up', () => {
  // On q = 0 the equation is p' = a p + b p² + c p³, so that t* is an integral.
  const escape = (gamma: number, p0: number) => {
    const rate = (p: number) =>
      -2 * gamma * p * (6 * p - 2) + 4 * gamma ** 2 * (15 * p ** 3 - 6 * p * p + 3 * p);
    let time = 0;
    const n = 20000;
    // x = 1/p² from 0 to 1/p0² makes the integrand smooth: dt = dp/p' = −½x^{−3/2} dx/p'.
    for (let i = 0; i < n; i++) {
      const x = (i + 0.5) / n / p0 ** 2;
      time += (0.5 * x ** -1.5) / rate(x ** -0.5) / n / p0 ** 2;
    }
    return time;
  };

  test.each([
    [0.1, 2.2],
    [0.25, 0.6],
  ])('of phase retrieval comes at the time of the exact integral, γ = %s, p = %s', (gamma, p0) => {
    const run = solved(pairProblem(losses.phaseRetrieval, gamma, [p0, 0, 1]), [0, 1000]);
    const exact = escape(gamma, p0);
    expect(run.blowUp!.t / exact).toBeCloseTo(1, 5);
    expect(run.blowUp!.error).toBeLessThan(1e-6 * exact);
  });

  test('is not what least squares does above its threshold: exponential growth', () => {
    const run = solved(pairProblem(losses.leastSquares, 3, [1, 0, 1]), [0, 5, 10]);
    expect(run.blowUp).toBeUndefined();
    expect(riskOf(losses.leastSquares, run.recorded[2]!.weighted, 0) / Math.exp(30)).toBeCloseTo(1, 7);
    const long = solved(pairProblem(losses.leastSquares, 3, [1, 0, 1]), [0, 1000]);
    expect([long.blowUp, long.overflow]).toEqual([undefined, true]);
  });
});

describe('updates', () => {
  const limitOf = (problem: Problem) =>
    multiIndexLimit({
      label: 'limit',
      doc: '',
      problemOf: () => problem,
      record: ({ errors }) => ({ error: errors.weighted[0]! }),
    });
  const times = Float64Array.from({ length: 101 }, (_, i) => i / 10);
  const updates = async (problem: Problem, signal = new AbortController().signal) => {
    const all: LimitUpdate<'error'>[] = [];
    for await (const update of limitOf(problem).solve({ dimension: 400 }, times, signal)) all.push(update);
    return all;
  };

  test('refine a quick look, cover all times, and state an error that holds', async () => {
    for (const spectrum of [discrete([{ value: 1, weight: 1 }]), logUniform(100), marchenkoPastur(1)]) {
      const problem = pairProblem(losses.relu, 0.8, [0.5, 0.1, 1], { spectrum });
      const all = await updates(problem);
      const last = all.findLastIndex(({ first }) => first === 0);
      const frames = all.slice(last).flatMap((update) => update.frames);
      expect(frames.map(({ t }) => t)).toEqual([...times]);
      const exact = solved(problem, [...times], { tolerance: 1e-13, nodes: 150 });
      const error = all.at(-1)!.error;
      expect(error).toBeLessThan(1e-8);
      frames.forEach(({ values }, i) =>
        expect(Math.abs(values.error[0]! / exact.recorded[i]!.weighted[0]! - 1)).toBeLessThan(error),
      );
    }
  });

  test('carry the width of single runs where theory has it', async () => {
    const problem = pairProblem(losses.leastSquares, 0.7, [1, 0, 1], { labelNoise: 0.5 });
    const bands = (await updates(problem)).at(-1)!.bands!;
    expect(bands.map(({ around, observable }) => [around, observable])).toEqual([
      ['sgd', 'risk'],
      ['sde', 'risk'],
    ]);
    const at = (t: number) => times.indexOf(t);
    [
      [0.5, 0.595],
      [1, 0.549],
      [2, 0.344],
      [4, 0.139],
    ].forEach(([t, width]) =>
      // prettier-ignore
      expect(bands[0]!.deviation[at(t!)]! * 20).toBeCloseTo(width!, 3),
    );
    const anisotropic = await updates({ ...problem, spectrum: logUniform(3) });
    expect(anisotropic.flatMap((update) => update.bands)).toEqual([]);
  });

  test('tell of blow-up, and have no numbers after it', async () => {
    const all = await updates(pairProblem(losses.phaseRetrieval, 0.25, [0.6, 0, 1]));
    const { blowUp, frames } = all.at(-1)!;
    expect(blowUp!.t).toBeGreaterThan(0);
    const after = frames.filter(({ t }) => t > blowUp!.t);
    expect(after.length).toBeGreaterThan(0);
    for (const frame of after) {
      expect(frame.values.error[0]).toBeNaN();
      expect(frame.blowUp[0]).toBe(blowUp!.t);
    }
  });

  test('end when cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(updates(pairProblem(losses.relu, 0.8, [0.5, 0.1, 1]), controller.signal)).rejects.toThrow(
      'aborted',
    );
  });
});

test('the estimated error of a level bounds the true one, random eigenvalues and losses', () => {
  const times = [0, 0.5, 3, 12];
  for (const spectrum of [logUniform(300), marchenkoPastur(0.8), powerLaw(0.1)]) {
    for (const loss of [losses.leastSquares, losses.phaseRetrieval, losses.logistic]) {
      const problem = pairProblem(loss, 0.07, [0.5, 0.3, 1], { spectrum, labelNoise: 0.1 });
      const [coarse, fine] = [0, 1].map((k) => solved(problem, times, levels[k]!).recorded);
      const exact = solved(problem, times, { tolerance: 1e-12, nodes: 130 }).recorded;
      const estimate = remaining(difference(problem, fine!, coarse!, 0));
      expect(difference(problem, exact, fine!, 0)).toBeLessThan(estimate);
    }
  }
});
