/** Why WebGPU cannot run a job, and what to lower. */
import type { Job } from './engine.ts';
import { designOf, type Host } from './webgpuDesign.ts';
import { bytesOn, groupsOn } from './webgpuGroups.ts';

/**
 * Bytes of a process: some more than any dimension and number of runs need by themselves. A browser that finds no more
 * memory may lose all devices, and give none again.
 */
const MOST_BYTES = 6 * 2 ** 30;

const gigabytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);

/** One sentence; undefined where nothing stands against it. */
export function refusalOf({ model, process, config }: Job, host: Host): string | undefined {
  const { label, shader } = model.processes[process]!;
  if (!shader) return `${label} of this model runs on the CPU alone.`;
  const refused = shader.refusal?.(config);
  if (refused !== undefined) return refused;
  const { dimension, runs } = config;
  if (!designOf(shader, config, host) && 'maxDimension' in shader) {
    return `Dimension ${dimension} is more than the ${shader.maxDimension} coordinates that the WebGPU engine holds.`;
  }
  if (groupsOn(host, shader, config).length === 0) {
    const vectors = shader.vectors?.(config) ?? 1;
    const each = vectors === 1 ? '' : ` times ${vectors} vectors`;
    return `A run in dimension ${dimension}${each} is more than the ${host.most} numbers that this WebGPU device holds in one array: lower the dimension.`;
  }
  const bytes = bytesOn(host, shader, config);
  if (bytes <= MOST_BYTES) return undefined;
  return `${runs} runs in dimension ${dimension} need ${gigabytes(bytes)} GB on the device, more than the ${gigabytes(MOST_BYTES)} GB that the WebGPU engine gives a process: lower the dimension or the number of runs.`;
}
