/** What batches of a limit say together, as an update with errors. */
import type { Band, Frame, LimitUpdate } from '../model.ts';
import { networkOf } from './architecture.ts';
import type { BatchResult } from './batch.ts';
import { estimate } from './estimate.ts';
import { meanFields } from './fields.ts';
import { observables, type ObservableName } from './observables.ts';
import type { MultipassConfig } from './parameters.ts';
import { filledStatistics, statisticNames, type StatisticName, type Statistics } from './statistics.ts';

export type Update = LimitUpdate<StatisticName>;

export function frameOf(t: number, statistics: Statistics): Frame<StatisticName> {
  const entries = statisticNames.map((name) => [name, Float64Array.of(statistics[name] ?? 0)]);
  const values = Object.fromEntries(entries) as Record<StatisticName, Float64Array>;
  return { t, values, blowUp: Float64Array.of(NaN) };
}

/** Entry i of what a batch or a mean of batches holds, by name. */
function statisticsAt(filled: readonly StatisticName[], values: Float64Array, i: number): Statistics {
  const times = values.length / filled.length;
  const entries = filled.map((name, n) => [name, values[n * times + i]]);
  return Object.fromEntries(entries) as Statistics;
}

/** All present observables at all times, observable after observable. */
function observed(
  values: Float64Array,
  names: readonly ObservableName[],
  config: MultipassConfig,
): Float64Array {
  const filled = filledStatistics(networkOf(config));
  const times = values.length / filled.length;
  const out = new Float64Array(names.length * times);
  for (let i = 0; i < times; i++) {
    const statistics = statisticsAt(filled, values, i);
    names.forEach((name, n) => (out[n * times + i] = observables[name].of(statistics, config)));
  }
  return out;
}

/** Population risks of networks may take a while: once for every batch. */
const known = new WeakMap<Float64Array, Float64Array>();

function observedOnce(
  values: Float64Array,
  names: readonly ObservableName[],
  config: MultipassConfig,
): Float64Array {
  const found = known.get(values) ?? observed(values, names, config);
  known.set(values, found);
  return found;
}

function presentObservables(config: MultipassConfig): ObservableName[] {
  return (Object.keys(observables) as ObservableName[]).filter((name) => {
    const observable = observables[name];
    return !('absent' in observable) || observable.absent(config) === undefined;
  });
}

/** Standard errors of what is known exactly. */
export function exactBands(config: MultipassConfig, times: number): Band[] {
  return presentObservables(config).map((observable) => ({
    around: 'limit',
    observable,
    deviation: new Float64Array(times),
  }));
}

/** An update, and the part of its error that more batches make smaller. */
interface Combined extends Update {
  readonly scatter: number;
}

/**
 * What batches say together, with the error of each observable: scatter of the batches, and half the bias that shows beyond
 * its own scatter.
 */
export function combine(
  batches: readonly BatchResult[],
  saveAt: Float64Array,
  config: MultipassConfig,
): Combined {
  const { mean } = estimate(batches.map(({ values }) => values));
  const filled = filledStatistics(networkOf(config));
  const frames = Array.from(saveAt, (t, i) => frameOf(t, statisticsAt(filled, mean, i)));
  const fields = meanFields(batches.map((batch) => batch.fields));
  if (batches.length < 2) return { first: 0, frames, error: NaN, scatter: NaN, fields };
  const names = presentObservables(config);
  const own = estimate(batches.map(({ values }) => observedOnce(values, names, config)));
  const bias = estimate(
    batches.map(({ values, check }) => {
      const best = observedOnce(values, names, config);
      return observedOnce(check, names, config).map((value, i) => value - best[i]);
    }),
  );
  const deviation = own.error.map((error, i) => {
    const shown = Math.max(0, bias.mean[i] ** 2 - bias.error[i] ** 2);
    return Math.sqrt(error ** 2 + shown / 4);
  });
  const bands: Band[] = names.map((observable, n) => ({
    around: 'limit',
    observable,
    deviation: deviation.slice(n * saveAt.length, (n + 1) * saveAt.length),
  }));
  const largest = (errors: Float64Array): number =>
    names.reduce((most, name, n) => {
      if (name !== 'train' && name !== 'test') return most;
      const times = Array.from(saveAt, (_, i) => n * saveAt.length + i);
      return times.reduce((max, i) => Math.max(max, errors[i] / Math.abs(own.mean[i])), most);
    }, 0);
  return { first: 0, frames, error: largest(deviation), scatter: largest(own.error), bands, fields };
}
