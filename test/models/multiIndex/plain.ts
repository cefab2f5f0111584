/**
 * SGD and SDE once more, each as one plain loop over the students X themselves, with derivatives written down from the
 * losses and switches that break them: the oracles must equal the intact loops, and the agreement test must catch every
 * broken one.
 */
import { fillNormals, normalAt, uniform } from '../../../src/math/normal.ts';
import { erf } from '../../../src/math/erf.ts';
import { streams, threefry } from '../../../src/math/threefry.ts';
import type { CommitteeConfig } from '../../../src/models/committee/parameters.ts';
import { problemOf as committeeProblem } from '../../../src/models/committee/problem.ts';
import type { GlmConfig } from '../../../src/models/glm/parameters.ts';
import { problemOf as glmProblem } from '../../../src/models/glm/problem.ts';
import { toErrors, toStudents } from '../../../src/models/multiIndex/loss.ts';
import { startMoments, type MultiIndexInstance } from '../../../src/models/multiIndex/instance.ts';
import { momentsOver } from '../../../src/models/multiIndex/moments.ts';
import { studentsOf } from '../../../src/models/multiIndex/start.ts';
import { toStatistics } from '../../../src/models/multiIndex/statistics.ts';
import type { Setting, Statistics } from './agreement.ts';

export type Defect =
  | 'none'
  | 'label noise is 10 % too strong'
  | 'noise is 5 % too strong'
  | 'batch size is ignored'
  | 'features lack √λ'
  | 'ridge is missing'
  | 'labels ignore the teacher’s doubt'
  | 'noise of the start';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** ∂f/∂r of a loss by name, at outputs r and r*, with noise ε times σ or a uniform number. */
const slopes: Readonly<Record<string, (r: number, star: number, draw: number) => number>> = {
  leastSquares: (r, star, noise) => r - star - noise,
  phaseRetrieval: (r, star, noise) => 2 * r * (r * r - star * star - noise),
  amplitudeRetrieval: (r, star, noise) => Math.sign(r) * (Math.abs(r) - Math.abs(star) - noise),
  relu: (r, star, noise) => (r > 0 ? r - Math.max(star, 0) - noise : 0),
  logistic: (r, star, u) => sigmoid(r) - (u < sigmoid(star) ? 1 : 0),
  logisticSign: (r, star) => sigmoid(r) - (star > 0 ? 1 : 0),
};

interface Plain {
  readonly problem: ReturnType<typeof glmProblem>;
  readonly config: GlmConfig | CommitteeConfig;
  readonly instance: MultiIndexInstance;
  readonly students: number;
  readonly teachers: number;
  readonly x0: Float64Array;
  measure(x: Float64Array): Statistics;
}

function plainOf({ model, config: settings }: Setting, run: number): Plain {
  const config = settings as unknown as GlmConfig | CommitteeConfig;
  const problem = 'loss' in config ? glmProblem(config) : committeeProblem(config);
  const instance = model.instance(settings) as MultiIndexInstance;
  const { students, teachers, matched } = problem.loss;
  const columns = model.name === 'glm' ? 2 : 8;
  return {
    problem,
    config,
    instance,
    students,
    teachers,
    x0: studentsOf(config, startMoments(problem), run).slice(),
    measure(x) {
      const errors = matched ? x.map((value, i) => value - instance.teacher[i]!) : x;
      return toStatistics(momentsOver(instance, errors), columns);
    },
  };
}

/** Derivatives of the loss of one sample. */
function slopesOf({ config }: Plain, r: readonly number[], star: readonly number[], draw: number): number[] {
  if ('loss' in config) return [slopes[config.loss]!(r[0]!, star[0]!, draw)];
  const unit = (u: number) => erf(u / Math.SQRT2);
  const own = config.studentWeights.reduce((sum, v, a) => sum + v * unit(r[a]!), 0);
  const wanted = config.teacherWeights.reduce((sum, v, n) => sum + v * unit(star[n]!), 0);
  const residual = own - wanted - draw;
  return config.studentWeights.map(
    (v, a) => residual * v * Math.sqrt(2 / Math.PI) * Math.exp(-(r[a]! ** 2) / 2),
  );
}

const words = new Uint32Array(4);

/** Statistics of one run after `steps` iterations each. */
export function plainSgd(
  setting: Setting,
  run: number,
  steps: readonly number[],
  defect: Defect,
): Statistics[] {
  const plain = plainOf(setting, run);
  const { problem, config, instance, students, teachers } = plain;
  const { dimension: d, seed, stepSize } = config;
  const B = defect === 'batch size is ignored' ? 1 : config.batchSize;
  const sigma = problem.labelNoise * (defect === 'label noise is 10 % too strong' ? 1.1 : 1);
  const ridge = defect === 'ridge is missing' ? 0 : config.ridge;
  const root = instance.eigenvalue.map(Math.sqrt);
  const x = plain.x0;
  const z = new Float64Array(4 * Math.ceil(d / 4));
  const recorded: Statistics[] = [];
  for (let k = 0; recorded.length < steps.length; k++) {
    while (steps[recorded.length] === k) recorded.push(plain.measure(x));
    const gradient = new Float64Array(students * d);
    for (let b = 0; b < B; b++) {
      fillNormals(z, d, seed, streams.features, k, run, b);
      for (let i = 0; i < d && defect !== 'features lack √λ'; i++) z[i]! *= root[i]!;
      const output = (vectors: Float64Array, a: number) => {
        let sum = 0;
        for (let i = 0; i < d; i++) sum += z[i]! * vectors[a * d + i]!;
        return sum / Math.sqrt(d);
      };
      const r = Array.from({ length: students }, (_, a) => output(x, a));
      const star = Array.from({ length: teachers }, (_, n) => output(instance.teacher, n));
      let draw = sigma > 0 ? sigma * normalAt(seed, streams.labelNoise, k, run, b) : 0;
      if (problem.loss.label === 'uniform') {
        threefry(words, 0, k, run, streams.labels, seed, 0, b, 0);
        draw = defect === 'labels ignore the teacher’s doubt' ? 0.5 : uniform(words[0]!);
      }
      slopesOf(plain, r, star, draw).forEach((slope, a) => {
        for (let i = 0; i < d; i++) gradient[a * d + i]! += (slope * z[i]!) / B;
      });
    }
    for (let i = 0; i < x.length; i++) {
      x[i]! -= (stepSize / Math.sqrt(d)) * gradient[i]! + ((stepSize * ridge) / d) * x[i]!;
    }
  }
  return recorded;
}

/** The SDE by Euler–Maruyama in X with one student, weak order 1, on the Brownian increments of the oracle. */
export function plainSde(
  setting: Setting,
  run: number,
  steps: readonly number[],
  defect: Defect,
): Statistics[] {
  const plain = plainOf(setting, run);
  const { problem, config, instance } = plain;
  const { loss } = problem;
  const { dimension: d, seed, stepSize, dt } = config;
  const B = defect === 'batch size is ignored' ? 1 : config.batchSize;
  const ridge = defect === 'ridge is missing' ? 0 : config.ridge;
  const strength = defect === 'noise is 5 % too strong' ? 1.05 : 1;
  const x = plain.x0;
  const z = new Float64Array(4 * Math.ceil(d / 4));
  const [mean, square] = [new Float64Array(2), new Float64Array(1)];
  const recorded: Statistics[] = [];
  for (let n = 0; recorded.length < steps.length; n++) {
    while (steps[recorded.length] === n) recorded.push(plain.measure(x));
    const { weighted } = momentsOver(instance, x);
    toErrors(loss, weighted, weighted);
    loss.meanGradient(weighted, mean);
    toStudents(loss, mean);
    if (n === 0 || defect !== 'noise of the start')
      loss.gradientCovariance(weighted, problem.labelNoise, square);
    fillNormals(z, d, seed, streams.brownian, n, run, 0);
    for (let i = 0; i < d; i++) {
      const lambda = instance.eigenvalue[i]!;
      const feature = defect === 'features lack √λ' ? 1 : lambda;
      const drift = lambda * (x[i]! * mean[0]! + instance.teacher[i]! * mean[1]!) + ridge * x[i]!;
      x[i]! -= stepSize * (drift * dt + strength * Math.sqrt((feature * square[0]! * dt) / B) * z[i]!);
    }
  }
  return recorded;
}
