/** A finished experiment as text: JSON, or tidy CSV. Numbers in full precision; what is not finite is null or empty. */
import { summaryNames, type Trajectory } from '../engine/trajectory.ts';
import type { Experiment, Source } from '../engine/experiment.ts';

/** Recorded times; those after a limit has ceased to exist are the requested ones. */
function timesOf({ trajectory }: Source, saveAt: Float64Array): number[] {
  return Array.from(trajectory.t, (t, i) => (Number.isNaN(t) ? saveAt[i]! : t));
}

const perObservable = <T>(trajectory: Trajectory, of: (name: string) => T) =>
  Object.fromEntries(trajectory.observables.map((name) => [name, of(name)]));

function limitReport(source: Source, saveAt: Float64Array) {
  return {
    t: timesOf(source, saveAt),
    ...perObservable(source.trajectory, (name) => Array.from(source.trajectory.column(name, 'mean'))),
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
function configReport({ model, config }: Experiment) {
  const values = Object.entries(model.parameters).map(([key, parameter]) => {
    const value = config[key];
    return [key, typeof value === 'number' || typeof value === 'boolean' ? value : parameter.format(value)];
  });
  return { model: model.name, ...Object.fromEntries(values) };
}

/** One object: config, and one member per process and limit. */
export function toJson(experiment: Experiment): string {
  const { sources, saveAt } = experiment;
  const reports = sources.map((source) => [
    source.name,
    source.kind === 'limit' ? limitReport(source, saveAt) : processReport(source, saveAt),
  ]);
  // JSON.stringify writes NaN and infinities as null.
  return `${JSON.stringify({ config: configReport(experiment), ...Object.fromEntries(reports) })}\n`;
}

/** One row per number; the statistic of a limit is called `value`. */
export function toCsv({ sources, saveAt }: Experiment): string {
  const rows = sources.flatMap((source) => {
    const { trajectory, name: process, kind } = source;
    const times = timesOf(source, saveAt);
    return trajectory.observables.flatMap((observable) =>
      (kind === 'limit' ? (['mean'] as const) : summaryNames).flatMap((summary) => {
        const statistic = kind === 'limit' ? 'value' : summary;
        const column = trajectory.column(observable, summary);
        return times.map((t, i) => {
          const value = Number.isFinite(column[i]) ? column[i] : '';
          return `${process},${observable},${statistic},${t},${value}`;
        });
      }),
    );
  });
  return ['process,observable,statistic,t,value', ...rows, ''].join('\n');
}
