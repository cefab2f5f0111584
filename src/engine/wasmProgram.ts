/** An instance of a WebAssembly kernel. Knows no physics: variables and arrays are matched by name. */
import { instantiate, type ModelFunctions } from '../wasm/load.ts';
import { vectorsIn } from './vectors.ts';

const PAGE = 65536;
/** Numbers per group, and bytes to which arrays are aligned: see src/wasm/assembly/lib/lanes.ts. */
const GROUP = 16;
const ALIGNMENT = 64;

/** Float64 is for scalars. */
type Values = Float32Array | Float64Array;

/** An array in the memory of a program. */
export interface Stored {
  readonly address: number;
  /** As it was given: without padding. */
  readonly length: number;
  readonly double: boolean;
}

/** Numbers of a vector of length d, padding included. */
function sizeOf(dimension: number): number {
  return GROUP * Math.ceil(dimension / GROUP);
}

/** Calls with every coordinate w⌈d/4⌉ + 4g + l and where it lies: at 16g + 4w + l. */
function forEachPlace(dimension: number, visit: (coordinate: number, place: number) => void): void {
  const blocks = Math.ceil(dimension / 4);
  for (let word = 0; word < 4; word++) {
    const first = word * blocks;
    const end = Math.min(blocks, dimension - first);
    for (let block = 0; block < end; block++) {
      visit(first + block, GROUP * (block >> 2) + 4 * word + (block & 3));
    }
  }
}

/** An instance of a kernel's module: its variables, its memory, its functions. */
export class Program {
  readonly #label: string;
  readonly #dimension: number;
  readonly #exports: WebAssembly.Exports;
  readonly #memory: WebAssembly.Memory;
  /** First free byte; what the module itself uses lies below its initial size. */
  #end: number;

  /** Vectors have length `dimension`. */
  constructor(
    label: string,
    binary: string,
    dimension: number,
    imports?: (array: Program['array']) => ModelFunctions,
  ) {
    this.#label = label;
    this.#dimension = dimension;
    this.#exports = instantiate(
      binary,
      imports?.((name, length) => this.array(name, length)),
    );
    this.#memory = this.#exports['memory'] as WebAssembly.Memory;
    this.#end = this.#memory.buffer.byteLength;
  }

  /** Of all arrays so far. */
  get bytes(): number {
    return this.#end;
  }

  variable(name: string): WebAssembly.Global {
    const found = this.#exports[name];
    if (found instanceof WebAssembly.Global) return found;
    throw new Error(`${this.#label}: the WebAssembly module has no variable ${name}`);
  }

  /** The float64 numbers from an exported address, as they are whenever the result is called. */
  array(name: string, length: number): () => Float64Array {
    let view = new Float64Array();
    return () => {
      const { buffer } = this.#memory;
      if (view.buffer !== buffer) view = new Float64Array(buffer, Number(this.variable(name).value), length);
      return view;
    };
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

  /** Address of a fresh array of `length` numbers: vectors where that is a multiple of d, else as many as there are. */
  reserve(length: number): number {
    const vectors = length / this.#dimension;
    return this.allocate(4 * (Number.isInteger(vectors) ? vectors * sizeOf(this.#dimension) : length));
  }

  /** Copies vectors to a fresh address, each in groups of float32; a single number as it is. */
  upload(name: string, values: Values, padding: number): Stored {
    if (values.length === 1) return this.copy(values);
    const size = sizeOf(this.#dimension);
    const vectors = vectorsIn(name, values.length, this.#dimension);
    const grouped = new Float32Array(vectors * size).fill(padding);
    for (let vector = 0; vector < vectors; vector++) {
      const [from, to] = [vector * this.#dimension, vector * size];
      forEachPlace(this.#dimension, (coordinate, place) => {
        grouped[to + place] = values[from + coordinate]!;
      });
    }
    return { ...this.copy(grouped), length: values.length };
  }

  /** Copies numbers to a fresh address as they are. */
  copy(values: Values): Stored {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const address = this.allocate(bytes.length);
    new Uint8Array(this.#memory.buffer, address).set(bytes);
    return { address, length: values.length, double: values instanceof Float64Array };
  }

  /** What `upload` copied, as it is now, in order of coordinates. */
  download({ address, length, double }: Stored): Values {
    const { buffer } = this.#memory;
    if (double) return new Float64Array(buffer, address, length).slice();
    const stored = new Float32Array(buffer, address);
    if (length === 1) return stored.slice(0, 1);
    const values = new Float32Array(length);
    const size = sizeOf(this.#dimension);
    for (let from = 0, to = 0; to < length; from += size, to += this.#dimension) {
      forEachPlace(this.#dimension, (coordinate, place) => {
        values[to + coordinate] = stored[from + place]!;
      });
    }
    return values;
  }
}
