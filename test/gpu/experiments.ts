/** Experiments with the diagonal linear network on the adapter under test, and their oracles. */
import { defaultsOf } from '../../src/config/parameter.ts';
import type { Engine, Job } from '../../src/engine/engine.ts';
import { createWebgpuEngine } from '../../src/engine/webgpu.ts';
import { dln } from '../../src/models/dln/index.ts';
import { parameters, type DlnConfig } from '../../src/models/dln/parameters.ts';
import type { AnyModel, Frame, Kernel, Shader } from '../../src/models/model.ts';

export type Process = 'sgd' | 'sde';

/** The engine; a machine without any adapter fails the test that asks. */
export async function engineUnderTest(): Promise<Engine> {
  const made = await createWebgpuEngine();
  if (typeof made === 'string') throw new Error(made);
  return made.engine;
}

export function configWith(changes: Partial<DlnConfig>): DlnConfig {
  return { ...defaultsOf(parameters), ...changes };
}

export function jobOf(process: Process, config: DlnConfig, saveAt: readonly number[]): Job {
  return { model: dln as AnyModel, process, config, saveAt: Float64Array.from(saveAt) };
}

/** All frames of an experiment. */
export function simulate(
  engine: Engine,
  process: Process,
  config: DlnConfig,
  saveAt: readonly number[],
): Promise<Frame[]> {
  return framesOf(engine, jobOf(process, config, saveAt));
}

/** All frames of a job. */
export async function framesOf(engine: Engine, job: Job): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const frame of engine.run(job, new AbortController().signal)) frames.push(frame);
  return frames;
}

/** The job with another shader of its process. */
export function withShader(job: Job, change: (shader: Shader) => Partial<Shader>): Job {
  const kernel = job.model.processes[job.process]!;
  const shader = kernel.shader as Shader;
  const changed: Kernel = { ...kernel, shader: { ...shader, ...change(shader) } };
  return { ...job, model: { ...job.model, processes: { [job.process]: changed } } as AnyModel };
}

interface OracleFrame {
  readonly t: number;
  readonly values: Record<string, number>;
  readonly blowUp: number;
}

/** The same frames of one run by the oracle, each value one number. */
export function oracleFramesOf({ model, process, config, saveAt }: Job, run: number): OracleFrame[] {
  const kernel = model.processes[process]!;
  const oracle = kernel.oracle(config, model.instance(config), run);
  return kernel.plan(config, saveAt).map((segment) => {
    oracle.advance(segment);
    return { t: segment.end, values: oracle.statistics(), blowUp: oracle.blowUp };
  });
}

export function oracleFrames(
  process: Process,
  config: DlnConfig,
  saveAt: readonly number[],
  run: number,
): OracleFrame[] {
  return oracleFramesOf(jobOf(process, config, saveAt), run);
}
