/** Runs the WebAssembly kernels of any model, as twins of its oracles. */
import type { AnyConfig } from '../config/parameter.ts';
import type { Instance, Oracle, Span, Wasm } from '../models/model.ts';
import { Program } from './wasmProgram.ts';

/** Bytes of a program that is given no further run: its addresses end at 4 GiB. */
const MOST = 2 ** 30;

export interface WasmOptions {
  /** Awaited before every run is made: in large dimensions one takes seconds. */
  readonly rest?: () => Promise<void>;
  /** Bytes that programs hold, about. */
  readonly most?: number;
}

/** One run each, in as few instances of the kernel's module as hold them; twins of its oracles. */
export async function wasmRuns<S extends string>(
  label: string,
  wasm: Wasm,
  statistics: readonly S[],
  config: AnyConfig,
  instance: Instance,
  runs: readonly number[],
  { rest = () => Promise.resolve(), most = MOST }: WasmOptions = {},
): Promise<Oracle<S>[]> {
  const binary = await wasm.binary();
  const padding = (name: string) => wasm.padding[name] ?? 0;

  function begin(): Program {
    const imports = (array: Program['array']) => wasm.imports?.(config, instance, array) ?? {};
    const program = new Program(label, binary, Number(config.dimension), imports);
    const set = (name: string, value: number) => (program.variable(name).value = value);
    set('seed', Number(config.seed));
    set('dimension', Number(config.dimension));
    for (const [name, value] of Object.entries(wasm.params(config, instance))) set(name, value);
    for (const [name, values] of Object.entries(wasm.instance(config, instance))) {
      set(name, program.upload(name, values, padding(name)).address);
    }
    for (const [name, values] of Object.entries(wasm.tables?.(config, instance) ?? {})) {
      set(name, program.copy(values).address);
    }
    for (const [name, length] of Object.entries(wasm.scratch(config))) {
      set(name, program.reserve(length));
    }
    return program;
  }

  function start(program: Program, run: number): Oracle<S> {
    const initial = Object.entries(wasm.state(config, instance, run));
    const arrays = initial.map(([name, values]) => {
      return { name, variable: program.variable(name), stored: program.upload(name, values, padding(name)) };
    });
    const select = () => {
      program.variable('run').value = run;
      for (const { variable, stored } of arrays) variable.value = stored.address;
    };
    const state = () =>
      Object.fromEntries(arrays.map(({ name, stored }) => [name, program.download(stored)] as const));
    const coordinates = (quantity: string) => wasm.coordinates!(quantity, state(), config, instance);
    let blowUp = NaN;
    return {
      get blowUp() {
        return blowUp;
      },
      advance({ step, steps, t, dt }: Span) {
        if (!Number.isNaN(blowUp)) return;
        select();
        const taken = program.call(wasm.advance, step, steps, t, dt);
        if (taken < steps) blowUp = t + taken * dt;
      },
      statistics() {
        select();
        if (wasm.measure) program.call(wasm.measure);
        const measured = wasm.measure ? statistics : [];
        const entries = measured.map((name) => [name, Number(program.variable(name).value)]);
        const special = wasm.statistics?.(state, config, instance);
        return { ...Object.fromEntries(entries), ...special } as Record<S, number>;
      },
      ...(wasm.coordinates && { coordinates }),
    };
  }

  const made: Oracle<S>[] = [];
  let program: Program | undefined;
  for (const run of runs) {
    await rest();
    if (!program || program.bytes >= most) program = begin();
    made.push(start(program, run));
  }
  return made;
}
