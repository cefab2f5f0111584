import { expect, test } from 'vitest';
import { plainRows } from '../../../src/math/rows.ts';
import { erfCommittee } from '../../../src/models/multiIndex/erfCommittee.ts';
import { networkRate, solveNetworkOnePass } from '../../../src/models/multipass/networkOnePass.ts';
import { networkSweep } from '../../../src/models/multipass/networkSweep.ts';
import { solveOnePass } from '../../../src/models/multipass/onePass.ts';
import { freshNoise } from '../../../src/models/multipass/pathNoise.ts';
import { PathStart } from '../../../src/models/multipass/pathStart.ts';
import { finish, networkProblem } from './networks.ts';

test('erf units move as those of a soft committee machine, whose means are arcsines', () => {
  const problem = networkProblem({
    activation: 'erf',
    secondLayer: [0.7, -0.4],
    moments: [0.8, 0.2, 0.3, -0.1, 1.1, 0, 0.4, 1, 0.2, 0.7],
    stepSize: 1.3,
    decay: 0.04,
  });
  const { stepSize, decay, labelNoise, network } = problem;
  const { moments, students } = network;
  const size = 4;
  const committee = erfCommittee([0.7, -0.4], [1, 1]);
  const [gradient, noise] = [new Float64Array(size * students), new Float64Array(students * students)];
  committee.meanGradient(moments, gradient);
  committee.gradientCovariance(moments, labelNoise, noise);
  /** E ℓ_r,a ρ_j */
  const product = (a: number, j: number) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += moments[j * size + i] * gradient[i * students + a];
    return sum;
  };
  const rate = networkRate(problem, 16384, 1)(moments);
  for (let a = 0; a < students; a++) {
    for (let j = 0; j < size; j++) {
      const ridge = (j < students ? 2 : 1) * decay * moments[a * size + j];
      const pull = product(a, j) + (j < students ? product(j, a) : 0);
      const square = j < students ? stepSize ** 2 * noise[a * students + j] : 0;
      expect(rate[a * size + j]).toBeCloseTo(square - stepSize * pull - ridge, 2);
    }
  }
});

test('one linear unit is a single neuron', () => {
  const problem = networkProblem({
    loss: 'logisticSign',
    activation: 'identity',
    secondLayer: [1],
    moments: [0.8, 0.2, 1.5],
    stepSize: 2,
  });
  const times = Float64Array.of(0.5, 2);
  const exact = solveOnePass({ ...problem, initNorm: 0.8, initOverlap: 0.2, teacherNorm: 1.5 }, times);
  solveNetworkOnePass(problem, times, 1).forEach((moments, i) => {
    expect(moments[0] / exact[i].squaredNorm).toBeCloseTo(1, 2);
    expect(moments[1] / exact[i].overlap).toBeCloseTo(1, 2);
  });
});

test('many samples per dimension: SGD and its modified equation learn as from fresh ones', () => {
  const problem = networkProblem({
    activation: 'tanh',
    secondLayer: [1, 0.5],
    moments: [1, 0, 0.4, 0, 0.8, 0, 0.2, 1, 0, 1],
    stepSize: 1,
    sampleRatio: 400,
  });
  const [h, steps] = [0.05, 16];
  const [limit] = solveNetworkOnePass(problem, Float64Array.of(h * steps), 1);
  for (const driver of ['sgd', 'sme'] as const) {
    const start = new PathStart(2048, 3, 0, 2, 2);
    const noise = freshNoise(driver, h / 400, start);
    const { kernels } = finish(networkSweep(problem, driver, h, steps, noise, plainRows));
    const { overlap } = kernels;
    // Steps of first order leave O(ηh) of the change.
    expect(Math.abs(overlap[4 * steps] - limit[2])).toBeLessThan(0.03);
    expect(Math.abs(overlap[4 * steps + 3] - limit[7])).toBeLessThan(0.03);
    expect(limit[2] - problem.network.moments[2]).toBeGreaterThan(0.1);
  }
});
