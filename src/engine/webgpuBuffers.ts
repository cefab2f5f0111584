/** The buffers of one job on a device, by the variable names of its shader. */
import type { Program } from '../gpu/compile.ts';
import { guard } from '../gpu/guard.ts';
import { sizeOf, structOf, writeStruct } from '../gpu/layout.ts';
import type { Piece } from './startState.ts';

/** Bytes that a browser takes in before the device has them: one that has no room for more stops the page. */
const AT_ONCE = 2 ** 20;

/** When the last one of those who fill buffers of a device is done. */
const turns = new WeakMap<GPUDevice, Promise<void>>();

export interface BuffersOptions {
  /** Of the process. */
  readonly label: string;
  readonly program: Program;
  /** The program that counts coordinates, where that is asked for. */
  readonly counter?: Program | undefined;
  /** Parameters that the model does not set, `runs` among them. */
  readonly params: Readonly<Record<string, number>> & { readonly runs: number };
}

export class Buffers {
  readonly #device: GPUDevice;
  readonly #options: BuffersOptions;
  readonly #buffers: Record<string, GPUBuffer> = {};
  #destroyed = false;

  constructor(device: GPUDevice, options: BuffersOptions) {
    this.#device = device;
    this.#options = options;
  }

  get all(): Readonly<Record<string, GPUBuffer>> {
    return this.#buffers;
  }

  get(name: string): GPUBuffer {
    const buffer = this.#buffers[name];
    if (!buffer) throw new Error(`${this.#options.label}: the model gives no array ${name}`);
    return buffer;
  }

  /** What bind groups of a program take; a pass chooses its span among several of `spanSize` bytes. */
  bind({ bindings, layouts }: Program, spanSize: number): GPUBindGroup[] {
    return layouts.map((layout, group) =>
      this.#device.createBindGroup({
        label: `${this.#options.label} group ${group}`,
        layout,
        entries: Object.entries(bindings)
          .filter(([, binding]) => binding.group === group)
          .map(([name, { binding }]) => {
            const buffer = this.get(name);
            return { binding, resource: name === 'span' ? { buffer, size: spanSize } : { buffer } };
          }),
      }),
    );
  }

  /** A buffer of so many bytes, zero at first. */
  allocate(name: string, size: number): GPUBuffer {
    const { label, program, counter } = this.#options;
    const binding = program.bindings[name] ?? counter?.bindings[name];
    if (!binding) throw new Error(`${label}: the shader has no binding ${name}`);
    const usage = binding.kind === 'uniform' ? GPUBufferUsage.UNIFORM : GPUBufferUsage.STORAGE;
    return (this.#buffers[name] = this.#device.createBuffer({
      label: `${label} ${name}`,
      size,
      usage: usage | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
    }));
  }

  /** Writes to a buffer, which is allocated to hold what is written unless it is there. */
  write(
    name: string,
    values: ArrayBuffer | ArrayBufferView<ArrayBuffer>,
    offset = 0,
    size = values.byteLength,
  ): void {
    const buffer = this.#buffers[name] ?? this.allocate(name, size);
    this.#device.queue.writeBuffer(buffer, offset, values);
  }

  /** Writes all pieces as they come; rejects with the first error of the device or of their making. */
  async fill(pieces: readonly AsyncIterable<Piece>[]): Promise<void> {
    const write = async (stream: AsyncIterable<Piece>) => {
      const pending: Piece[] = [];
      let bytes = 0;
      for await (const piece of stream) {
        pending.push(piece);
        bytes += 'params' in piece ? 0 : piece.values.byteLength;
        if (bytes < AT_ONCE) continue;
        await this.#inTurn(pending.splice(0));
        bytes = 0;
      }
      await this.#inTurn(pending);
    };
    await Promise.all(pieces.map(write));
  }

  /** After what others write to this device, whichever runs it is for. */
  #inTurn(pieces: readonly Piece[]): Promise<void> {
    const write = () => {
      if (!this.#destroyed) pieces.forEach((piece) => this.#take(piece));
    };
    const written = (turns.get(this.#device) ?? Promise.resolve()).then(() => guard(this.#device, write));
    // Whose error it is hears of it; the next one writes all the same.
    turns.set(
      this.#device,
      written.catch(() => undefined),
    );
    return written;
  }

  #take(piece: Piece): void {
    const { program, params } = this.#options;
    if ('params' in piece) {
      const struct = structOf(program.code, 'Params');
      const view = new DataView(new ArrayBuffer(sizeOf(struct)));
      writeStruct(view, 0, struct, { ...piece.params, ...params });
      this.write('params', view);
      return;
    }
    const { name, run, values, from = 0, of = values.length } = piece;
    const runs = run === undefined ? 1 : params.runs;
    this.write(name, values, 4 * ((run ?? 0) * of + from), 4 * runs * of);
  }

  destroy(): void {
    this.#destroyed = true;
    for (const buffer of Object.values(this.#buffers)) buffer.destroy();
  }
}
