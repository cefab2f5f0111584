/** A finished experiment as text: JSON, or tidy CSV. Numbers in full precision; what is not finite is null or empty. */
import { summaryNames, type Trajectory } from '../engine/trajectory.ts';
import type { Experiment, Source } from '../engine/experiment.ts';

/** What of an experiment is told. */
type Reported = Pick<Experiment, 'model' | 'config' | 'saveAt' | 'sources'>;

/** Recorded times; those after a limit has ceased to exist are the requested ones. */
function timesOf({ trajectory }: Source, saveAt: Float64Array): number[] {
  return Array.from(trajectory.t, (t, i) => (Number.isNaN(t) ? saveAt[i]! : t));
}

const perObservable = <T>(trajectory: Trajectory, of: (name: string) => T) =>
  Object.fromEntries(trajectory.observables.map((name) => [name, of(name)]));

function limitReport(source: Source, saveAt: Float64Array) {
  const { trajectory } = source;
  const widths = trajectory.observables.flatMap((name) => {
    const columns = trajectory
      .widths(name)
      .filter(([statistic]) => statistic !== 'standardError')
      .map(([statistic, width]) => [statistic, Array.from(width)]);
    return columns.length > 0 ? [[name, Object.fromEntries(columns)]] : [];
  });
  const errors = trajectory.observables.flatMap((name) => {
    const error = trajectory.deviation('limit', name);
    return error ? [[`${name}Error`, Array.from(error)]] : [];
  });
  return {
    t: timesOf(source, saveAt),
    ...perObservable(trajectory, (name) => Array.from(trajectory.column(name, 'mean'))),
    ...Object.fromEntries(errors),
    ...(widths.length > 0 && { widths: Object.fromEntries(widths) }),
    error: source.error,
    blowUp: source.blowUp?.t ?? null,
    blowUpError: source.blowUp?.error ?? null,
  };
}

function processReport(source: Source, saveAt: Float64Array) {
  const { trajectory } = source;
  return {
    t: timesOf(source, saveAt),
    runs: trajectory.runs,
    blowUp: source.blowUp?.t ?? null,
    blowUpRuns: source.blowUp?.runs ?? 0,
    ...perObservable(trajectory, (name) =>
      Object.fromEntries(
        summaryNames.map((summary) => [summary, Array.from(trajectory.column(name, summary))]),
      ),
    ),
  };
}

/** Numbers and flags as such, everything else as a link writes it. */
function configReport({ model, config }: Reported) {
  const values = Object.entries(model.parameters).map(([key, parameter]) => {
    const value = config[key];
    return [key, typeof value === 'number' || typeof value === 'boolean' ? value : parameter.format(value)];
  });
  return { model: model.name, ...Object.fromEntries(values) };
}

/** One object: config, and one member per process and limit; limit.sgd is member sgd of member limit. */
export function toJson(experiment: Reported): string {
  const { sources, saveAt } = experiment;
  const reports: Record<string, object> = { config: configReport(experiment) };
  for (const source of sources) {
    const report = source.kind === 'limit' ? limitReport(source, saveAt) : processReport(source, saveAt);
    const [name = '', part] = source.name.split('.');
    reports[name] = part === undefined ? report : { ...reports[name], [part]: report };
  }
  // JSON.stringify writes NaN and infinities as null.
  return `${JSON.stringify(reports)}\n`;
}

/** One row per number; the statistic of a limit is called `value`, widths as in JSON. */
export function toCsv({ sources, saveAt }: Reported): string {
  const rows = sources.flatMap((source) => {
    const { trajectory, name: process, kind } = source;
    const times = timesOf(source, saveAt);
    return trajectory.observables.flatMap((observable) => {
      const columns: readonly (readonly [string, Float64Array])[] =
        kind === 'limit'
          ? [['value', trajectory.column(observable, 'mean')], ...trajectory.widths(observable)]
          : summaryNames.map((summary) => [summary, trajectory.column(observable, summary)] as const);
      return columns.flatMap(([statistic, column]) =>
        times.map((t, i) => {
          const value = Number.isFinite(column[i]) ? column[i] : '';
          return `${process},${observable},${statistic},${t},${value}`;
        }),
      );
    });
  });
  return ['process,observable,statistic,t,value', ...rows, ''].join('\n');
}
