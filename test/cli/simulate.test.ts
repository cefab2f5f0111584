/** The program itself, as `npm run simulate` starts it. */
import { execFile, spawn } from 'node:child_process';
import { existsSync, statSync, utimesSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { quantile } from '../../src/engine/trajectory.ts';
import { parseOptions } from '../../src/cli/options.ts';
import { wasmRuns } from '../../src/engine/wasmRun.ts';
import { allModels } from '../../src/models/index.ts';

const models = await allModels();

const LAUNCHER = 'src/cli/launch.mjs';
const BUNDLE = 'dist-cli/simulate.js';

function simulate(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [LAUNCHER, ...args], { maxBuffer: 1e8 }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

type Column = (number | null)[];
type Summaries = Record<'mean' | 'sd' | 'q10' | 'q50' | 'q90', Column>;
interface Process {
  t: number[];
  runs: number;
  blowUp: number | null;
  blowUpRuns: number;
  [observable: string]: Summaries | unknown;
}
interface Report {
  config: Record<string, unknown>;
  limit: { t: number[]; risk: Column; error: number | null; blowUp: number | null; [name: string]: unknown };
  sgd: Process & { risk: Summaries };
  sde: Process & { risk: Summaries };
}

/** Values of a column recorded at `from` or later. */
const after = (from: number, t: number[], column: Column) => column.filter((_, i) => t[i]! >= from);

async function report(...args: string[]): Promise<Report> {
  const { code, out, err } = await simulate(...args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Report;
}

const dln = models['dln']!;
const limits = Object.keys(dln.limits).filter((name) => !dln.limits[name]!.optional);
const processes = Object.keys(dln.processes);
const SMALL = 'dimension=32&runs=5&horizon=1&stepSize=0.3&dt=0.05&labelNoise=0.2';

describe('JSON', () => {
  test('holds every key, every process and limit, and every observable', async () => {
    const { config, ...sources } = await report(SMALL);
    expect(Object.keys(config)).toEqual(['model', ...Object.keys(dln.parameters)]);
    expect(config).toMatchObject({ model: 'dln', dimension: 32, stepSize: 0.3, teacher: 'sparse' });
    expect(Object.keys(sources)).toEqual([...limits, ...processes]);
    for (const source of Object.values(sources)) {
      expect(source.t).toHaveLength(51);
      for (const name of Object.keys(dln.observables)) expect(source).toHaveProperty(name);
    }
    expect(sources.sgd.runs).toBe(5);
    expect(Object.keys(sources.sgd.risk)).toEqual(['mean', 'sd', 'q10', 'q50', 'q90']);
    for (const column of [sources.limit.risk, ...Object.values(sources.sde.risk)]) {
      expect(column).toHaveLength(51);
      expect(column.every((value) => Number.isFinite(value))).toBe(true);
    }
  });

  test('records SGD at whole iterations and prints their true times', async () => {
    const { sgd, sde } = await report('--only', 'sgd,sde', '--times', '0.1,0.5', SMALL);
    expect(sgd.t).toEqual([3 / 32, 16 / 32]);
    expect(sde.t).toEqual([0.1, 0.5]);
  });

  test('agrees with the library, run by run', async () => {
    const { sgd } = await report('--only', 'sgd', '--times', '0,0.5,1', SMALL);
    const { config, times } = parseOptions(['--times', '0,0.5,1', SMALL], models);
    const kernel = dln.processes['sgd']!;
    const instance = dln.instance(config);
    const runs = await wasmRuns(
      kernel.label,
      kernel.wasm!,
      dln.statistics,
      config,
      instance,
      [0, 1, 2, 3, 4],
    );
    kernel.plan(config, times).forEach((segment, i) => {
      const risks = runs.map((run) => {
        run.advance(segment);
        return dln.observables['risk']!.of(run.statistics(), config);
      });
      const mean = risks.reduce((sum, risk) => sum + risk, 0) / 5;
      const variance = risks.reduce((sum, risk) => sum + (risk - mean) ** 2, 0) / 4;
      const sorted = Float64Array.from(risks).sort();
      expect(sgd.risk.mean[i]).toBeCloseTo(mean, 12);
      expect(sgd.risk.sd[i]).toBeCloseTo(Math.sqrt(variance), 12);
      expect(sgd.risk.q50[i]).toBe(sorted[2]);
      expect(sgd.risk.q10[i]).toBeCloseTo(sorted[0]! + 0.4 * (sorted[1]! - sorted[0]!), 12);
      expect(sgd.risk.q90[i]).toBe(quantile(sorted, 0.9));
    });
  });

  test('has null after a divergence, and its time', async () => {
    const { sgd, limit } = await report('dimension=32&runs=4&horizon=20&stepSize=10&initScale=3');
    expect(sgd.blowUpRuns).toBe(4);
    expect(sgd.blowUp).toBeGreaterThan(0);
    expect(sgd.risk.mean[0]).toBeGreaterThan(0);
    expect(sgd.risk.mean.at(-1)).toBeNull();
    expect(after(sgd.blowUp!, sgd.t, sgd.risk.mean).filter((value) => value !== null)).toEqual([]);
    expect(limit.blowUp).toBeGreaterThan(0);
    expect(limit.t).toHaveLength(51);
    expect(after(limit.blowUp!, limit.t, limit.risk).filter((value) => value !== null)).toEqual([]);
  });

  test('leaves out an observable that has no meaning', async () => {
    const { limit } = await report('--only', 'limit', '--times', '0', 'density=1');
    expect(limit).not.toHaveProperty('offSupport');
    expect(limit).toHaveProperty('risk');
    expect(limit).not.toHaveProperty('sgd');
  });

  test('has no standard deviation of a single run', async () => {
    const { sgd } = await report('--only', 'sgd', '--times', '0.5', 'dimension=16&runs=1');
    expect(sgd.risk.sd).toEqual([null]);
    expect(sgd.risk.q10).toEqual(sgd.risk.mean);
  });
});

test('CSV is tidy and holds the numbers of the JSON', async () => {
  const link = 'dimension=32&runs=4&horizon=20&stepSize=10&initScale=3';
  const json = (await report('--times', '0,0.25,20', link)) as unknown as Record<string, Process>;
  const { out } = await simulate('--format', 'csv', '--times', '0,0.25,20', link);
  const [header, ...rows] = out.trimEnd().split('\n');
  expect(header).toBe('process,observable,statistic,t,value');
  const seen = new Map<string, number>();
  for (const row of rows) {
    const [process = '', observable = '', statistic = '', t, value] = row.split(',');
    const i = seen.get(process + observable + statistic) ?? 0;
    seen.set(process + observable + statistic, i + 1);
    const entry = json[process]![observable] as Column | Summaries;
    const column = Array.isArray(entry) ? entry : entry[statistic as keyof Summaries];
    expect(Number(t)).toBe(json[process]!.t[i]);
    expect(value === '' ? null : Number(value)).toBe(column[i]);
  }
  const observables = Object.keys(dln.observables).length;
  expect(rows).toHaveLength(3 * observables * (limits.length + 5 * processes.length));
});

describe('the program', () => {
  test.each([
    ['learningRate=1', /^learningRate=1: .+\n$/],
    ['seed=1%0Ax', /^seed=1 x: .+\n$/],
  ])('refuses %s in one line on standard error, with exit code 2', async (link, message) => {
    const { code, out, err } = await simulate(link);
    expect({ code, silent: out === '' }).toEqual({ code: 2, silent: true });
    expect(err).toMatch(message);
    expect(err.trimEnd()).not.toContain('\n');
  });

  test('builds itself when the bundle is missing or stale, and only then', async () => {
    await simulate('v=0');
    const old = new Date(0);
    utimesSync(BUNDLE, old, old);
    expect((await simulate('v=0')).code).toBe(2);
    const built = statSync(BUNDLE).mtimeMs;
    expect(built).toBeGreaterThan(0);
    await simulate('v=0');
    expect(existsSync(BUNDLE) && statSync(BUNDLE).mtimeMs).toBe(built);
  });

  test('ends quietly when the reader of its output leaves', async () => {
    const child = spawn(process.execPath, [LAUNCHER, '--format', 'csv', SMALL], { stdio: 'pipe' });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});
