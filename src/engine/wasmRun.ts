/** Runs the WebAssembly kernels of any model. Knows no physics: variables and arrays are matched by name. */
import type { AnyConfig } from '../config/parameter.ts';
import type { Instance, Oracle, Span, Wasm } from '../models/model.ts';
import { instantiate } from '../wasm/load.ts';

const PAGE = 65536;
/** Numbers per group, and bytes to which arrays are aligned: see src/wasm/assembly/lib/lanes.ts. */
const GROUP = 16;
const ALIGNMENT = 64;

type Values = Float32Array | Float64Array;

/** Numbers of an array of length d, padding included. */
function sizeOf(dimension: number): number {
  return GROUP * Math.ceil(dimension / GROUP);
}

/** Where coordinate w⌈d/4⌉ + 4g + l lies: at 16g + 4w + l. */
function place(coordinate: number, dimension: number): number {
  const blocks = Math.ceil(dimension / 4);
  const word = Math.floor(coordinate / blocks);
  const block = coordinate - word * blocks;
  return GROUP * (block >> 2) + 4 * word + (block & 3);
}

/** An instance of a kernel's module: its variables, its memory, its functions. */
class Program {
  readonly #label: string;
  readonly #exports: WebAssembly.Exports;
  readonly #memory: WebAssembly.Memory;
  /** First free byte; what the module itself uses lies below its initial size. */
  #end: number;

  constructor(label: string, binary: string) {
    this.#label = label;
    this.#exports = instantiate(binary);
    this.#memory = this.#exports['memory'] as WebAssembly.Memory;
    this.#end = this.#memory.buffer.byteLength;
  }

  variable(name: string): WebAssembly.Global {
    const found = this.#exports[name];
    if (found instanceof WebAssembly.Global) return found;
    throw new Error(`${this.#label}: the WebAssembly module has no variable ${name}`);
  }

  call(name: string, ...values: number[]): number {
    return (this.#exports[name] as (...values: number[]) => number)(...values);
  }

  /** Address of so many zero bytes. */
  allocate(bytes: number): number {
    const at = this.#end;
    this.#end = at + ALIGNMENT * Math.ceil(bytes / ALIGNMENT);
    const pages = Math.ceil((this.#end - this.#memory.buffer.byteLength) / PAGE);
    if (pages > 0) this.#grow(pages);
    return at;
  }

  #grow(pages: number): void {
    try {
      this.#memory.grow(pages);
    } catch {
      const megabytes = Math.ceil(this.#end / 2 ** 20);
      throw new RangeError(`${this.#label}: a worker has no ${megabytes} MB of memory; lower d or the runs`);
    }
  }

  /** What `upload` copied, as it is now, back in order of coordinates. */
  download(at: number, like: Values): Values {
    if (like.length === 1) {
      return like instanceof Float64Array
        ? new Float64Array(this.#memory.buffer, at, 1)
        : new Float32Array(this.#memory.buffer, at, 1);
    }
    const grouped = new Float32Array(this.#memory.buffer, at);
    return new Float32Array(like.length).map((_, i) => grouped[place(i, like.length)]!);
  }

  /** Address of a copy: in groups, or as it is if it is a single number. */
  upload(values: Values, padding: number): number {
    const copied = values.length === 1 ? values : new Float32Array(sizeOf(values.length)).fill(padding);
    if (copied !== values) values.forEach((value, i) => (copied[place(i, values.length)] = value));
    const at = this.allocate(copied.byteLength);
    new Uint8Array(this.#memory.buffer, at).set(
      new Uint8Array(copied.buffer, copied.byteOffset, copied.byteLength),
    );
    return at;
  }
}

/** One run each, all in one instance of the kernel's module; twins of its oracles. */
export function wasmRuns<S extends string>(
  label: string,
  wasm: Wasm,
  statistics: readonly S[],
  config: AnyConfig,
  instance: Instance,
  runs: readonly number[],
): Oracle<S>[] {
  const program = new Program(label, wasm.binary);
  const set = (name: string, value: number) => (program.variable(name).value = value);
  const padding = (name: string) => wasm.padding[name] ?? 0;

  set('seed', Number(config.seed));
  set('dimension', Number(config.dimension));
  for (const [name, value] of Object.entries(wasm.params(config, instance))) set(name, value);
  for (const [name, values] of Object.entries(wasm.instance(config, instance))) {
    set(name, program.upload(values, padding(name)));
  }
  for (const [name, length] of Object.entries(wasm.scratch(config))) {
    set(name, program.allocate(4 * sizeOf(length)));
  }

  return runs.map((run) => {
    const initial = Object.entries(wasm.state(config, instance, run));
    const arrays = initial.map(([name, values]) => {
      return {
        name,
        values,
        variable: program.variable(name),
        address: program.upload(values, padding(name)),
      };
    });
    const select = () => {
      set('run', run);
      for (const { variable, address } of arrays) variable.value = address;
    };
    const state = (): Record<string, Values> =>
      Object.fromEntries(
        arrays.map(({ name, values, address }) => [name, program.download(address, values)]),
      );
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
        program.call(wasm.measure);
        const entries = statistics.map((name) => [name, Number(program.variable(name).value)]);
        const special = wasm.statistics?.(state, config, instance);
        return { ...Object.fromEntries(entries), ...special } as Record<S, number>;
      },
      ...(wasm.coordinates && { coordinates }),
    };
  });
}
