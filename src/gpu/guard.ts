/** Telling whose error it is on a device that several jobs share. */

const FILTERS: readonly GPUErrorFilter[] = ['internal', 'out-of-memory', 'validation'];

const isOutOfMemory = (error: GPUError) => error instanceof GPUOutOfMemoryError;

/** The device has no memory for what is asked of it. */
export class OutOfMemory extends Error {}

/**
 * Does `work` and waits for what it returns. Rejects with the first error that the device finds in what `work` asks
 * of it before it first waits: until then nothing of another job comes between.
 */
export async function guard<T>(device: GPUDevice, work: () => T): Promise<Awaited<T>> {
  FILTERS.forEach((filter) => device.pushErrorScope(filter));
  let result: T;
  let scopes: Promise<GPUError | null>[];
  try {
    result = work();
  } finally {
    scopes = FILTERS.map(() => device.popErrorScope());
  }
  const [value, ...errors] = await Promise.all([result, ...scopes]);
  // What was to be done in memory that is not there fails as well.
  const error = errors.find((each) => each && isOutOfMemory(each)) ?? errors.find((each) => each !== null);
  if (error) throw new (isOutOfMemory(error) ? OutOfMemory : Error)(`WebGPU: ${error.message}`);
  return value;
}
