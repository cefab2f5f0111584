/**
 * `npm run bench limit`: the limit of the default experiment beside SciPy, in turns, in CPU seconds of one thread:
 * solve_ivp on the same transport maps, and on finite volumes. Errors are the largest in risk over the saved times,
 * relative to a finer solution of ours; ratios are to the first level of ours that is at least as accurate.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { defaultsOf } from '../../src/config/parameter.ts';
import { integrator, levels, type Level } from '../../src/models/dln/limitSolutions.ts';
import { parameters } from '../../src/models/dln/parameters.ts';

const HORIZON = 10;
const SAVED = 50;
const TURNS = 2;
const REPEATS = 10;
/** Milliseconds after which a peer counts as missing. */
const PATIENCE = 60_000;

const times = Float64Array.from({ length: SAVED }, (_, i) => ((i + 1) * HORIZON) / SAVED);
const config = { ...defaultsOf(parameters), horizon: HORIZON };

interface Result {
  readonly seconds: number;
  readonly risk: readonly number[];
}

function solve(level: Level): Result {
  const start = process.cpuUsage();
  const run = integrator(config, times, level);
  while (run.advance());
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, risk: run.recorded.map((sums) => sums[0]! / 2) };
}

/** The fastest of several: the first ones run while code is still being compiled. */
function own(level: Level): Result {
  const all = Array.from({ length: REPEATS }, () => solve(level));
  return all.reduce((best, each) => (each.seconds < best.seconds ? each : best));
}

/** SciPy's answer, or the last line of why there is none. */
function scipy(kind: string, method: string, points: number, rtol: number): Result | string {
  const script = join(process.cwd(), 'test/bench/peers/limit.py');
  const values = [kind, method, points, rtol, HORIZON, SAVED].map(String);
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  try {
    const text = execFileSync('python3', [script, ...values], {
      encoding: 'utf8',
      env,
      stdio: 'pipe',
      timeout: PATIENCE,
    });
    return JSON.parse(text) as Result;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    return (stderr?.trim() || message).split('\n').at(-1)!;
  }
}

const [quick, fine] = levels as [Level, Level];
const contenders: Record<string, () => Result | string> = {
  'ours, quick level': () => own(quick),
  'ours, fine level': () => own(fine),
  'SciPy LSODA, same maps, 61 points, rtol 1e-6': () => scipy('map', 'LSODA', 61, 1e-6),
  'SciPy LSODA, same maps, 61 points, rtol 1e-9': () => scipy('map', 'LSODA', 61, 1e-9),
  'SciPy BDF, same maps, 61 points, rtol 1e-6': () => scipy('map', 'BDF', 61, 1e-6),
  'SciPy LSODA, finite volumes, 1000 cells, rtol 1e-6': () => scipy('volume', 'LSODA', 1000, 1e-6),
};

const exact = solve({ points: 151, reach: 7.75, half: 4, tolerance: 1e-10, budget: 100, refinement: 1 }).risk;
const errorOf = (risk: readonly number[]) =>
  Math.max(...risk.map((value, i) => Math.abs(value / exact[i]! - 1)));

const best = new Map<string, Result | string>();
for (let turn = 0; turn < TURNS; turn++) {
  for (const [name, run] of Object.entries(contenders)) {
    const known = best.get(name);
    if (typeof known === 'string') continue;
    const result = run();
    if (typeof result === 'string' || !known || result.seconds < known.seconds) best.set(name, result);
  }
}

const ours = [...best].slice(0, 2).map(([, result]) => result as Result);
const print = (cells: readonly string[]) =>
  process.stdout.write(
    `${cells.map((cell, i) => (i === 0 ? cell.padEnd(52) : cell.padStart(14))).join('')}\n`,
  );
print(['default experiment to t = 10, risk at 50 times', 'CPU seconds', 'error', 'times slower']);
for (const [name, result] of best) {
  if (typeof result === 'string') {
    print([name, `missing: ${result}`]);
    continue;
  }
  const error = errorOf(result.risk);
  const peer = ours.find((own) => errorOf(own.risk) <= error) ?? ours.at(-1)!;
  print([
    name,
    result.seconds.toFixed(3),
    error.toExponential(1),
    (result.seconds / peer.seconds).toFixed(1),
  ]);
}
