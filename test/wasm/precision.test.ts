/** What float32 state and float64 sums keep: small risks, sums over many coordinates. */
import { expect, test } from 'vitest';
import type { DlnConfig } from '../../src/models/dln/parameters.ts';
import { dln } from '../../src/models/dln/index.ts';
import { configWith, oracleOf, spanOf, wasmOf } from './kernels.ts';

const risk = (statistics: Record<string, number>, config: DlnConfig) =>
  dln.observables['risk']!.of(statistics as never, config);

test('SGD without noise follows the risk of float64 down to 1e-20', async () => {
  const config = configWith({ dimension: 1024, stepSize: 0.8, density: 0.5 });
  const [fast] = await wasmOf('sgd', config, [0]);
  const oracle = oracleOf('sgd', config, 0);
  const reached: number[] = [];
  for (let step = 0; (reached.at(-1) ?? 1) > 1e-20; step += 2048) {
    const span = spanOf('sgd', config, step, 2048);
    fast!.advance(span);
    oracle.advance(span);
    reached.push(risk(oracle.statistics(), config));
    const deviation = risk(fast!.statistics(), config) / reached.at(-1)! - 1;
    expect(Math.abs(deviation)).toBeLessThan(0.01);
    expect(step).toBeLessThan(1e5);
  }
});

test('the SDE without noise follows the risk of float64 down to 1e-14', async () => {
  const config = configWith({ dimension: 128, stepSize: 0.6, dt: 0.02 });
  const [fast] = await wasmOf('sde', config, [0]);
  const oracle = oracleOf('sde', config, 0);
  for (let step = 0; step < 8000; step += 100) {
    const span = spanOf('sde', config, step, 100);
    fast!.advance(span);
    oracle.advance(span);
    const expected = risk(oracle.statistics(), config);
    const value = risk(fast!.statistics(), config);
    expect(Math.abs(value - expected)).toBeLessThan(0.05 * expected + 1e-14);
  }
  expect(risk(oracle.statistics(), config)).toBeLessThan(1e-15);
  expect(risk(fast!.statistics(), config)).toBeLessThan(1e-14);
});

test.each(['sgd', 'sde'] as const)('%s: sums over 2^20 coordinates are right to 1e-6', async (process) => {
  const config = configWith({
    dimension: 2 ** 20,
    init: 'random',
    teacher: 'gaussian',
    spectrum: 'powerLaw',
    stepSize: 0.1,
  });
  const [fast] = await wasmOf(process, config, [0]);
  const oracle = oracleOf(process, config, 0);
  // One step shows the sum that moves the state, too.
  for (const steps of [0, 1]) {
    const span = spanOf(process, config, 0, steps);
    fast!.advance(span);
    oracle.advance(span);
    const values: Record<string, number> = fast!.statistics();
    for (const [name, value] of Object.entries(oracle.statistics())) {
      expect(Math.abs(values[name]! - value)).toBeLessThanOrEqual(1e-6 * Math.abs(value));
    }
  }
});
