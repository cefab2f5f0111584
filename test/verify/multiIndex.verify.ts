/**
 * Mean over runs of SGD and SDE at d = 1024 against the limit, for every reference configuration and for continuous
 * spectra: risk, overlap and norm of the student within 4 standard errors + 5/d (+ dt² for the SDE).
 */
import { afterAll, expect, test } from 'vitest';
import {
  deviations,
  disagreements,
  limitStatistics,
  references,
  settingOf,
  simulate,
  type Process,
} from '../models/multiIndex/agreement.ts';
import { writeTable } from './write.ts';

const DIMENSION = 1024;
const TIMES = [0.5, 1, 2, 5];
const RUNS = 128;
/** Relative bias at most C/d. */
const C = 5;

const rows: object[] = [];
const digits = (value: number) => Number(value.toPrecision(3));

const continuous = (['logUniform', 'powerLaw', 'marchenkoPastur'] as const).flatMap((spectrum) =>
  ['LS_iso', 'LogBern_iso', 'PR_iso', 'Erf22_iso'].map((name) => ({ name, changes: { spectrum } })),
);
const settings = [...references.map((name) => ({ name, changes: {} })), ...continuous];

const cases = settings.flatMap((each) =>
  (['sgd', 'sde'] as Process[]).map((process) => ({ ...each, process })),
);

test.each(cases)('$process in $name $changes', async ({ name, changes, process }) => {
  const setting = settingOf(name, DIMENSION, { dt: 0.01, ...changes });
  const limit = await limitStatistics(setting, TIMES);
  const all = deviations(await simulate(setting, process, TIMES, RUNS), limit, setting, TIMES);
  for (const { observable, t, deviation, standardError } of all) {
    if (observable !== 'risk') continue;
    const beyond = digits(DIMENSION * Math.max(0, Math.abs(deviation) - 4 * standardError));
    const { spectrum = 'atoms' } = changes as { spectrum?: string };
    const numbers = { deviation: digits(deviation), standardError: digits(standardError), C: beyond };
    rows.push({ config: name, spectrum, process, t, runs: RUNS, ...numbers });
  }
  const order = process === 'sde' ? setting.config.dt ** 2 : 0;
  expect(disagreements(all, C / DIMENSION + order)).toEqual([]);
});

afterAll(() => {
  const about = 'mean risk at d = 1024 relative to the limit; C: what 4 standard errors leave, times d';
  writeTable('multiIndex', about, rows);
});
