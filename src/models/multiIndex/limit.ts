/** The deterministic limit of SGD as d → ∞ (theory: multi-index models, section 1), for glm and committee. */
import type { AnyConfig } from '../../config/parameter.ts';
import type { Band, Frame, Limit, LimitUpdate } from '../model.ts';
import { hasWidths, widthsAt, type Widths } from './fluctuations.ts';
import { signOf } from './instance.ts';
import { LimitIntegrator } from './limitIntegrator.ts';
import { riskOf, toErrors } from './loss.ts';
import type { Moments, Problem, SecondMoments } from './problem.ts';

/** How finely time and continuous spectra are resolved. */
export interface Level {
  readonly tolerance: number;
  readonly nodes: number;
}

/** A quick look, what replaces it, and what replaces that where the first two differ by more than `GOAL` allows. */
export const levels: readonly Level[] = [
  { tolerance: 1e-7, nodes: 24 },
  { tolerance: 1e-11, nodes: 48 },
  { tolerance: 2e-12, nodes: 96 },
];

/** Relative error that is aimed at. */
const GOAL = 1e-8;
/** What the tolerance and rounding leave at any level but the first. */
const FLOOR = 1e-9;

/** Error of a level that differs by δ, the error of the one before it, from that. */
export function remaining(difference: number): number {
  return Math.min(difference, Math.max(difference / 100, difference ** 1.5)) + FLOOR;
}

/** Moments below this have left the digits that numbers have. */
const NEGLIGIBLE = 1e-200;

/** Milliseconds of work between updates: a chart follows, a cancelled run stops. */
const PATIENCE = 30;

export function integrator(problem: Problem, saveAt: Float64Array, level: Level): LimitIntegrator {
  const rule = problem.spectrum.rule(level.nodes);
  return new LimitIntegrator(problem, rule, signOf(problem), saveAt, level.tolerance);
}

/** Largest relative difference, at times from `from` on that both have, of the risk and of the students' moments. */
export function difference(
  { loss, labelNoise }: Problem,
  fine: readonly SecondMoments[],
  coarse: readonly SecondMoments[],
  from: number,
): number {
  const columns = loss.students + loss.teachers;
  let largest = 0;
  for (let k = from; k < Math.min(fine.length, coarse.length); k++) {
    const [a, b] = [fine[k]!, coarse[k]!];
    const [risk, other] = [riskOf(loss, a.weighted, labelNoise), riskOf(loss, b.weighted, labelNoise)];
    if (Math.max(Math.abs(risk), Math.abs(other)) > NEGLIGIBLE)
      largest = Math.max(largest, Math.abs(other / risk - 1));
    for (const kind of ['plain', 'weighted'] as const) {
      for (let i = 0; i < loss.students; i++) {
        for (let j = i; j < columns; j++) {
          const scale = Math.sqrt(a[kind][i * (columns + 1)]! * a[kind][j * (columns + 1)]!);
          const gap = Math.abs(a[kind][i * columns + j]! - b[kind][i * columns + j]!);
          if (scale > NEGLIGIBLE) largest = Math.max(largest, gap / scale);
        }
      }
    }
  }
  return largest;
}

/** Moments of W beside those of U. */
export function toMoments(problem: Problem, errors: SecondMoments, sign: 1 | -1): Moments {
  const { loss } = problem;
  const columns = loss.students + loss.teachers;
  const weights = (moments: Float64Array) => {
    const out = new Float64Array(moments.length);
    toErrors(loss, moments, out, -1);
    return out.map((value, at) => {
      const mixed = Math.floor(at / columns) < loss.students !== at % columns < loss.students;
      return mixed ? sign * value : value;
    });
  };
  const { plain, weighted, squared } = errors;
  return {
    weights: { plain: weights(plain), weighted: weights(weighted), squared: weights(squared) },
    errors,
    sign,
  };
}

/** Lets other tasks of this thread run. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

/** What a model says of its limit. */
export interface LimitDescription<S extends string> {
  readonly label: string;
  readonly doc: string;
  problemOf(config: AnyConfig): Problem;
  /** Statistics by name. */
  record(moments: Moments, config: AnyConfig): Record<S, number>;
}

/** Bands of the risk by what is known of single runs, for frames from `first` on; none where theory has none. */
function bandsOf(
  widths: Widths | undefined,
  dimension: number,
  first: number,
  count: number,
): readonly Band[] {
  return Object.entries(widths ?? {}).map(([around, width]: [string, Float64Array]) => ({
    around,
    observable: 'risk',
    deviation: width.slice(first, first + count).map((value) => value / Math.sqrt(dimension)),
  }));
}

async function* solve<S extends string>(
  { problemOf, record }: LimitDescription<S>,
  config: AnyConfig,
  saveAt: Float64Array,
  signal: AbortSignal,
): AsyncGenerator<LimitUpdate<S>> {
  const problem = problemOf(config);
  const sign = signOf(problem);
  const toFrame = (t: number, moments: SecondMoments | undefined, blowUp: number): Frame<S> => {
    const lost = new Float64Array((problem.loss.students + problem.loss.teachers) ** 2).fill(NaN);
    const errors = moments ?? { plain: lost, weighted: lost, squared: lost };
    const values = Object.entries<number>(record(toMoments(problem, errors, sign), config));
    return {
      t,
      values: Object.fromEntries(values.map(([name, value]) => [name, Float64Array.of(value)])) as Record<
        S,
        Float64Array
      >,
      blowUp: Float64Array.of(moments ? NaN : blowUp),
    };
  };
  const { dimension } = config as { readonly dimension: number };
  let coarse: LimitIntegrator | undefined;
  let widths: Widths | undefined;
  let vouched = false;
  for (const level of levels) {
    if (vouched) return;
    signal.throwIfAborted();
    // Not before the quick look.
    if (coarse && hasWidths(problem)) widths ??= widthsAt(problem, sign, saveAt);
    const run = integrator(problem, saveAt, level);
    let first = 0;
    let apart = 0;
    for (let running = true; running;) {
      const deadline = performance.now() + PATIENCE;
      while (running && performance.now() < deadline) running = run.advance();
      if (coarse) apart = Math.max(apart, difference(problem, run.recorded, coarse.recorded, first));
      const over = run.blowUp !== undefined || run.overflow;
      const reached = over ? saveAt.length : run.recorded.length;
      const frames = Array.from(saveAt.subarray(first, reached), (t, i) =>
        toFrame(t, run.recorded[first + i], run.blowUp?.t ?? NaN),
      );
      const blowUp = run.blowUp && {
        t: run.blowUp.t,
        error: run.blowUp.error + Math.abs(run.blowUp.t - (coarse?.blowUp?.t ?? run.blowUp.t)),
      };
      const bands = bandsOf(widths, dimension, first, frames.length);
      yield { first, frames, error: coarse ? remaining(apart) : NaN, bands, ...(blowUp && { blowUp }) };
      first = reached;
      await breathe();
      signal.throwIfAborted();
    }
    vouched = coarse !== undefined && remaining(apart) <= GOAL;
    coarse = run;
  }
}

/** The limit of a model with second moments as its law. */
export function multiIndexLimit<S extends string>(description: LimitDescription<S>): Limit<S> {
  return {
    label: description.label,
    doc: description.doc,
    predicts: 'sgd',
    solve: (config, saveAt, signal) => solve(description, config, saveAt, signal),
  };
}
