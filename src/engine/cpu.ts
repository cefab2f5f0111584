/** The CPU engine: WebAssembly kernels, else their oracles, in one worker per core; runs are split over the workers. */
import type { Frame } from '../models/model.ts';
import { missingSimd } from '../wasm/load.ts';
import type { Engine, Job } from './engine.ts';
import type { Pool } from './pool.ts';

export function createCpuEngine(pool: Pool): Engine {
  return {
    name: 'cpu',
    device: `${pool.size} worker${pool.size === 1 ? '' : 's'}, ${missingSimd() ?? 'WASM SIMD'}`,
    refusal: () => undefined,
    run: (job, signal) => simulate(pool, job, signal),
  };
}

async function* simulate(pool: Pool, job: Job, signal: AbortSignal): AsyncGenerator<Frame> {
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
    ),
  );
  try {
    for (;;) {
      const parts = await Promise.all(streams.map((stream) => stream.next()));
      const frames = parts.map((part) => (part.done ? undefined : part.value));
      if (frames.includes(undefined)) return;
      yield join(frames as Frame[], shares, runs);
    }
  } finally {
    await Promise.allSettled(streams.map((stream) => stream.return(undefined)));
  }
}

/** Put the runs that each worker simulated back in order. */
function join(parts: readonly Frame[], shares: readonly (readonly number[])[], runs: number): Frame {
  const gather = (of: (part: Frame) => Float64Array) => {
    const all = new Float64Array(runs);
    parts.forEach((part, worker) => of(part).forEach((value, i) => (all[shares[worker]![i]!] = value)));
    return all;
  };
  const names = Object.keys(parts[0]!.values);
  return {
    t: parts[0]!.t,
    values: Object.fromEntries(names.map((name) => [name, gather((part) => part.values[name]!)])),
    blowUp: gather((part) => part.blowUp),
    ...(parts[0]!.counts && { counts: sumOf(parts.map(({ counts }) => counts!)) }),
  };
}

function sumOf(counts: readonly Uint32Array[]): Uint32Array {
  return counts[0]!.map((_, bin) => counts.reduce((sum, part) => sum + part[bin]!, 0));
}
