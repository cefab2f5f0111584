/** Rows in WebAssembly memory, in float32: products take a fifth of the time that plain rows take. */
import { plainRows, type Rows, type RowStore } from '../../math/rows.ts';

interface Kernels {
  readonly memory: WebAssembly.Memory;
  dots(vector: number, rows: number, width: number, count: number, out: number): void;
  addTo(vector: number, rows: number, width: number, factors: number, count: number): void;
}

const PAGE = 65536;

/** Bytes of a vector that holds `length` numbers of `size` bytes, a whole number of cache lines. */
const bytes = (length: number, size: number): number => 64 * Math.ceil((length * size) / 64);

/** Several times as quick as `set` between arrays of different types. */
function copy(values: Float64Array, out: Float32Array): void {
  for (let i = 0; i < values.length; i++) out[i] = values[i];
}

function arena(kernels: Kernels): RowStore {
  const { memory } = kernels;
  // What the module itself uses lies below.
  const start = memory.buffer.byteLength;
  let end = start;

  /** Address of so many bytes, all 0. */
  function allocate(length: number): number {
    const at = end;
    end += bytes(length, 1);
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(Math.max(missing, 0.25 * memory.buffer.byteLength) / PAGE));
    new Uint8Array(memory.buffer, at, end - at).fill(0);
    return at;
  }

  function rows(capacity: number, width: number): Rows {
    const stride = bytes(width, 4);
    const [data, vector, scalars] = [capacity * stride, stride, 8 * capacity].map(allocate);
    const floats = (at: number, length: number) => new Float32Array(memory.buffer, at, length);
    return {
      set: (index, values) => copy(values, floats(data + index * stride, width)),
      get: (index, out) => out.set(floats(data + index * stride, width)),
      dots(values, count, out) {
        copy(values, floats(vector, width));
        kernels.dots(vector, data, stride, count, scalars);
        out.set(new Float64Array(memory.buffer, scalars, count));
      },
      addTo(values, factors, count) {
        const sums = floats(vector, width);
        sums.fill(0);
        floats(scalars, count).set(factors.subarray(0, count));
        kernels.addTo(vector, data, stride, scalars, count);
        for (let i = 0; i < width; i++) values[i] += sums[i];
      },
    };
  }

  return { rows, clear: () => (end = start) };
}

/** What makes stores: plain ones where WebAssembly has no vectors. */
export async function rowStores(plain: () => RowStore): Promise<() => RowStore> {
  const { default: base64 } = await import('../../wasm/assembly/multipass/rows.ts?wasm');
  const binary = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(binary)) return plain;
  const program = new WebAssembly.Module(binary);
  return () => {
    const { exports } = new WebAssembly.Instance(program);
    return arena({
      memory: exports['memory'] as WebAssembly.Memory,
      dots: exports['dots'] as Kernels['dots'],
      addTo: exports['addTo'] as Kernels['addTo'],
    });
  };
}

/** Stores that nobody uses now: memories are large, and engines free them late. */
const idle: RowStore[] = [];

/** A store for one user at a time, to be given back with `returnRows`. */
export async function takeRows(): Promise<RowStore> {
  return idle.pop() ?? (await rowStores(() => plainRows))();
}

export function returnRows(store: RowStore): void {
  store.clear();
  if (store !== plainRows) idle.push(store);
}
