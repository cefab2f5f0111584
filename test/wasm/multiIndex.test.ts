/** The WebAssembly kernels of multi-index models against their oracles, on the same random numbers. */
import { expect, test } from 'vitest';
import { cases, worstMoment } from '../models/multiIndex/cases.ts';
import { kernelsOf, processes, spanOf } from './kernels.ts';

const all = cases.flatMap((each) => processes.map((process) => ({ ...each, process })));

test.each(all)('$process equals the oracle after 1,000 steps: $name', async ({ process, model, config }) => {
  const { wasmOf, oracleOf } = kernelsOf(model);
  const run = 2;
  const [fast] = (await wasmOf(process, config, [0, run])).slice(1);
  const oracle = oracleOf(process, config, run);
  for (const [step, steps] of [
    [0, 0],
    [0, 100],
    [100, 900],
  ] as const) {
    const span = spanOf(process, config, step, steps);
    fast!.advance(span);
    oracle.advance(span);
    expect(worstMoment(fast!.statistics(), oracle.statistics())).toBeLessThan(1e-4);
  }
  expect(fast!.blowUp).toBeNaN();
});

const { model, config } = cases.find(({ name }) => name === 'least squares')!;
const { wasmOf, oracleOf } = kernelsOf(model);

test.each(processes)('%s: a run does not change with other runs or chunking', async (process) => {
  const [alone] = await wasmOf(process, { ...config, batchSize: 2 }, [5]);
  alone!.advance(spanOf(process, config, 0, 60));
  const several = await wasmOf(process, { ...config, batchSize: 2 }, [1, 5, 0]);
  for (const [step, steps] of [
    [0, 1],
    [1, 30],
    [31, 0],
    [31, 29],
  ] as const) {
    for (const each of several) each.advance(spanOf(process, config, step, steps));
  }
  expect(several[1]!.statistics()).toEqual(alone!.statistics());
});

test.each(processes)(
  '%s: a run diverges at the step where the oracle does, and stays there',
  async (process) => {
    const wild = { ...config, loss: 'phaseRetrieval', stepSize: 1, initOverlap: [0.5] };
    const [fast] = await wasmOf(process, wild, [1]);
    const oracle = oracleOf(process, wild, 1);
    for (const step of [0, 100, 200, 300]) {
      fast!.advance(spanOf(process, config, step, 100));
      oracle.advance(spanOf(process, config, step, 100));
      expect(fast!.blowUp).toBe(oracle.blowUp);
    }
    expect(fast!.blowUp).toBeGreaterThan(0);
  },
);

const vanishing = ['leastSquares', 'phaseRetrieval', 'amplitudeRetrieval', 'relu'].flatMap((loss) =>
  processes.map((process) => ({ loss, process })),
);

test.each(vanishing)(
  '$process of $loss without noise follows float64 down to 1e-20',
  async ({ loss, process }) => {
    const stepSize = loss === 'phaseRetrieval' ? 0.08 : 0.8;
    const silent = { ...config, loss, dimension: 64, labelNoise: 0, stepSize, dt: 0.02, initOverlap: [0.9] };
    const [fast] = await wasmOf(process, silent, [0]);
    const oracle = oracleOf(process, silent, 0);
    const excess = (statistics: Record<string, number>) =>
      model.observables['excessRisk']!.of(statistics, silent);
    let reached = 1;
    for (let step = 0; reached > 1e-20; step += 256) {
      fast!.advance(spanOf(process, silent, step, 256));
      oracle.advance(spanOf(process, silent, step, 256));
      reached = excess(oracle.statistics());
      expect(Math.abs(excess(fast!.statistics()) / reached - 1)).toBeLessThan(0.01);
      expect(step).toBeLessThan(1e5);
    }
  },
);
