/** Running one small kernel on the adapter under test and looking at its buffers. */
import { compile, type Constants, type Source } from '../../src/gpu/compile.ts';
import { requestGpu, type Gpu } from '../../src/gpu/device.ts';
import { ReadbackRing } from '../../src/gpu/readback.ts';

/** The device; a machine without any adapter fails the test that asks. */
export async function gpuUnderTest(): Promise<Gpu> {
  const gpu = await requestGpu();
  if (typeof gpu === 'string') throw new Error(gpu);
  return gpu;
}

/**
 * Run `main` once with the storage buffers `data`, by variable name; returns what is in `output` afterwards,
 * one 4-byte word per number.
 */
export async function compute(
  gpu: Gpu,
  modules: readonly Source[],
  constants: Constants,
  workgroups: number,
  data: Readonly<Record<string, Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>>>,
): Promise<ArrayBuffer> {
  const { device } = gpu;
  const program = await compile(device, 'test', modules, constants);
  const buffers = new Map<string, GPUBuffer>();
  for (const [name, values] of Object.entries(data)) {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const buffer = device.createBuffer({ label: name, size: values.byteLength, usage });
    device.queue.writeBuffer(buffer, 0, values);
    buffers.set(name, buffer);
  }
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(program.pipelines['main']!);
  const entries = Object.entries(program.bindings).map(([name, { binding }]) => {
    return { binding, resource: { buffer: buffers.get(name)! } };
  });
  pass.setBindGroup(0, device.createBindGroup({ layout: program.layouts[0]!, entries }));
  pass.dispatchWorkgroups(workgroups);
  pass.end();
  const output = buffers.get('output')!;
  const ring = new ReadbackRing(device, 'test', output.size, 1);
  const bytes = await ring.submit(encoder, [{ buffer: output, size: output.size }]);
  ring.destroy();
  for (const buffer of buffers.values()) buffer.destroy();
  return bytes!;
}
