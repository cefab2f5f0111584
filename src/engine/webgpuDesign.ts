/** How a kernel is laid out over workgroups: one per run, many where one does not hold the dimension, or in stages. */
import type { Constants } from '../gpu/compile.ts';
import type { AnyConfig } from '../config/parameter.ts';
import type { Shader, ShaderModule, StagedShader, WideShader } from '../models/model.ts';
import { shapeOf } from './webgpuData.ts';
import type { Dispatch, Layout, Work } from './webgpuSchedule.ts';

/** Entry point and workgroups of one dispatch. */
export interface Call {
  readonly entry: string;
  readonly x: number;
  readonly y: number;
}

/** What runs one span, in order: workgroups (0, 0) of a step stand for (part, run) of all. */
export interface Calls {
  readonly part: number;
  readonly run: number;
  readonly calls: readonly Call[];
}

export interface Design extends Layout {
  /** Loads what is compiled. */
  modules(): Promise<readonly ShaderModule[]>;
  readonly constants: Constants;
  readonly entries: readonly string[];
  /** Lengths of the arrays that hold nothing at the start. */
  readonly scratch: Readonly<Record<string, number>>;
  calls(dispatch: Dispatch): Calls;
}

/** What a design depends on besides the shader and its config. */
export interface Host {
  /** Whether the adapter is emulated. */
  readonly software: boolean;
  /** Numbers that one array holds at most. */
  readonly most: number;
}

/** The design for a config; undefined where the shader has none. */
export function designOf(shader: Shader | StagedShader, config: AnyConfig, host: Host): Design | undefined {
  if ('prepare' in shader) return staged(shader, config, host);
  if (Number(config['dimension']) <= shader.maxDimension) return narrow(shader, config, host.software);
  return shader.wide && wide(shader.wide, config, host.software);
}

/**
 * Where a rectangle of workgroups that starts at number `from` ends, all of them numbered run by run with `parts` each:
 * about `wanted` of them, which are parts of one run, or whole runs.
 */
export function endOf(from: number, wanted: number, parts: number): number {
  const inRun = from % parts;
  if (inRun > 0 || wanted < parts) return from + Math.min(wanted, parts - inRun);
  return from + parts * Math.floor(wanted / parts);
}

function narrow(shader: Shader, config: AnyConfig, software: boolean): Design {
  const runs = Number(config['runs']);
  return {
    modules: () => shader.modules(config),
    constants: shapeOf(Number(config['dimension']), software),
    entries: ['main'],
    longest: Infinity,
    prepares: false,
    scratch: {},
    units: () => runs,
    cut: (_work, from, wanted) => endOf(from, wanted, 1),
    calls({ from, to, of }) {
      if (of === 1) return { part: 0, run: 0, calls: [{ entry: 'main', x: runs, y: 1 }] };
      return { part: 0, run: from, calls: [{ entry: 'main', x: to - from, y: 1 }] };
    },
  };
}

/** Workgroups per run: with fewer the other design would do; the most is what one invocation adds up in series. */
const PARTS = { least: 2, most: 64 } as const;

/** Invocations per workgroup and workgroups per run, powers of two. */
export function wideShapeOf(dimension: number, software: boolean): { WIDTH: number; PARTS: number } {
  // Emulated invocations are slow to start: fewer of them, with longer loops.
  const WIDTH = software ? 16 : 256;
  const wanted = dimension / 4 / WIDTH / (software ? 16 : 1);
  const power = 2 ** Math.ceil(Math.log2(wanted));
  return { WIDTH, PARTS: Math.min(Math.max(power, PARTS.least), PARTS.most) };
}

/** The stages of some work, one after the other. */
type CallsOf = (work: Work) => readonly Call[];

/** Stages in a row: a step, a record or the preparation is cut so that each is over before the next. */
function inStages(callsOf: CallsOf): Pick<Design, 'units' | 'cut' | 'calls'> {
  /** The stage that unit `at` of the work is in, and its first unit. */
  const stageAt = (work: Work, at: number) => {
    let first = 0;
    for (const call of callsOf(work)) {
      const end = first + call.x * call.y;
      if (at < end) return { call, first, end };
      first = end;
    }
    throw new RangeError(`expected a unit below ${first}, got ${at}`);
  };
  return {
    units: (work) => callsOf(work).reduce((sum, { x, y }) => sum + x * y, 0),
    cut(work, from, wanted) {
      const { call, first, end } = stageAt(work, from);
      return Math.min(end, first + endOf(from - first, wanted, call.x));
    },
    calls(dispatch) {
      const { from, to, of } = dispatch;
      if (of === 1) return { part: 0, run: 0, calls: callsOf(dispatch) };
      const { call, first } = stageAt(dispatch, from);
      const [start, count] = [from - first, to - from];
      const rectangle = { entry: call.entry, x: Math.min(call.x, count), y: Math.ceil(count / call.x) };
      return { part: start % call.x, run: Math.floor(start / call.x), calls: [rectangle] };
    },
  };
}

/** What prepares, what takes a step and what records. */
const sequence =
  (prepare: readonly Call[], step: readonly Call[], record: readonly Call[]): CallsOf =>
  ({ steps, end }) => {
    if (end === undefined) return steps > 0 ? step : prepare;
    return steps > 0 ? [...step, ...record] : record;
  };

function wide(shader: WideShader, config: AnyConfig, software: boolean): Design {
  const y = Number(config['runs']);
  const constants = wideShapeOf(Number(config['dimension']), software);
  const x = constants.PARTS;
  const step = shader.step.map((entry) => ({ entry, x, y }));
  const record = [
    { entry: 'measure', x, y },
    { entry: 'conclude', x: 1, y },
  ];
  return {
    modules: () => shader.modules(config),
    constants,
    entries: [...shader.step, 'measure', 'conclude'],
    longest: 1,
    prepares: true,
    sizes: { prepare: 1, record: shader.record(config) },
    scratch: { partials: (2 * shader.rows(config) * x + (shader.held?.(config) ?? 0)) * y },
    ...inStages(sequence(step.slice(-1), step, record)),
  };
}

/**
 * Invocations per workgroup of a kernel in stages: few where emulated, and no more than the memory of a workgroup has
 * room for, with a hundred bytes each.
 */
function stagedWidth(dimension: number, software: boolean): number {
  if (software) return 16;
  return dimension > 4096 ? 128 : 64;
}

function staged(shader: StagedShader, config: AnyConfig, { software, most }: Host): Design {
  const { prepare, step, record, longest } = shader;
  const y = Number(config['runs']);
  const calls = (stages: typeof step) => stages.map(({ entry, parts }) => ({ entry, x: parts(config), y }));
  return {
    modules: () => shader.modules(config),
    constants: { WIDTH: stagedWidth(Number(config['dimension']), software) },
    entries: [...new Set([...prepare, ...step, ...record].map(({ entry }) => entry))],
    longest,
    prepares: true,
    sizes: shader.sizes(config),
    scratch: shader.scratch(config, most),
    ...inStages(sequence(calls(prepare), calls(step), calls(record))),
  };
}
