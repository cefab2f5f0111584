/**
 * SGD, its modified equation and gradient flow in d = 500 beside the limits of an independent solver
 * (test/reference/multipass.json): train loss and test risk of every configuration, means over runs.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { observables } from '../../src/models/multipass/observables.ts';
import type { MultipassConfig } from '../../src/models/multipass/parameters.ts';
import { processes } from '../../src/models/multipass/processes.ts';
import { teacherOf } from '../../src/models/multipass/start.ts';
import { configOf, reference, type MeasuredCurves, type Params } from '../models/multipass/reference.ts';
import { writeTable } from './write.ts';

const [DIMENSION, LATEST] = [500, 3.2];

/** Train losses of runs are skewed where steps are large: the mean of few runs is too small, and so is its error. */
const RUNS = { sgd: 480, sme: 192, gf: 48 };

type Scheme = keyof typeof processes;
const schemes: readonly Scheme[] = ['sgd', 'sme', 'gf'];

function settingsOf(params: Params): MultipassConfig {
  // The largest rate of gradient flow is of order η, and more with few samples.
  return { ...configOf(params), dimension: DIMENSION, dt: 0.005 };
}

function curvesOf(name: string, scheme: Scheme): { params: Params; curves: MeasuredCurves } | undefined {
  const { linear, nonlinear } = reference();
  const exact = linear[name];
  if (!exact) {
    const curves = nonlinear[name][scheme];
    return curves && { params: nonlinear[name].params, curves };
  }
  const { train, test: risk } = scheme === 'gf' ? exact.gf : exact.sgd_and_sme;
  const none = train.map(() => 0);
  const curves = { times: exact.times, train, test: risk, train_err: none, test_err: none };
  return { params: exact.params, curves };
}

async function simulate(scheme: Scheme, config: MultipassConfig, times: readonly number[]) {
  const kernel = processes[scheme];
  const oracleOf = await kernel.quick!();
  const instance = { teacher: teacherOf(config) };
  const plan = kernel.plan(config, Float64Array.from(times));
  return Array.from({ length: RUNS[scheme] }, (_, run) => {
    const oracle = oracleOf(config, instance, run);
    return plan.map((segment) => {
      oracle.advance(segment);
      const statistics = oracle.statistics();
      const of = (name: 'train' | 'test') => observables[name].of(statistics, config);
      return { train: of('train'), test: of('test') };
    });
  });
}

const percent = (share: number) => Number((100 * share).toFixed(2));
const names = [...Object.keys(reference().linear), ...Object.keys(reference().nonlinear)];

async function measure(name: string, scheme: Scheme, params: Params, curves: MeasuredCurves) {
  const times = curves.times.filter((t) => t <= LATEST);
  const runs = await simulate(scheme, settingsOf(params), times);
  const count = runs.length;
  const compared = (['train', 'test'] as const).flatMap((kind) =>
    times.map((t, i) => {
      const values = runs.map((run) => run[i][kind]);
      const mean = values.reduce((sum, value) => sum + value, 0) / count;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1);
      const standardError = Math.sqrt(variance / count);
      const theirs = curves[kind][i];
      const error = Math.hypot(standardError, curves[`${kind}_err`][i]) / theirs;
      const deviation = mean / theirs - 1;
      const sd = (mean - theirs) / Math.sqrt(variance);
      return { kind, t, mean, standardError, theirs, deviation, error, sd };
    }),
  );
  const excess = Math.max(...compared.map(({ deviation, error }) => Math.abs(deviation) - 3 * error));
  return {
    name,
    scheme,
    runs: count,
    excess: percent(excess),
    mostSd: Number(Math.max(...compared.map(({ sd }) => Math.abs(sd))).toFixed(2)),
    curves: compared.map(({ kind, t, mean, standardError, theirs, deviation }) => [
      kind,
      t,
      Number(mean.toPrecision(4)),
      Number(standardError.toPrecision(2)),
      theirs,
      percent(deviation),
    ]),
  };
}

const about =
  `means over runs in d = ${DIMENSION} beside limits of an independent solver; excess: largest deviation in % beyond 3 ` +
  'standard errors of both; mostSd: largest deviation in standard deviations of a run; curves: kind, t, mean, standard error, limit, deviation in %';

type Row = Awaited<ReturnType<typeof measure>>;

/** Rows that are not measured this time (`-t gf` measures some) stay what they are. */
const { rows } = JSON.parse(readFileSync('test/verify/multipassProcesses.json', 'utf8')) as { rows: Row[] };

const cases = names.flatMap((name) =>
  schemes.flatMap((scheme) => {
    const known = curvesOf(name, scheme);
    return known ? [{ name, scheme, ...known }] : [];
  }),
);

test.each(cases)('$name $scheme', async ({ name, scheme, params, curves }) => {
  const row = await measure(name, scheme, params, curves);
  const at = rows.findIndex((other) => name === other.name && scheme === other.scheme);
  rows.splice(at < 0 ? rows.length : at, at < 0 ? 0 : 1, row);
  writeTable('multipassProcesses', about, rows);
  expect(row.excess).toBeLessThan(0);
});
