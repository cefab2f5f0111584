/** The WebGPU engine in a browser, for benches that are bundled for Node. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Process } from './measure.ts';
import type { Work } from './peers.ts';

export interface Webgpu {
  readonly name: string;
  /** Seconds of steps of the diagonal linear network. */
  seconds(process: Process, work: Work): Promise<number>;
  /** Seconds of a process of a model with these values, recorded at these times. */
  spent(
    model: string,
    process: string,
    values: Readonly<Record<string, number>>,
    saveAt: readonly number[],
  ): Promise<number>;
  close(): Promise<void>;
}

/** What test/bench/webgpu.mjs starts, or why there is none. It is not bundled, since it drives a browser. */
export async function startWebgpu(): Promise<Webgpu | string> {
  const script = pathToFileURL(join(process.cwd(), 'test/bench/webgpu.mjs')).href;
  const { startWebgpu: start } = (await import(/* @vite-ignore */ script)) as {
    startWebgpu: () => Promise<Webgpu | string>;
  };
  return start();
}
