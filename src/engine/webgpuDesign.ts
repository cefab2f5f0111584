/** How a kernel is laid out over workgroups: one per run, or many where one does not hold the dimension. */
import type { Constants } from '../gpu/compile.ts';
import type { AnyConfig } from '../config/parameter.ts';
import type { Shader, ShaderModule, WideShader } from '../models/model.ts';
import { shapeOf } from './webgpuData.ts';
import type { Dispatch } from './webgpuSchedule.ts';

/** Entry point and workgroups of one dispatch. */
export interface Call {
  readonly entry: string;
  readonly x: number;
  readonly y: number;
}

export interface Design {
  /** Loads what is compiled. */
  modules(): Promise<readonly ShaderModule[]>;
  readonly constants: Constants;
  readonly entries: readonly string[];
  /** Steps that one span takes at most. */
  readonly longest: number;
  /** Whether a span of no steps comes first. */
  readonly prepares: boolean;
  /** Lengths of the arrays that hold nothing at the start. */
  readonly scratch: Readonly<Record<string, number>>;
  /** What runs one span, in order. */
  calls(dispatch: Dispatch): readonly Call[];
}

/** The design for a dimension; undefined where the shader has none. */
export function designOf(shader: Shader, config: AnyConfig, software: boolean): Design | undefined {
  if (Number(config['dimension']) <= shader.maxDimension) return narrow(shader, config, software);
  return shader.wide && wide(shader.wide, config, software);
}

function narrow(shader: Shader, config: AnyConfig, software: boolean): Design {
  const calls = [{ entry: 'main', x: Number(config['runs']), y: 1 }];
  return {
    modules: () => shader.modules(config),
    constants: shapeOf(Number(config['dimension']), software),
    entries: ['main'],
    longest: Infinity,
    prepares: false,
    scratch: {},
    calls: () => calls,
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
    calls: ({ steps, end }) => [
      ...(steps > 0 ? step : end === undefined ? prepare : []),
      ...(end === undefined ? [] : record),
    ],
  };
}
