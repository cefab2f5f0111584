/** How a kernel is laid out over workgroups: one per run, or many where one does not hold the dimension. */
import type { Constants } from '../gpu/compile.ts';
import type { AnyConfig } from '../config/parameter.ts';
import type { Shader, ShaderModule, WideShader } from '../models/model.ts';
import { shapeOf } from './webgpuData.ts';
import { reached, type Dispatch, type Layout } from './webgpuSchedule.ts';

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

/** The design for a dimension; undefined where the shader has none. */
export function designOf(shader: Shader, config: AnyConfig, software: boolean): Design | undefined {
  if (Number(config['dimension']) <= shader.maxDimension) return narrow(shader, config, software);
  return shader.wide && wide(shader.wide, config, software);
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
    cut: (from, wanted) => endOf(from, wanted, 1),
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

function wide(shader: WideShader, config: AnyConfig, software: boolean): Design {
  const y = Number(config['runs']);
  const constants = wideShapeOf(Number(config['dimension']), software);
  const x = constants.PARTS;
  const step = shader.step.map((entry) => ({ entry, x, y }));
  const prepare = step.slice(-1);
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
    scratch: { partials: (2 * shader.rows(config) * x + (shader.held?.(config) ?? 0)) * y },
    // All workgroups of one entry point before the next one, which adds up what they leave.
    units: (steps) => x * y * (steps > 0 ? step.length : 1),
    cut: (from, wanted) => Math.min(endOf(from, wanted, x), (Math.floor(from / (x * y)) + 1) * x * y),
    calls(dispatch) {
      const { steps, end, from, to, of } = dispatch;
      const entries = steps > 0 ? step : end === undefined ? prepare : [];
      const closing = reached(dispatch) === undefined ? [] : record;
      if (of === 1) return { part: 0, run: 0, calls: [...entries, ...closing] };
      const { entry } = entries[Math.floor(from / (x * y))]!;
      const first = from % (x * y);
      const call = { entry, x: Math.min(x, to - from), y: Math.ceil((to - from) / x) };
      return { part: first % x, run: Math.floor(first / x), calls: [call, ...closing] };
    },
  };
}
