/** One experiment: every process and limit of one config, running side by side into trajectories. */
import type { AnyConfig } from '../config/parameter.ts';
import type { AnyModel, Field, LimitUpdate } from '../models/model.ts';
import type { Engine, Job } from './engine.ts';
import { Gate } from './gate.ts';
import { LawRecord } from './lawRecord.ts';
import type { Pool } from './pool.ts';
import { Stopwatch } from './stopwatch.ts';
import { Trajectory } from './trajectory.ts';
import { segmentWork } from './work.ts';

export type Status = 'waiting' | 'running' | 'done' | 'failed';

/** What is known about one process or limit. */
export interface Source {
  readonly kind: 'process' | 'limit';
  /** Key of model.processes or model.limits. */
  readonly name: string;
  readonly label: string;
  readonly trajectory: Trajectory;
  readonly status: Status;
  /** One line, when status is failed. */
  readonly failure: string;
  /** Where a process runs; undefined for limits. */
  readonly engine: Engine | undefined;
  /** Estimated relative error of a limit; NaN for processes and while unknown. */
  readonly error: number;
  /** Time of divergence (processes: of the first run) and its error; undefined while everything is finite. */
  readonly blowUp: { readonly t: number; readonly error: number; readonly runs: number } | undefined;
  /** Coordinate-steps done so far and in all; 0 for limits. */
  readonly work: { readonly done: number; readonly total: number };
  /** Functions of two times, as far as a limit gives them. */
  readonly fields?: readonly Field[];
  /** Seconds from the start of the experiment to its end, NaN before. */
  readonly took: number;
}

/** Share of the work from which on the measured speed is trusted. */
const ENOUGH = 0.01;
/** Seconds in which the speed says nothing about the experiment. */
const LOADING = 1.5;
/** Seconds after the first work that is done from which on the speed since then is trusted more than an expected one. */
const SEEN = 5;

const over = (status: Status) => status === 'done' || status === 'failed';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface ExperimentOptions {
  readonly model: AnyModel;
  readonly config: AnyConfig;
  readonly saveAt: Float64Array;
  /** Which engine runs a job; throws an Error with one line when none can. */
  readonly engineFor: (job: Job) => Engine;
  /** Workers that solve the limits; not those of the CPU engine, which keep busy. */
  readonly pool: Pool;
  /** Names of processes and limits to run; all but the optional ones by default. */
  readonly only?: readonly string[];
  /** Quantity whose law is recorded as well; none by default. */
  readonly distribution?: string;
  /** Called after every change of a source. */
  readonly onChange?: (source: Source) => void;
}

export class Experiment {
  readonly model: AnyModel;
  readonly config: AnyConfig;
  readonly saveAt: Float64Array;
  readonly sources: readonly Source[];
  /** Coordinate-steps per second that earlier experiments or a calibration promise; NaN where nothing is known. */
  expectedSpeed = NaN;
  /** Where a distribution is asked for. */
  readonly law: LawRecord | undefined;
  private readonly options: ExperimentOptions;
  private readonly abortion = new AbortController();
  /** Of every process that has begun. */
  private readonly gates = new Map<Source, Gate>();
  /** Frames up to which processes may go: all unless paused. */
  private framesAllowed = Infinity;
  /** Ends with the last simulation. */
  private readonly stopwatch = new Stopwatch();
  /** The first work that was done, and when. */
  private first: { readonly done: number; readonly elapsed: number } | undefined;

  constructor(options: ExperimentOptions) {
    const { model, config, saveAt, only, distribution } = options;
    this.options = options;
    this.model = model;
    this.config = config;
    this.saveAt = saveAt;
    this.law = distribution === undefined ? undefined : new LawRecord(model, config, distribution, saveAt);
    const wanted = (name: string, optional = false) => (only ? only.includes(name) : !optional);
    const source = (kind: Source['kind'], name: string, label: string, runs: number): Source => ({
      kind,
      name,
      label,
      trajectory: new Trajectory(model, config, saveAt.length, runs),
      status: 'waiting',
      failure: '',
      engine: undefined,
      error: NaN,
      blowUp: undefined,
      work: { done: 0, total: 0 },
      took: NaN,
    });
    this.sources = [
      ...Object.entries(model.limits)
        .filter(([name, limit]) => wanted(name, limit.optional))
        .map(([name, limit]) => source('limit', name, limit.label, 1)),
      ...Object.entries(model.processes)
        .filter(([name]) => wanted(name))
        .map(([name, kernel]) => source('process', name, kernel.label, Number(config['runs']))),
    ];
  }

  /** Runs to the end; resolves when every source is done or has failed, at once after abort(). */
  async run(): Promise<void> {
    this.stopwatch.start();
    const ends = this.sources.map((source) => this.follow(source));
    await Promise.all(ends.filter((_, i) => this.sources[i]!.kind === 'process'));
    this.stopwatch.stop();
    await Promise.all(ends);
  }

  abort(): void {
    this.abortion.abort();
    this.framesAllowed = Infinity;
    this.hold();
  }

  get paused(): boolean {
    return this.framesAllowed < Infinity;
  }

  /** Holds the processes; limits go on. */
  pause(): void {
    if (this.paused) return;
    this.framesAllowed = 0;
    this.stopwatch.pause();
    this.hold();
  }

  resume(): void {
    if (!this.paused) return;
    this.stopwatch.resume();
    this.framesAllowed = Infinity;
    this.hold();
  }

  /** While paused: every process goes to the time after the latest one that is shown; t = 0 alone is no step. */
  step(): void {
    const shown = this.sources.filter(({ kind }) => kind === 'process').map((each) => each.trajectory.length);
    this.framesAllowed = Math.max(1, ...shown) + 1;
    this.hold();
  }

  /** Shuts the gates of processes that may not go further, opens the others. */
  private hold(): void {
    for (const [source, gate] of this.gates) gate.shut = source.trajectory.length >= this.framesAllowed;
  }

  get finished(): boolean {
    return this.sources.every(({ status }) => over(status));
  }

  /** Whether processes are over and only limits go on. */
  get refining(): boolean {
    return !this.finished && this.sources.every(({ kind, status }) => kind === 'limit' || over(status));
  }

  /** Share of the simulation work that is done, 0 … 1. */
  get progress(): number {
    const total = this.sum('total');
    return this.finished ? 1 : total === 0 ? 0 : this.sum('done') / total;
  }

  /** Seconds from the start to the end of the simulations, pauses excluded. */
  private get elapsed(): number {
    return Math.max(this.stopwatch.seconds, 1e-3);
  }

  /** Coordinate-steps per second of wall time, pauses excluded. */
  get speed(): number {
    return this.sum('done') / this.elapsed;
  }

  /** Coordinate-steps done so far. */
  get done(): number {
    return this.sum('done');
  }

  /** Coordinate-steps per second since the first ones, without what it took to begin; NaN where that is not known yet. */
  private get seenSpeed(): number {
    const { first, elapsed, done } = this;
    return first && elapsed - first.elapsed > SEEN && done > first.done
      ? (done - first.done) / (elapsed - first.elapsed)
      : NaN;
  }

  /**
   * Seconds of simulation left at the present speed. Before there is enough to tell: at the expected one, or Infinity
   * while workers and kernels are still being loaded. NaN while limits go on: how long they refine is not known.
   */
  get timeLeft(): number {
    if (this.refining) return NaN;
    const left = this.sum('total') - this.sum('done');
    if (this.progress > ENOUGH) return left / this.speed;
    if (this.seenSpeed > 0) return left / this.seenSpeed;
    if (this.expectedSpeed > 0) return left / this.expectedSpeed;
    return this.elapsed < LOADING ? Infinity : left / this.speed;
  }

  private sum(part: 'done' | 'total'): number {
    return this.sources.reduce(
      (sum, source) => sum + (source.status === 'failed' ? 0 : source.work[part]),
      0,
    );
  }

  private async follow(source: Mutable<Source>): Promise<void> {
    const change = (changes: Partial<Source>) => {
      Object.assign(source, changes);
      this.options.onChange?.(source);
    };
    try {
      if (source.kind === 'limit') await this.followLimit(source, change);
      else await this.followProcess(source, change);
      change({ status: 'done', took: this.stopwatch.sinceStart });
    } catch (error) {
      if (this.abortion.signal.aborted) return;
      change({ status: 'failed', failure: error instanceof Error ? error.message : String(error) });
    }
  }

  private async followLimit(source: Source, change: (changes: Partial<Source>) => void): Promise<void> {
    const { model, config, saveAt, pool } = this.options;
    const task = { kind: 'limit', model: model.name, name: source.name, config, saveAt, runs: [] } as const;
    const worker = Object.keys(model.limits).indexOf(source.name) % pool.size;
    const updates = pool.stream<LimitUpdate>(worker, task, this.abortion.signal);
    for await (const { first, frames, error, blowUp, bands = [], fields } of updates) {
      frames.forEach((frame, i) => source.trajectory.accept(first + i, frame));
      source.trajectory.acceptBands(first, bands);
      change({
        status: 'running',
        error,
        blowUp: blowUp && { ...blowUp, runs: 1 },
        ...(fields && { fields }),
      });
    }
  }

  private async followProcess(source: Source, change: (changes: Partial<Source>) => void): Promise<void> {
    const { model, config, saveAt, engineFor } = this.options;
    const plain: Job = { model, process: source.name, config, saveAt };
    const engine = engineFor(plain);
    engine.prepare?.(plain);
    const kernel = model.processes[source.name]!;
    const work = segmentWork(kernel, config);
    const plan = kernel.plan(config, saveAt).map((segment) => work(segment) * source.trajectory.runs);
    const total = plan.reduce((sum, each) => sum + each, 0);
    let done = 0;
    let index = 0;
    change({ engine, status: 'running', work: { done, total } });
    const { signal } = this.abortion;
    const gate = new Gate();
    this.gates.set(source, gate);
    this.hold();
    // Bins must fit the law, so it is solved before anything is counted.
    const histogram = await this.law?.histogram(this.options.pool, signal, () => change({}));
    const job: Job = histogram ? { ...plain, histogram } : plain;
    for await (const frame of engine.run(job, signal, gate)) {
      source.trajectory.accept(index, frame);
      this.law?.accept(source.name, index, frame);
      done += plan[index]!;
      index++;
      const diverged = frame.blowUp.filter((t) => t >= 0).sort();
      const blowUp = diverged.length > 0 ? { t: diverged[0]!, error: 0, runs: diverged.length } : undefined;
      change({ work: { done, total }, blowUp });
      if (done > 0) this.first ??= { done: this.done, elapsed: this.elapsed };
      this.hold();
      await gate.passed();
    }
  }
}
