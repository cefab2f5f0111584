/** How an experiment stands, in words. */
import type { Experiment, Source } from '../engine/experiment.ts';
import { formatValue } from './charts/format.ts';

export interface Notice {
  /** Set where the reader can dismiss it. */
  readonly id?: string;
  readonly level: 'error' | 'warning' | 'info';
  readonly text: string;
}

/** What of an experiment the texts depend on. */
export type Standing = Pick<
  Experiment,
  'sources' | 'paused' | 'finished' | 'refining' | 'progress' | 'speed' | 'timeLeft'
>;

const states = { running: 'Running', paused: 'Paused', finished: 'Finished' } as const;

const engineNames = { cpu: 'CPU', webgpu: 'WebGPU' } as const;

/** "4 s", "3 min", "2 h", "5 days", "40 years": to the unit that matters. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 99.5) return `${Math.ceil(seconds)} s`;
  if (seconds < 99.5 * 60) return `${Math.round(seconds / 60)} min`;
  const hours = seconds / 3600;
  if (hours < 99.5) return `${Math.round(hours)} h`;
  const days = hours / 24;
  return days < 729.5 ? `${Math.round(days)} days` : `${formatValue(days / 365, 2)} years`;
}

export function stateOf(experiment: Standing): 'running' | 'paused' | 'finished' {
  if (experiment.finished) return 'finished';
  return experiment.paused ? 'paused' : 'running';
}

/** "Running"; "Refining the limit", "Refining 3 limits" where simulations are over. */
export function stateText(experiment: Standing): string {
  if (!experiment.refining) return states[stateOf(experiment)];
  const limits = experiment.sources.filter(({ status }) => status === 'waiting' || status === 'running');
  return limits.length === 1 ? `Refining the ${limits[0]!.label}` : `Refining ${limits.length} limits`;
}

/** "CPU (2 workers)", every engine once. */
export function enginesOf({ sources }: Standing): string {
  const names = sources.flatMap(({ engine }) =>
    engine ? [`${engineNames[engine.name]} (${engine.device})`] : [],
  );
  return [...new Set(names)].join(', ');
}

function divergence({ kind, label, blowUp, trajectory }: Source): string {
  const { t, runs } = blowUp!;
  const time = `t = ${formatValue(t, 4)}`;
  if (kind === 'limit') return `${label} ends at ${time}`;
  return `${label} diverges in ${runs} of ${trajectory.runs} runs from ${time}`;
}

/** Divergences in one notice, then one for every reason to fail. */
export function noticesOf({ sources }: Pick<Standing, 'sources'>): Notice[] {
  const divergences = sources.filter(({ blowUp }) => blowUp).map(divergence);
  const reasons = new Set(sources.filter(({ status }) => status === 'failed').map(({ failure }) => failure));
  const failed = (reason: string) =>
    sources
      .filter(({ status, failure }) => status === 'failed' && failure === reason)
      .map(({ label }) => label);
  return [
    ...(divergences.length > 0
      ? [{ level: 'warning' as const, text: `Blow-up: ${divergences.join('; ')}.` }]
      : []),
    ...[...reasons].map((reason) => ({
      level: 'error' as const,
      text: `Not running: ${failed(reason).join(', ')}. ${reason}`,
    })),
  ];
}
