/** The model as page and command line run it: every process and limit at once, in workers. */
import { expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { createCpuEngine } from '../../../src/engine/cpu.ts';
import { Experiment } from '../../../src/engine/experiment.ts';
import { Pool } from '../../../src/engine/pool.ts';
import { problemOf } from '../../../src/models/multipass/grids.ts';
import { multipass } from '../../../src/models/multipass/index.ts';
import { solveOnePass } from '../../../src/models/multipass/onePass.ts';
import { parameters, type MultipassConfig } from '../../../src/models/multipass/parameters.ts';
import type { AnyModel } from '../../../src/models/model.ts';
import { localPort } from '../../engine/localPort.ts';

const model = multipass as unknown as AnyModel;
const pools = [2, 1].map((size) => new Pool(size, () => localPort({ multipass: model })));
const [simulators, solvers] = pools as [Pool, Pool];

async function experimentOf(values: Partial<MultipassConfig>, times: readonly number[]) {
  const config = { ...defaultsOf(parameters), dimension: 64, runs: 5, dt: 0.05, ...values };
  const engine = createCpuEngine(simulators);
  const saveAt = Float64Array.from(times);
  const only = [...Object.keys(model.limits), ...Object.keys(model.processes)];
  const options = { model, config, saveAt, engineFor: () => engine, pool: solvers, only };
  const experiment = new Experiment(options);
  await experiment.run();
  const named = (name: string) => experiment.sources.find((source) => source.name === name)!;
  return {
    config,
    sources: experiment.sources,
    column: (name: string, observable: string) => named(name).trajectory.column(observable, 'mean'),
    named,
  };
}

test('runs to the end with every process and limit', async () => {
  const values = { loss: 'leastSquares', stepSize: 0.5, labelNoise: 0.3, batchSize: 2 } as const;
  const { config, sources, column, named } = await experimentOf(values, [0, 0.5, 2]);
  expect(sources.map(({ name, status }) => `${name} ${status}`)).toEqual(
    ['limit.sgd', 'limit.sme', 'limit.gf', 'onePass', 'sgd', 'sme', 'gf'].map((name) => `${name} done`),
  );
  for (const { trajectory } of sources) {
    expect(Array.from(trajectory.t)).toEqual([0, 0.5, 2]);
    expect(trajectory.observables).not.toContain('classificationError');
  }
  // Test risk at the start, (q₀ + q* + σ²)/2, is exact for all; gap and overlap follow from it.
  for (const { name } of sources) expect(column(name, 'test')[0]).toBeCloseTo(1.045, 10);
  expect(column('limit.sgd', 'train')).toEqual(column('limit.sme', 'train'));
  expect(column('limit.gf', 'train')[2]).toBeLessThan(column('limit.sgd', 'train')[2]!);
  const { trajectory } = named('limit.gf');
  expect(Array.from(trajectory.deviation('limit', 'train')!)).toEqual([0, 0, 0]);
  const fresh = solveOnePass(problemOf(config as MultipassConfig), Float64Array.of(0, 0.5, 2));
  expect(column('onePass', 'norm')[2]).toBe(fresh[2]!.squaredNorm);
  expect(named('limit.sgd').fields!.map(({ name }) => name)).toEqual(['covariance', 'response']);
});
