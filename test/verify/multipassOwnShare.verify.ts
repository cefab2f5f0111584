/** Few paths of the limit of multi-pass SGD beside many: what paths learn from themselves is taken back. */
import { expect, test } from 'vitest';
import { PathStart } from '../../src/models/multipass/pathStart.ts';
import { freshSplits } from '../../src/models/multipass/splitPaths.ts';
import { sweep } from '../../src/models/multipass/sweep.ts';
import { takeRows } from '../../src/models/multipass/wasmRows.ts';
import { lossNames, problemOf, reference } from '../models/multipass/reference.ts';
import { writeTable } from './write.ts';

const [STEPS, H] = [48, 0.1];

/** Late train loss of N1, one grid, and its standard error over batches. */
async function late(paths: number, batches: number) {
  const { params } = reference().nonlinear.N1_tanh_d1;
  const problem = { ...problemOf(params), loss: lossNames[params.loss] };
  const store = await takeRows();
  const values = Array.from({ length: batches }, (_, b) => {
    store.clear();
    const noise = freshSplits('sme', H / problem.sampleRatio, new PathStart(paths, 7, b));
    const batch = sweep(problem, 'sme', H, STEPS, noise, store);
    let swept = batch.next();
    while (!swept.done) swept = batch.next();
    return swept.value.trainLoss[STEPS];
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / batches;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { paths, batches, mean, error: Math.sqrt(square / (batches - 1) / batches) };
}

test('256 paths and 48 steps: what paths learned from themselves made the loss 6 % smaller', async () => {
  const [few, many] = [await late(256, 256), await late(8192, 8)];
  writeTable(
    'multipassOwnShare',
    'train loss of N1 SME at t = 4.8 on one grid of 48 steps: paths of a batch, batches, mean, its standard error',
    [few, many],
  );
  const error = Math.hypot(few.error, many.error);
  expect(error).toBeLessThan(0.012 * many.mean);
  expect(Math.abs(few.mean - many.mean)).toBeLessThan(3 * error);
});
