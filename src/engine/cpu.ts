/** The CPU engine: WebAssembly kernels, else their oracles, in one worker per core; runs are split over the workers. */
import type { Frame } from '../models/model.ts';
import { missingSimd } from '../wasm/load.ts';
import type { Engine, Job } from './engine.ts';
import type { Gate } from './gate.ts';
import type { Pool } from './pool.ts';
import { sideBySide } from './sideBySide.ts';

export function createCpuEngine(pool: Pool): Engine {
  return {
    name: 'cpu',
    device: `${pool.size} worker${pool.size === 1 ? '' : 's'}, ${missingSimd() ?? 'WASM SIMD'}`,
    refusal: () => undefined,
    run: (job, signal, gate) => simulate(pool, job, signal, gate),
  };
}

async function* simulate(
  pool: Pool,
  job: Job,
  signal: AbortSignal,
  gate: Gate | undefined,
): AsyncGenerator<Frame> {
  const runs = Number(job.config['runs']);
  const shares = Array.from({ length: Math.min(pool.size, runs) }, (_, worker) =>
    Array.from({ length: Math.ceil((runs - worker) / pool.size) }, (_, i) => worker + i * pool.size),
  );
  const streams = shares.map((share, worker) =>
    pool.stream<Frame>(
      worker,
      {
        kind: 'process',
        model: job.model.name,
        name: job.process,
        config: job.config,
        saveAt: job.saveAt,
        runs: share,
        ...(job.histogram && { histogram: job.histogram }),
      },
      signal,
      gate,
    ),
  );
  yield* sideBySide(streams, shares);
}
