/** Copies of the state of a run. */
import { expect, test } from 'vitest';
import { copyOf } from '../../src/engine/webgpuCheckpoint.ts';
import { gpuUnderTest } from './compute.ts';

test('buffers of several parts are copied whole, as they were when the copy was asked for', async () => {
  const { device } = await gpuUnderTest();
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const sizes = { large: 5_000_000, small: 16 };
  const values = (name: keyof typeof sizes, first: number) =>
    Uint32Array.from({ length: sizes[name] / 4 }, (_, i) => first + i);
  const buffers = {
    large: device.createBuffer({ size: sizes.large, usage }),
    small: device.createBuffer({ size: sizes.small, usage }),
  };
  const write = (first: number) => {
    device.queue.writeBuffer(buffers.large, 0, values('large', first));
    device.queue.writeBuffer(buffers.small, 0, values('small', first));
  };
  write(0);
  const copying = copyOf(device, buffers);
  write(7);
  // Number i holds first + i; to compare a million with toEqual takes seconds.
  const wrong = (bytes: ArrayBuffer, first: number) =>
    new Uint32Array(bytes).findIndex((x, i) => x !== first + i);
  const contents = (await copying)!;
  expect([contents['large']!.byteLength, contents['small']!.byteLength]).toEqual([sizes.large, sizes.small]);
  expect([wrong(contents['large']!, 0), wrong(contents['small']!, 0)]).toEqual([-1, -1]);
  expect(wrong((await copyOf(device, buffers))!['large']!, 7)).toBe(-1);
});

test('a state that is too large is not copied', async () => {
  const { device } = await gpuUnderTest();
  const huge = { size: 2 ** 27 } as GPUBuffer;
  expect(await copyOf(device, { u: huge, v: huge, error: { size: 4 } as GPUBuffer })).toBeUndefined();
});
