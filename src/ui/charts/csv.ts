/** Every recorded point of an experiment as tidy CSV: process, observable, statistic, t, value. */
import { summaryNames } from '../../engine/trajectory.ts';
import type { Caption } from './caption.ts';
import type { Recorded } from './pin.ts';

/** A CSV field, quoted where it needs to be. */
function field(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * One row per process or limit, observable, statistic and recorded time, at full precision, nothing floored.
 * Processes have the summaries over runs, with `runs` also each run (run1, run2, …). Limits have one statistic, value,
 * and where theory gives them sd:sgd, … (standard deviation of a run) and standardError.
 * A value that is not finite, after a divergence, is an empty field.
 */
export function csvOf({ sources, model }: Recorded, caption: Caption, runs: boolean): string {
  const adapters = sources.flatMap(({ engine, name }) =>
    engine ? [`${name} on ${engine.name} (${engine.device})`] : [],
  );
  const metadata = [
    `title: ${caption.title}`,
    `version: ${caption.version}`,
    `engine: ${caption.engine}`,
    ...(adapters.length > 0 ? [`adapter: ${[...new Set(adapters)].join(', ')}`] : []),
    `parameters: ${caption.parameters}`,
    `link: ${caption.link}`,
    ...sources.flatMap(({ name, blowUp }) =>
      blowUp ? [`blowUp: ${name} at t = ${blowUp.t}, ${blowUp.runs} runs`] : [],
    ),
  ];
  const lines = metadata.map((line) => `# ${line.replaceAll(/\s+/g, ' ')}`);
  lines.push('process,observable,statistic,t,value');
  for (const { name, kind, trajectory } of sources) {
    for (const observable of Object.keys(model.observables)) {
      if (!trajectory.observables.includes(observable)) continue;
      const columns: [string, Float64Array][] =
        kind === 'limit'
          ? [['value', trajectory.column(observable, 'q50')], ...trajectory.widths(observable)]
          : [
              ...summaryNames.map((s): [string, Float64Array] => [s, trajectory.column(observable, s)]),
              ...Array.from({ length: runs ? trajectory.runs : 0 }, (_, run): [string, Float64Array] => [
                `run${run + 1}`,
                trajectory.run(observable, run),
              ]),
            ];
      for (const [statistic, values] of columns) {
        const start = [name, observable, statistic].map(field).join(',');
        for (let i = 0; i < trajectory.length; i++) {
          const value = values[i]!;
          lines.push(`${start},${trajectory.t[i]!},${Number.isFinite(value) ? value : ''}`);
        }
      }
    }
  }
  return `${lines.join('\n')}\n`;
}
