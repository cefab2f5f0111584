/** What a config asks of processes and limit, and whether it can be asked. */
import { boundedSpectrum } from '../multiIndex/boundedSpectrum.ts';
import type { Loss } from '../multiIndex/loss.ts';
import { losses } from '../multiIndex/losses.ts';
import type { Problem } from '../multiIndex/problem.ts';
import { stepSizeAt } from '../multiIndex/schedule.ts';
import { dataProblem } from '../dataSpectrum.ts';
import { spectrumOf } from '../spectrum.ts';
import type { GlmConfig } from './parameters.ts';

export function lossOf({ loss }: Pick<GlmConfig, 'loss'>): Loss {
  return losses[loss];
}

/** σ of the labels: binary ones have none. */
export function noiseOf(config: Pick<GlmConfig, 'loss' | 'labelNoise'>): number {
  return lossOf(config).label === 'normal' ? config.labelNoise : 0;
}

/** Whether the gradient jumps at r = 0. */
function kinked({ loss }: GlmConfig): boolean {
  return loss === 'amplitudeRetrieval' || loss === 'relu';
}

/** Moments of student and teacher at t = 0 at one eigenvalue. */
interface Start {
  readonly eigenvalue: number;
  readonly p: number;
  readonly q: number;
  readonly s: number;
}

/** At each atom of the spectrum, or at all eigenvalues of a continuous one. */
function startsOf(config: GlmConfig): Start[] {
  const { initNorm, initOverlap, teacherNorm } = config;
  const eigenvalues = spectrumOf(config).atoms?.map(({ value }) => value) ?? [1];
  const entry = (list: readonly number[], i: number) => list[list.length === 1 ? 0 : i]!;
  return eigenvalues.map((eigenvalue, i) => {
    return { eigenvalue, p: entry(initNorm, i), q: entry(initOverlap, i), s: entry(teacherNorm, i) };
  });
}

export function problemOf(config: GlmConfig): Problem {
  const starts = startsOf(config);
  const loss = lossOf(config);
  return {
    loss,
    labelNoise: noiseOf(config),
    ridge: config.ridge,
    batchSize: config.batchSize,
    spectrum: boundedSpectrum(config),
    stepSizeAt: (t) => stepSizeAt(config, t),
    start(eigenvalue) {
      const { p, q, s } = starts.find((each) => each.eigenvalue === eigenvalue) ?? starts[0]!;
      return Float64Array.of(p, q, q, s);
    },
  };
}

/** Why lists, moments and loss do not go together; undefined where they do. */
export function problem(config: GlmConfig): string | undefined {
  const absent = dataProblem(config);
  if (absent) return absent;
  const { atoms } = spectrumOf(config);
  for (const key of ['teacherNorm', 'initNorm', 'initOverlap'] as const) {
    const { length } = config[key];
    if (length === 1 || length === atoms?.length) continue;
    const each = atoms && atoms.length > 1 ? `, or ${atoms.length}, one for each eigenvalue` : '';
    return `${key} = ${config[key].join(',')} has ${length} numbers: expected 1${each}`;
  }
  const starts = startsOf(config);
  for (const { eigenvalue, p, q, s } of starts) {
    if (q * q <= p * s * (1 + 1e-12)) continue;
    const where = atoms && atoms.length > 1 ? ` at eigenvalue ${eigenvalue}` : '';
    return `initOverlap = ${q}${where}: expected at most √(initNorm·teacherNorm) = ${Math.sqrt(p * s)} in size`;
  }
  const heard = starts.filter(({ eigenvalue }) => eigenvalue > 0);
  if (heard.every(({ s }) => s === 0)) {
    return `teacherNorm = ${config.teacherNorm.join(',')}: expected a number above 0 at an eigenvalue above 0`;
  }
  if (kinked(config) && heard.every(({ p }) => p === 0)) {
    return `initNorm = ${config.initNorm.join(',')}: expected a number above 0, since this loss has no gradient at X = 0`;
  }
  return undefined;
}
