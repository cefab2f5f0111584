/**
 * The limits of multi-pass SGD beside an independent solver of the same equations (test/reference/multipass.json): train
 * loss and test risk of every configuration after 20 seconds of one thread, with the errors that both state. Where runs of the
 * process itself contradict the solver, the limit is compared with them as well: test/reference/multipassSimulated.json.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { LimitUpdate } from '../../src/models/model.ts';
import { limits } from '../../src/models/multipass/limits.ts';
import { observables } from '../../src/models/multipass/observables.ts';
import type { StatisticName } from '../../src/models/multipass/statistics.ts';
import { configOf, reference, type MeasuredCurves, type Params } from '../models/multipass/reference.ts';
import { writeTable } from './write.ts';

/** Seconds of CPU time. */
const ALLOWANCE = 20;

const seconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Relative standard error that train loss and test risk are to reach, by the time the page has spent on two cores. */
const GOAL = 0.01;

type Simulated = Readonly<
  Record<string, Partial<Record<string, Pick<MeasuredCurves, 'times' | 'train' | 'train_err'>>> | undefined>
>;

const simulated = JSON.parse(readFileSync('test/reference/multipassSimulated.json', 'utf8')) as Simulated;

const percent = (share: number): number => Number((100 * share).toFixed(2));

async function measure(name: string, scheme: 'sgd' | 'sme' | 'gf', params: Params, curves: MeasuredCurves) {
  const config = configOf(params);
  const start = seconds();
  let first = NaN;
  let updates = 0;
  let goalSeconds: number | null = null;
  let last: LimitUpdate<StatisticName> | undefined;
  const signal = new AbortController().signal;
  for await (const update of limits[scheme].solve(config, Float64Array.from(curves.times), signal)) {
    updates++;
    last = update;
    if (updates === 1) first = seconds() - start;
    if (update.error <= GOAL) goalSeconds ??= Number((seconds() - start).toFixed(1));
    if (seconds() - start > ALLOWANCE) break;
  }
  const row = {
    name,
    scheme,
    batches: updates - 1,
    firstSeconds: Number(first.toFixed(2)),
    goalSeconds,
    seconds: Number((seconds() - start).toFixed(1)),
  };
  const compared = (['train', 'test'] as const).flatMap((kind) => {
    const band = last?.bands?.find((each) => each.observable === kind)?.deviation;
    return curves.times.map((t, i) => {
      const values = Object.fromEntries(
        Object.entries(last!.frames[i].values).map(([key, value]) => [key, value[0]]),
      ) as Record<StatisticName, number>;
      const own = observables[kind].of(values, config);
      const theirs = curves[kind][i];
      const error = band?.[i] ?? NaN;
      const z = (own - theirs) / Math.hypot(error, curves[`${kind}_err`][i]);
      return { kind, t, own, deviation: own / theirs - 1, error: error / own, z };
    });
  });
  const worst = (kind: string, of: (each: (typeof compared)[number]) => number) =>
    Math.max(...compared.filter((each) => each.kind === kind).map((each) => Math.abs(of(each))));
  const runs = simulated[name]?.[scheme];
  const beside = compared.flatMap(({ kind, t, own, error }) => {
    const i = kind === 'train' && runs ? runs.times.indexOf(t) : -1;
    return i < 0 ? [] : [Math.abs(own - runs!.train[i]) / Math.hypot(error * own, runs!.train_err[i])];
  });
  return {
    ...row,
    zSimulated: beside.length > 0 ? Number(Math.max(...beside).toFixed(2)) : undefined,
    trainDeviation: percent(worst('train', (each) => each.deviation)),
    trainError: percent(worst('train', (each) => each.error)),
    testDeviation: percent(worst('test', (each) => each.deviation)),
    testError: percent(worst('test', (each) => each.error)),
    z: Number(
      Math.max(
        worst('train', (each) => each.z),
        worst('test', (each) => each.z),
      ).toFixed(2),
    ),
    curves: compared.map(({ kind, t, own, error }) => [kind, t, Number(own.toPrecision(5)), percent(error)]),
  };
}

const about =
  `limits of multi-pass SGD after ${ALLOWANCE} s of one thread, or less where the goal was reached, beside an independent ` +
  'solver: CPU seconds until the standard errors that it states are within 1 %, largest deviation and own standard error in % ' +
  'over the times, largest z with the standard errors of both, and zSimulated with those of runs of the process; curves: kind, t, value, error in %';

type Row = Awaited<ReturnType<typeof measure>>;

const cases = Object.entries(reference().nonlinear).flatMap(([name, entry]) =>
  (['sgd', 'sme', 'gf'] as const).flatMap((scheme) => {
    const curves = entry[scheme];
    return curves ? [{ name, scheme, params: entry.params, curves }] : [];
  }),
);

/** Rows that are not measured this time (`-t gf` measures some) stay what they are. */
const { rows } = JSON.parse(readFileSync('test/verify/multipass.json', 'utf8')) as { rows: Row[] };

function replace(row: Row): void {
  const at = rows.findIndex(({ name, scheme }) => name === row.name && scheme === row.scheme);
  rows.splice(at < 0 ? rows.length : at, at < 0 ? 0 : 1, row);
  writeTable('multipass', about, rows);
}

test.each(cases)('$name $scheme', async ({ name, scheme, params, curves }) => {
  const row = await measure(name, scheme, params, curves);
  replace(row);
  expect(row.z).toBeLessThan(3);
  expect(row.zSimulated ?? 0).toBeLessThan(3);
});
