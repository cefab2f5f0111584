/** The command line, and the entry of its workers: both are this one file, so that the bundle is one file. */
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort } from 'node:worker_threads';
import { createCpuEngine } from '../engine/cpu.ts';
import { Experiment } from '../engine/experiment.ts';
import { Pool } from '../engine/pool.ts';
import { serve } from '../engine/serve.ts';
import { allModels, catalogue } from '../models/index.ts';
import { Library } from '../models/library.ts';
import { spawnNodeWorker } from './nodePort.ts';
import { complete } from './openData.ts';
import { parseOptions, UsageError, type Options } from './options.ts';
import { toCsv, toJson } from './report.ts';

/** Throws an Error when a process or limit fails. */
async function simulate(options: Options): Promise<string> {
  const { model, only, times, format } = options;
  const { config, dataSet } = await complete(options);
  const simulators = new Pool(availableParallelism(), spawnNodeWorker);
  const solvers = new Pool(Object.keys(model.limits).length, spawnNodeWorker);
  const engine = createCpuEngine(simulators);
  if (dataSet) for (const pool of [simulators, solvers]) pool.keep(dataSet);
  try {
    const experiment = new Experiment({
      model,
      config,
      only,
      saveAt: times,
      engineFor: () => engine,
      pool: solvers,
    });
    await experiment.run();
    const failed = experiment.sources.find(({ status }) => status === 'failed');
    if (failed) throw new Error(`${failed.name}: ${failed.failure}`);
    return format === 'json' ? toJson(experiment) : toCsv(experiment);
  } finally {
    simulators.close();
    solvers.close();
  }
}

/** Exit code: 0, 2 for a command that cannot be understood, 1 for anything else. */
async function main(args: readonly string[]): Promise<number> {
  // The reader of a pipe may leave early: `simulate … | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    process.stdout.write(await simulate(parseOptions(args, await allModels())));
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // One line, whatever the link holds.
    process.stderr.write(`${message.replace(/\s+/g, ' ')}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

if (isMainThread) {
  process.exitCode = await main(process.argv.slice(2));
} else {
  const port = parentPort!;
  const library = new Library(catalogue);
  port.on(
    'message',
    serve(
      (name) => library.load(name),
      (reply, transfers) => port.postMessage(reply, transfers),
    ),
  );
}
