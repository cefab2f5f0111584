/** How fast the page is, and on what, as text for a bug report. */
import type { Source } from '../engine/experiment.ts';
import { formatValue } from './charts/format.ts';
import type { Machinery } from './session.ts';
import { enginesOf, type Standing } from './statusText.ts';

/** "limit 0.31 s" for every limit that is solved. */
function limitTimes(sources: readonly Source[]): string {
  const solved = sources.filter(({ kind, took }) => kind === 'limit' && took >= 0);
  return solved.map(({ label, took }) => `${label} ${formatValue(took, 2)} s`).join(', ') || 'not solved yet';
}

function webgpuOf({ engines }: Machinery): string {
  const { webgpu, missing, software } = engines;
  return webgpu ? `${webgpu.device}${software ? ', emulated on the CPU' : ''}` : missing;
}

/** Milliseconds between frames of the page, as seen over some of them. */
export function frameText(intervals: readonly number[]): string {
  if (intervals.length === 0) return 'not measured yet';
  const sorted = [...intervals].sort((a, b) => a - b);
  const at = (share: number) => formatValue(sorted[Math.floor(share * (sorted.length - 1))]!);
  return `median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, longest ${at(1)} ms of ${sorted.length}`;
}

/** Label and value, line by line. */
export function performanceOf(
  experiment: Standing | undefined,
  machinery: Machinery | undefined,
  intervals: readonly number[],
): [label: string, value: string][] {
  const speed = experiment && experiment.speed > 0 ? formatValue(experiment.speed) : '–';
  return [
    ['version', `sgdscope ${__VERSION__}`],
    ['engine', (experiment && enginesOf(experiment)) || 'none yet'],
    ['speed', `${speed} coordinate-steps/s`],
    ['WebGPU adapter', machinery ? webgpuOf(machinery) : 'not looked for yet'],
    ['limit solved in', experiment ? limitTimes(experiment.sources) : 'not solved yet'],
    ['time between frames', frameText(intervals)],
    ['cores', String(navigator.hardwareConcurrency)],
    ['browser', navigator.userAgent],
  ];
}
