/** What a user would otherwise run: NumPy, and a C++ loop of the same algorithm. Each is found here or named as missing. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** One amount of work: `steps` steps of `runs` runs in d dimensions, the best of `repeats`. */
export interface Work {
  readonly dimension: number;
  readonly runs: number;
  readonly steps: number;
  readonly repeats: number;
}

export interface Peer {
  readonly name: string;
  /** Least CPU seconds for the work; a reason where the peer is missing. */
  run(work: Work): number | string;
}

const sources = join(process.cwd(), 'test/bench/peers');
const built = join(process.cwd(), 'dist-cli/bench');

function capture(command: string, args: readonly string[]): string {
  // One thread, as for everything else that is compared.
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  return execFileSync(command, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The last line of what went wrong. */
function reason(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split('\n').at(-1)!;
}

function peer(name: string, prepare: () => { command: string; args: string[] }): Peer {
  let ready: { command: string; args: string[] } | string | undefined;
  return {
    name,
    run({ dimension, runs, steps, repeats }) {
      try {
        ready ??= prepare();
      } catch (error) {
        ready = reason(error);
      }
      if (typeof ready === 'string') return ready;
      const work = [dimension, runs, steps, repeats].map(String);
      return Number(capture(ready.command, [...ready.args, ...work]).split(' ')[0]);
    },
  };
}

function numpy(kind: 'float32' | 'float64', name: string): Peer {
  return peer(name, () => {
    capture('python3', ['-c', 'import numpy']);
    return { command: 'python3', args: [join(sources, 'sgd.py'), kind] };
  });
}

function cpp(name: string, lanes: number, machine: string): Peer {
  return peer(name, () => {
    mkdirSync(built, { recursive: true });
    const command = join(built, `sgd${machine}`);
    capture('g++', ['-O3', machine, `-DLANES=${lanes}`, '-o', command, join(sources, 'sgd.cpp')]);
    return { command, args: [] };
  });
}

export const numpy32 = numpy('float32', 'NumPy float32 (SFC64)');
export const numpy64 = numpy('float64', 'NumPy float64 (PCG64)');
export const sse = cpp('C++ -O3 -msse4.1', 4, '-msse4.1');
export const native = cpp('C++ -O3 -march=native', 16, '-march=native');
