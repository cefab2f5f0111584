/** A small model and experiments with known curves, for charts without a simulation. */
import type { Source } from '../../../src/engine/experiment.ts';
import { Trajectory } from '../../../src/engine/trajectory.ts';
import { defaultsOf, type AnyConfig } from '../../../src/config/parameter.ts';
import type { AnyModel, Frame, Kernel, Limit } from '../../../src/models/model.ts';
import { dimension, runs } from '../../../src/models/shared.ts';
import type { Recorded } from '../../../src/ui/charts/pin.ts';

const parameters = { dimension, runs };

function kernel(label: string, floor: number): Kernel {
  return {
    label,
    doc: label,
    floor,
    plan: () => [],
    cost: () => 1,
    oracle: () => {
      throw new Error('the fixture does not simulate');
    },
    shader: {
      modules: () => Promise.resolve([]),
      maxDimension: 0,
      params: () => ({}),
      instance: () => ({}),
      state: () => ({}),
      padding: {},
    },
  };
}

function limit(label: string): Limit {
  return {
    label,
    doc: label,
    predicts: 'sgd',
    solve: () => {
      throw new Error('the fixture does not solve');
    },
  };
}

/** Observables are the statistics themselves; `spare` is absent when d is odd. */
export const model: AnyModel = {
  name: 'fixture',
  label: 'Fixture',
  doc: 'Known curves.',
  parameters,
  clock: (config) => Number(config['dimension']),
  samplesPerIteration: () => 2,
  instance: () => ({}),
  remarks: () => [],
  statistics: ['risk', 'curvature', 'norm', 'spare'],
  observables: {
    risk: { label: 'population risk', symbol: 'R', doc: 'Risk.', scale: 'log', of: (s) => s['risk']! },
    curvature: {
      label: 'curvature',
      symbol: 'κ̄',
      doc: 'Curvature.',
      scale: 'log',
      of: (s) => s['curvature']!,
    },
    norm: { label: 'ℓ₁ norm', symbol: '‖β‖₁', doc: 'Norm.', scale: 'linear', of: (s) => s['norm']! },
    spare: {
      label: 'off-support energy',
      symbol: 'E₀',
      doc: 'Spare.',
      scale: 'log',
      of: (s) => s['spare']!,
      absent: (config) => (Number(config['dimension']) % 2 === 1 ? 'no teacher entry is 0' : undefined),
    },
  },
  shown: ['risk', 'curvature'],
  processes: { sgd: kernel('SGD', 1e-25), sde: kernel('SDE', 1e-13) },
  limits: { limit: limit('limit'), flow: limit('gradient flow') },
  readouts: () => [{ observable: 'curvature', label: 'stability edge 2B/γ', doc: 'Edge.', level: 4 }],
  presets: [],
  texts: () => Promise.resolve({ equations: [], citations: [] }),
};

export type Statistics = Readonly<Record<'risk' | 'curvature' | 'norm' | 'spare', number>>;
/** Value of every statistic of one run at one time; NaN after the run diverged. */
export type Law = (t: number, run: number) => Statistics;

export interface Curves {
  readonly law: Law;
  /** Frames recorded so far; all by default. */
  readonly recorded?: number;
  /** Time at which a run diverges; never by default. */
  readonly blowUp?: (run: number) => number;
}

function frameOf(t: number, runCount: number, { law, blowUp }: Curves): Frame {
  const values: Record<string, Float64Array> = {};
  const end = Float64Array.from({ length: runCount }, (_, run) => blowUp?.(run) ?? NaN);
  for (const key of model.statistics) {
    values[key] = Float64Array.from({ length: runCount }, (_, run) =>
      end[run]! <= t ? NaN : law(t, run)[key as keyof Statistics],
    );
  }
  return { t, values, blowUp: end.map((at) => (at <= t ? at : NaN)) };
}

/** An experiment of the fixture model whose sources have recorded the given curves. */
export function recorded(
  curves: Readonly<Record<string, Curves>>,
  saveAt: Float64Array,
  values: AnyConfig = {},
): Recorded {
  const config: AnyConfig = { ...defaultsOf(parameters), ...values };
  const sources = Object.entries(curves).map(([name, curve]): Source => {
    const kind = Object.hasOwn(model.limits, name) ? 'limit' : 'process';
    const runCount = kind === 'limit' ? 1 : Number(config['runs']);
    const trajectory = new Trajectory(model, config, saveAt.length, runCount);
    const count = Math.min(curve.recorded ?? Infinity, saveAt.length);
    // A limit sends nothing after it has ended.
    for (let i = 0; i < count && !(kind === 'limit' && curve.blowUp && curve.blowUp(0) <= saveAt[i]!); i++) {
      trajectory.accept(i, frameOf(saveAt[i]!, runCount, curve));
    }
    const diverged = trajectory.blowUp.filter((t) => t >= 0).sort();
    const end = kind === 'limit' && curve.blowUp ? Float64Array.of(curve.blowUp(0)) : diverged;
    return {
      kind,
      name,
      label: (kind === 'limit' ? model.limits[name] : model.processes[name])!.label,
      trajectory,
      status: count < saveAt.length ? 'running' : 'done',
      failure: '',
      engine: undefined,
      error: NaN,
      blowUp: end.length > 0 ? { t: end[0]!, error: 0, runs: end.length } : undefined,
      work: { done: count, total: saveAt.length },
      took: NaN,
    };
  });
  return { model, config, saveAt, sources };
}

/** 0, then `count` times growing by equal factors up to the horizon. */
export function times(horizon: number, count: number, first = horizon / 1000): Float64Array {
  const growth = (horizon / first) ** (1 / (count - 1));
  const grid = Float64Array.from({ length: count + 1 }, (_, i) => (i === 0 ? 0 : first * growth ** (i - 1)));
  grid[count] = horizon;
  return grid;
}
