/** An instance of a WebAssembly kernel. Knows no physics: variables and arrays are matched by name. */
import { instantiate } from '../wasm/load.ts';

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

/** Numbers of an array of length d, padding included. */
export function sizeOf(dimension: number): number {
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

  /** Copies values to a fresh address: in groups of float32, or as it is if it is a single number. */
  upload(values: Values, padding: number): Stored {
    const { length } = values;
    let copied: Values = values;
    if (length > 1) {
      const grouped = new Float32Array(sizeOf(length)).fill(padding);
      forEachPlace(length, (coordinate, place) => (grouped[place] = values[coordinate]!));
      copied = grouped;
    }
    const bytes = new Uint8Array(copied.buffer, copied.byteOffset, copied.byteLength);
    const address = this.allocate(bytes.length);
    new Uint8Array(this.#memory.buffer, address).set(bytes);
    return { address, length, double: copied instanceof Float64Array };
  }

  /** What `upload` copied, as it is now, in order of coordinates. */
  download({ address, length, double }: Stored): Values {
    const { buffer } = this.#memory;
    if (double) return new Float64Array(buffer, address, length).slice();
    const stored = new Float32Array(buffer, address);
    if (length === 1) return stored.slice(0, 1);
    const values = new Float32Array(length);
    forEachPlace(length, (coordinate, place) => (values[coordinate] = stored[place]!));
    return values;
  }
}
