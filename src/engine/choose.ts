/** Which engine runs a job, and why. */
import type { Engine, Job } from './engine.ts';

export interface Engines {
  readonly cpu: Engine;
  /** Undefined where there is none; then `missing` says why. */
  readonly webgpu: Engine | undefined;
  /** A sentence: why there is no WebGPU engine; empty where there is one. */
  readonly missing: string;
  /** Whether the WebGPU adapter is a program on the CPU, slower than the CPU engine. */
  readonly software: boolean;
}

export interface Choice {
  readonly engine: Engine;
  /** A sentence for the reader; empty where nothing stood against the engine wanted. */
  readonly why: string;
}

/**
 * `wanted`: `cpu`, `webgpu` (throws an Error with one line where that is missing or refuses the job), or
 * `auto`: a real GPU if it can run the job, else the CPU.
 */
export function chooseEngine(wanted: string, engines: Engines, job: Job): Choice {
  const { cpu, webgpu, missing, software } = engines;
  if (wanted === 'cpu') return { engine: cpu, why: '' };
  if (!webgpu) {
    if (wanted === 'webgpu') throw new Error(missing);
    return { engine: cpu, why: missing };
  }
  const refusal = webgpu.refusal(job);
  if (wanted === 'webgpu') {
    if (refusal !== undefined) throw new Error(refusal);
    return { engine: webgpu, why: '' };
  }
  if (software) return { engine: cpu, why: 'The WebGPU adapter is emulated on the CPU.' };
  if (refusal !== undefined) return { engine: cpu, why: refusal };
  return { engine: webgpu, why: '' };
}
