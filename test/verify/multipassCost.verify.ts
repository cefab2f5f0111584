/** What a batch of the limits of multi-pass SGD costs as grids get finer and paths more: CPU time of one sweep. */
import { expect, test } from 'vitest';
import type { Driver } from '../../src/models/multipass/pathNoise.ts';
import { PathStart } from '../../src/models/multipass/pathStart.ts';
import { freshSplits } from '../../src/models/multipass/splitPaths.ts';
import { sweep } from '../../src/models/multipass/sweep.ts';
import { takeRows } from '../../src/models/multipass/wasmRows.ts';
import { lossNames, problemOf, reference } from '../models/multipass/reference.ts';
import { writeTable } from './write.ts';

/** Steps of a horizon of 8, and paths; the middle ones go with all of the other. */
const [STEPS, PATHS] = [
  [80, 160, 320, 640],
  [2048, 4096, 8192, 16384],
];

const seconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function cost(driver: Driver, steps: number, paths: number): Promise<number> {
  const { params } = reference().nonlinear.G1_logistic_d2;
  const problem = { ...problemOf(params), loss: lossNames[params.loss] };
  const h = 8 / steps;
  const store = await takeRows();
  const noise = freshSplits(driver, h / problem.sampleRatio, new PathStart(paths, 1, 1));
  const start = seconds();
  const batch = sweep(problem, driver, h, steps, noise, store);
  let swept = batch.next();
  while (!swept.done) swept = batch.next();
  expect(swept.value.trainLoss[steps]).toBeLessThan(0.3);
  return seconds() - start;
}

/** Slope of a line through the logarithms. */
function exponent(x: readonly number[], y: readonly number[]): number {
  const [a, b] = [x, y].map((values) => {
    const logs = values.map((value) => Math.log(value));
    const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
    return logs.map((value) => value - mean);
  });
  const product = (p: readonly number[], q: readonly number[]) => p.reduce((sum, v, i) => sum + v * q[i], 0);
  return product(a, b) / product(a, a);
}

test('one sweep by steps and by paths', async () => {
  const rows = [];
  for (const driver of ['sgd', 'sme'] as const) {
    await cost(driver, STEPS[0], PATHS[0]);
    const bySteps: number[] = [];
    for (const steps of STEPS) bySteps.push(await cost(driver, steps, 4096));
    const byPaths: number[] = [];
    for (const paths of PATHS) byPaths.push(await cost(driver, 160, paths));
    const row = {
      driver,
      stepsExponent: Number(exponent(STEPS, bySteps).toFixed(2)),
      pathsExponent: Number(exponent(PATHS, byPaths).toFixed(2)),
      bySteps: STEPS.map((steps, i) => [steps, Number(bySteps[i].toFixed(3))]),
      byPaths: PATHS.map((paths, i) => [paths, Number(byPaths[i].toFixed(3))]),
    };
    rows.push(row);
    expect(row.stepsExponent).toBeLessThan(2);
    expect(row.pathsExponent).toBeLessThan(1.3);
  }
  writeTable(
    'multipassCost',
    'CPU seconds of one sweep of the limit of multi-pass SGD: bySteps: steps of a horizon of 8, seconds for 4096 paths; byPaths: ' +
      'paths, seconds for 160 steps; exponents fitted to both',
    rows,
  );
});
