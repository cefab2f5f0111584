import { afterAll, expect, test } from 'vitest';
import { defaultsOf } from '../../src/config/parameter.ts';
import type { Job } from '../../src/engine/engine.ts';
import { BINS, rowsOf } from '../../src/engine/histogram.ts';
import { Pool } from '../../src/engine/pool.ts';
import { startOf, type Piece } from '../../src/engine/startState.ts';
import { pack } from '../../src/engine/webgpuData.ts';
import { dln } from '../../src/models/dln/index.ts';
import type { AnyModel } from '../../src/models/model.ts';
import { localPort } from './localPort.ts';

const model = dln as AnyModel;
let spawned = 0;
const pool = new Pool(2, () => {
  spawned++;
  return localPort({ dln: model });
});
afterAll(() => pool.close());

const types = {
  eigenvalue: 'array<vec4f>',
  teacher: 'array<vec4f>',
  xi: 'array<vec4f>',
  lnC0: 'array<vec4f>',
};

function jobIn(dimension: number): Job {
  const config = { ...defaultsOf(model.parameters), dimension, runs: 5, init: 'random' };
  const histogram = {
    quantity: 'beta',
    index: 0,
    bins: BINS,
    groups: 1,
    rows: rowsOf(2),
    ranges: new Float64Array(4),
  };
  return { model, process: 'sde', config, saveAt: Float64Array.of(0, 1), histogram };
}

/** Pieces by name and run, in an order that does not depend on who is faster. */
async function piecesOf(job: Job, states: boolean, workers?: Pool): Promise<Map<string, unknown>> {
  const streams = startOf(job, types, states, new AbortController().signal, workers);
  const pieces: Piece[] = [];
  await Promise.all(
    streams.map(async (stream) => {
      for await (const piece of stream) pieces.push(piece);
    }),
  );
  const entries = pieces.map((piece): [string, unknown] =>
    'params' in piece ? ['params', piece.params] : [`${piece.name} ${piece.run ?? 'shared'}`, piece.values],
  );
  return new Map(entries.sort(([a], [b]) => a.localeCompare(b)));
}

test('workers make what this thread makes: all that runs share, once, and the state of each run', async () => {
  const job = jobIn(4099);
  const expected = await piecesOf(job, true);
  const shared = ['eigenvalue shared', 'groupOf shared', 'params', 'teacher shared'];
  const states = [0, 1, 2, 3, 4].flatMap((run) => [`lnC0 ${run}`, `noiseTime ${run}`, `xi ${run}`]);
  expect([...expected.keys()].sort()).toEqual([...shared, ...states].sort());
  expect(await piecesOf(job, true, pool)).toEqual(expected);
  expect(spawned).toBe(2);
  const state = model.processes['sde']!.shader!.state(job.config, model.instance(job.config), 3);
  expect(expected.get('lnC0 3')).toEqual(
    pack('lnC0', state['lnC0'] as Float32Array, 'array<vec4f>', 4099, -1e4),
  );
  expect([...(await piecesOf(job, false, pool)).keys()]).toEqual(shared.sort((a, b) => a.localeCompare(b)));
});

test('small dimensions do without workers', async () => {
  const idle = new Pool(1, () => {
    throw new Error('a worker was started');
  });
  expect((await piecesOf(jobIn(64), true, idle)).size).toBe(4 + 3 * 5);
});

test('an abort ends the making', async () => {
  const controller = new AbortController();
  const [stream] = startOf(jobIn(4099), types, true, controller.signal, pool);
  const iterator = stream![Symbol.asyncIterator]();
  expect((await iterator.next()).done).toBe(false);
  controller.abort(new Error('changed my mind'));
  await expect(iterator.next()).rejects.toThrow('changed my mind');
});
