/** From WGSL modules to pipelines: ordered concatenation, compile errors mapped back to file and line. */
import { bindingsOf, type Binding } from './layout.ts';

export interface Source {
  /** Path under shaders/. */
  readonly name: string;
  readonly code: string;
}

export interface Program {
  /** The concatenated WGSL text. */
  readonly code: string;
  readonly bindings: Readonly<Record<string, Binding>>;
  /** By entry point. */
  readonly pipelines: Readonly<Record<string, GPUComputePipeline>>;
  /** One per group, in order. */
  readonly layouts: readonly GPUBindGroupLayout[];
}

/** `const` declarations put before the first module: what shapes the code. */
export type Constants = Readonly<Record<string, number>>;

/** Must come before all else. */
const ENABLE = /^enable [^;]+;/gm;

function headerOf(constants: Constants, modules: readonly Source[]): Source {
  const enabled = new Set(modules.flatMap(({ code }) => code.match(ENABLE) ?? []));
  const lines = Object.entries(constants).map(([name, value]) => `const ${name} = ${value}u;`);
  return { name: 'constants', code: [...enabled, ...lines, ''].join('\n') };
}

/** Module and line of line `line` (from 1) of the modules joined by line breaks. */
export function locate(modules: readonly Source[], line: number): { name: string; line: number } {
  let first = 1;
  for (const { name, code } of modules) {
    const lines = code.split('\n').length;
    if (line < first + lines) return { name, line: line - first + 1 };
    first += lines;
  }
  throw new RangeError(`expected a line from 1 to ${first - 1}, got ${line}`);
}

/**
 * Compile entry points. The uniform named in `dynamic` takes its offset when the bind group is set.
 * Throws with the first compile error as "shaders/dln/sgd.wgsl:12:5: message".
 */
export async function compile(
  device: GPUDevice,
  label: string,
  modules: readonly Source[],
  constants: Constants,
  dynamic: readonly string[] = [],
  entries: readonly string[] = ['main'],
): Promise<Program> {
  const bodies = modules.map((body) => ({ name: body.name, code: body.code.replace(ENABLE, '') }));
  const all = [headerOf(constants, modules), ...bodies];
  const code = all.map((module) => module.code).join('\n');
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label, code });
  const [{ messages }] = await Promise.all([module.getCompilationInfo(), device.popErrorScope()]);
  const error = messages.find((message) => message.type === 'error');
  if (error) {
    const { name, line } = locate(all, Math.max(1, error.lineNum));
    throw new Error(`shaders/${name}:${line}:${error.linePos}: ${error.message}`);
  }

  const bindings = bindingsOf(code);
  const groups = Math.max(...Object.values(bindings).map((binding) => binding.group)) + 1;
  const layouts = Array.from({ length: groups }, (_, group) =>
    device.createBindGroupLayout({
      label: `${label} group ${group}`,
      entries: Object.entries(bindings)
        .filter(([, binding]) => binding.group === group)
        .map(([name, { binding, kind }]) => ({
          binding,
          visibility: GPUShaderStage.COMPUTE,
          buffer: { type: kind, hasDynamicOffset: dynamic.includes(name) },
        })),
    }),
  );
  const layout = device.createPipelineLayout({ label, bindGroupLayouts: layouts });
  const pipelines = await Promise.all(
    entries.map(async (entryPoint) => {
      const compute = { module, entryPoint };
      return [entryPoint, await device.createComputePipelineAsync({ label, layout, compute })] as const;
    }),
  );
  return { code, bindings, pipelines: Object.fromEntries(pipelines), layouts };
}

/** A compiler that remembers: the same modules and constants give the same program. */
export function createCompiler(
  device: GPUDevice,
): (
  label: string,
  modules: readonly Source[],
  constants: Constants,
  dynamic?: readonly string[],
  entries?: readonly string[],
) => Promise<Program> {
  const programs = new Map<string, Promise<Program>>();
  return (label, modules, constants, dynamic, entries) => {
    const key = JSON.stringify([modules.map((module) => module.code), constants, dynamic, entries]);
    let program = programs.get(key);
    if (!program) {
      program = compile(device, label, modules, constants, dynamic, entries);
      programs.set(key, program);
    }
    return program;
  };
}
