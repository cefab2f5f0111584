/** Finding a WebGPU device. */

export interface Gpu {
  readonly device: GPUDevice;
  /** Name of the adapter as the browser tells it. */
  readonly label: string;
  /** Whether the adapter is emulated on the CPU. */
  readonly software: boolean;
  /** Resolves with the reason when the device is lost. */
  readonly lost: Promise<string>;
}

function labelOf(info: GPUAdapterInfo): string {
  const parts = [info.vendor, info.architecture, info.description].filter((part) => part !== '');
  return [...new Set(parts)].join(' ') || 'unnamed adapter';
}

/** What large arrays need; devices have the least that WebGPU guarantees unless asked for more. */
const LIMITS = ['maxStorageBufferBindingSize', 'maxBufferSize'] as const;

/** A device, or one sentence that says why there is none. */
export async function requestGpu(): Promise<Gpu | string> {
  if (!('gpu' in navigator)) return 'This browser has no WebGPU.';
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return 'WebGPU finds no adapter on this machine.';
  const label = labelOf(adapter.info);
  let device: GPUDevice;
  try {
    const optional: GPUFeatureName[] = ['timestamp-query', 'subgroups'];
    const requiredFeatures = optional.filter((feature) => adapter.features.has(feature));
    const requiredLimits = Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]]));
    device = await adapter.requestDevice({ label, requiredFeatures, requiredLimits });
  } catch (error) {
    return `The WebGPU adapter ${label} gives no device: ${String(error)}`;
  }
  const lost = device.lost.then((info) => info.message || info.reason);
  return { device, label, software: adapter.info.isFallbackAdapter, lost };
}
