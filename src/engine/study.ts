/**
 * How fast processes approach their limit as the dimension grows: sizes doubling from 64, each compared with its
 * limit over as many runs as a time allows.
 */
import type { AnyConfig } from '../config/parameter.ts';
import type { AnyModel } from '../models/model.ts';
import type { Engine, Job } from './engine.ts';
import { limitOf } from './deviation.ts';
import { Experiment, type Source } from './experiment.ts';
import type { Pool } from './pool.ts';
import { SizeRecord } from './studySize.ts';
import { recordedTimes } from './times.ts';
import { runWork } from './work.ts';

export const SMALLEST = 64;
/** Linear and logarithmic times: enough to meet every maximum, few enough that small sizes do not only record. */
const TIMES = [30, 12] as const;
/** Runs of the first and of any batch. */
const FIRST = 8;
const MOST = 512;
/** Milliseconds that a batch should take. */
const BATCH = 1000;
/** Share of the whole time that the first batch of a new size may take. */
const AFFORDABLE = 0.06;

export interface StudyOptions {
  readonly model: AnyModel;
  readonly config: AnyConfig;
  readonly engineFor: (job: Job) => Engine;
  /** Solves the limits. */
  readonly pool: Pool;
  readonly seconds: number;
  /** No size beyond this one; 2²⁰ by default. */
  readonly largest?: number;
  /** Milliseconds; the time of the machine by default. */
  readonly now?: () => number;
  /** Called after every batch. */
  readonly onChange?: () => void;
}

interface Size {
  readonly dimension: number;
  readonly config: AnyConfig;
  /** By process. */
  readonly records: Readonly<Record<string, SizeRecord>>;
  /** Milliseconds spent, and runs done in them. */
  spent: number;
  runs: number;
  /** Runs of the last batch. */
  batch: number;
}

/** Index of the time nearest to t. */
function nearest(times: Float64Array, t: number): number {
  return times.reduce((best, time, i) => (Math.abs(time - t) < Math.abs(times[best]! - t) ? i : best), 0);
}

export class Study {
  readonly model: AnyModel;
  readonly config: AnyConfig;
  /** The observable that deviates. */
  readonly observable: string;
  /** By process: the limit that it deviates from. */
  readonly limits: Readonly<Record<string, string>>;
  readonly sizes: Size[] = [];
  /** Why there is no larger size; empty where time alone is the reason. */
  ended = '';
  private readonly options: StudyOptions;
  private readonly abortion = new AbortController();
  private readonly now: () => number;
  private readonly times: Float64Array;
  private batches = 0;
  /** Limits of the last size. */
  private solved: readonly Source[] | undefined;
  private started = 0;

  constructor(options: StudyOptions) {
    const { model, config, now } = options;
    this.options = options;
    this.now = now ?? (() => performance.now());
    this.model = model;
    this.config = config;
    this.observable = model.shown[0]!;
    const limits = Object.keys(model.processes).map((name) => [name, limitOf(model, name)]);
    this.limits = Object.fromEntries(limits) as Study['limits'];
    const clock = model.clock(this.configAt(SMALLEST));
    this.times = recordedTimes(Number(config['horizon']), clock, ...TIMES);
  }

  /** Resolves when the time is over, throws an Error with one line; abort() ends it early with what is there. */
  async run(): Promise<void> {
    const { signal } = this.abortion;
    this.started = this.now();
    try {
      for (;;) {
        const size = await this.next();
        if (!size) return;
        await this.measure(size);
        this.options.onChange?.();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  abort(): void {
    this.abortion.abort();
  }

  /** Share of the time that is over, 0 … 1. */
  get progress(): number {
    return Math.min(1, (this.now() - this.started) / (1000 * this.options.seconds));
  }

  private configAt(dimension: number): AnyConfig {
    const { model, config } = this.options;
    return model.finiteSize?.at(config, dimension) ?? { ...config, dimension };
  }

  /** Coordinate-steps of one run of every process. */
  private work(config: AnyConfig): number {
    return runWork(Object.values(this.model.processes), config, this.times);
  }

  private async next(): Promise<Size | undefined> {
    this.abortion.signal.throwIfAborted();
    const last = this.sizes.at(-1);
    if (!last) return this.grow(SMALLEST);
    if (this.progress >= 1) return undefined;
    const config = this.configAt(2 * last.dimension);
    const predicted = ((FIRST * last.spent) / last.runs) * (this.work(config) / this.work(last.config));
    const affordable = predicted <= AFFORDABLE * 1000 * this.options.seconds;
    if (affordable && this.mayGrow(config)) return this.grow(2 * last.dimension);
    return this.sizes.reduce((a, b) => (b.spent < a.spent ? b : a));
  }

  /** Throws an Error with one line where values do not go together. */
  private requireFit(config: AnyConfig): void {
    const problem = this.model.problem?.(config);
    if (problem !== undefined) throw new Error(problem);
  }

  private mayGrow(config: AnyConfig): boolean {
    const { model, engineFor, largest = 2 ** 20 } = this.options;
    if (this.ended !== '' || Number(config['dimension']) > largest) return false;
    try {
      this.requireFit(config);
      for (const process of Object.keys(model.processes)) {
        engineFor({ model, process, config, saveAt: this.times });
      }
      return true;
    } catch (error) {
      this.ended = error instanceof Error ? error.message : String(error);
      return false;
    }
  }

  /** Solves the limits of a new size. */
  private async grow(dimension: number): Promise<Size> {
    const config = this.configAt(dimension);
    this.requireFit(config);
    const known = this.options.model.finiteSize?.sameLimit ? this.solved : undefined;
    this.solved = known ?? (await this.solve(config));
    const records = Object.entries(this.limits).map(([process, limit]) => {
      const { trajectory } = this.solved!.find(({ name }) => name === limit)!;
      const column = trajectory.column(this.observable, 'mean');
      const curve = this.recordedAt(process, config).map((t) => column[nearest(trajectory.t, t)]!);
      return [process, new SizeRecord(dimension, curve)];
    });
    const size: Size = {
      dimension,
      config,
      records: Object.fromEntries(records) as Size['records'],
      spent: 0,
      runs: 0,
      batch: 0,
    };
    this.sizes.push(size);
    return size;
  }

  /** Times at which a process is recorded: whole steps of its own, as near as they come to those of the study. */
  private recordedAt(process: string, config: AnyConfig): Float64Array {
    const plan = this.model.processes[process]!.plan(config, this.times);
    return Float64Array.from(plan, ({ end }) => end);
  }

  /** All limits that processes are compared with, at the times of all processes. */
  private async solve(config: AnyConfig): Promise<readonly Source[]> {
    const { model, engineFor, pool } = this.options;
    const only = [...new Set(Object.values(this.limits))];
    const ends = Object.keys(model.processes).flatMap((name) => [...this.recordedAt(name, config)]);
    // Times that are one up to rounding are one.
    const saveAt = Float64Array.from(new Set(ends.map((t) => Number(t.toPrecision(12))))).sort();
    const experiment = new Experiment({ model, config, saveAt, engineFor, pool, only });
    const stop = () => experiment.abort();
    this.abortion.signal.addEventListener('abort', stop);
    await experiment.run();
    this.abortion.signal.removeEventListener('abort', stop);
    this.abortion.signal.throwIfAborted();
    for (const { status, failure, blowUp, label } of experiment.sources) {
      if (status === 'failed') throw new Error(failure);
      if (blowUp)
        throw new Error(`The ${label} ends at t = ${blowUp.t.toPrecision(4)}: choose an earlier horizon.`);
    }
    return experiment.sources;
  }

  /** One more batch of runs, with samples and noise of its own. */
  private async measure(size: Size): Promise<void> {
    const start = this.now();
    const left = Math.max(0, this.started + 1000 * this.options.seconds - start);
    const affordable = (Math.min(BATCH, left) * size.runs) / size.spent;
    size.batch =
      size.runs === 0 ? FIRST : Math.max(2, Math.floor(Math.min(4 * size.batch, MOST, affordable)));
    const seed = (Number(size.config['seed']) + this.batches++) % 2 ** 32;
    const config = { ...size.config, seed, runs: size.batch };
    await Promise.all(Object.keys(size.records).map((process) => this.simulate(process, size, config)));
    size.spent += this.now() - start;
    size.runs += size.batch;
  }

  private async simulate(process: string, { records, batch }: Size, config: AnyConfig): Promise<void> {
    const { model, engineFor } = this.options;
    const { of } = model.observables[this.observable]!;
    const job: Job = { model, process, config, saveAt: this.times };
    const curves = Array.from({ length: batch }, () => new Float64Array(this.times.length));
    const statistics: Record<string, number> = {};
    let index = 0;
    for await (const { values } of engineFor(job).run(job, this.abortion.signal)) {
      curves.forEach((curve, run) => {
        for (const key of model.statistics) statistics[key] = values[key]![run]!;
        curve[index] = of(statistics, config);
      });
      index++;
    }
    for (const curve of curves) records[process]!.add(curve);
  }
}
