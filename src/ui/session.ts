/** The experiment on the page: started anew by every change that shapes the result. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Settings } from '../config/fragment.ts';
import { chooseEngine, type Engines } from '../engine/choose.ts';
import type { Job } from '../engine/engine.ts';
import { calibrate, workOf } from '../engine/estimate.ts';
import { Experiment, type ExperimentOptions, type Source } from '../engine/experiment.ts';
import type { Pool } from '../engine/pool.ts';
import { recordedTimes } from '../engine/times.ts';
import type { AnyModel } from '../models/model.ts';
import type { Pin, Recorded } from './charts/pin.ts';

/**
 * Milliseconds before newer settings replace an experiment, with points to draw and without: while a slider
 * is dragged, settings on the way are seen as well.
 */
const GRACE = { drawn: 100, empty: 250 } as const;
/** Least milliseconds between two redraws. */
const REDRAW = 50;
/** Coordinate-steps that take so long that the speed is measured first where it is not known. */
const HEAVY = 5e8;

export interface Machinery {
  readonly engines: Engines;
  /** Workers that solve the limits. */
  readonly limits: Pool;
  /** Workers of the CPU engine. */
  readonly simulators: Pool;
}

export class Session implements ReactiveController {
  experiment: Experiment | undefined;
  /** The experiment with the optional limits that are asked for. */
  recorded: Recorded | undefined;
  pins: readonly Pin[] = [];
  /** Sentences on why the processes run where they run. */
  reasons: ReadonlySet<string> = new Set();
  private settings: Settings | undefined;
  private wanted: Settings | undefined;
  private machinery: Machinery | undefined;
  /** Optional limits by name: experiments of their own, so that asking for one leaves the rest alone. */
  private extras = new Map<string, Experiment>();
  /** Coordinate-steps per second by model and engine, as last seen. */
  private readonly speeds = new Map<string, number>();
  private startedAt = 0;
  private drawnAt = 0;
  private dirty = false;
  private scheduled = 0;
  private readonly host: ReactiveControllerHost;
  private readonly modelOf: (name: string) => AnyModel;
  private readonly redraw: () => void;

  /** `redraw` is called at most 20 times a second while something changes. */
  constructor(host: ReactiveControllerHost, modelOf: (name: string) => AnyModel, redraw: () => void) {
    this.host = host;
    this.modelOf = modelOf;
    this.redraw = redraw;
    host.addController(this);
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.scheduled);
    this.abort();
  }

  /** Experiments asked for earlier start now. */
  connect(machinery: Machinery): void {
    this.machinery = machinery;
    this.schedule();
  }

  /** Why the present settings are not run, in one sentence; undefined where they are. */
  get problem(): string | undefined {
    const { settings } = this;
    return settings && this.modelOf(settings.model).problem?.(settings.config);
  }

  /** Starts anew where the settings differ in more than how they are shown. */
  follow(settings: Settings): void {
    const old = this.settings;
    this.settings = settings;
    const same =
      old?.model === settings.model &&
      old.config === settings.config &&
      old.view['engine'] === settings.view['engine'] &&
      old.view['distribution'] === settings.view['distribution'];
    if (!same) this.restart();
    else if (old.view['also'] !== settings.view['also']) this.followExtras();
  }

  /**
   * Runs the present settings from the start; many calls within a frame start one experiment. Where values do not go
   * together, what is there stays.
   */
  restart(): void {
    this.wanted = this.problem === undefined ? this.settings : undefined;
    this.schedule();
  }

  /** Pauses or goes on; after the end, starts again. */
  toggle(): void {
    if (!this.experiment || this.experiment.finished) this.restart();
    else if (this.experiment.paused) this.experiment.resume();
    else this.experiment.pause();
    this.changed();
  }

  step(): void {
    if (!this.experiment?.paused) this.experiment?.pause();
    else this.experiment.step();
    this.changed();
  }

  /** Keeps the present curves beside those to come. */
  pin(): void {
    const { recorded } = this;
    if (!recorded || this.pins.some(({ experiment }) => experiment === recorded)) return;
    const id = 1 + Math.max(0, ...this.pins.map((pin) => pin.id));
    this.pins = [...this.pins, { id, label: '', experiment: recorded }];
    this.changed();
  }

  unpin(id: number): void {
    this.pins = this.pins.filter((pin) => pin.id !== id);
    this.changed();
  }

  private schedule(): void {
    this.scheduled ||= requestAnimationFrame(this.onFrame);
  }

  private changed(): void {
    this.dirty = true;
    this.schedule();
  }

  private readonly onFrame = (now: number): void => {
    this.scheduled = 0;
    if (this.wanted && this.machinery && this.mayReplace(now)) this.begin(this.wanted, this.machinery, now);
    if (this.dirty && now - this.drawnAt >= REDRAW) {
      this.dirty = false;
      this.drawnAt = now;
      if (this.experiment) this.noteSpeed(this.experiment);
      this.host.requestUpdate();
      this.redraw();
    }
    if (this.dirty || (this.wanted && this.machinery)) this.schedule();
  };

  private mayReplace(now: number): boolean {
    const sources = this.experiment?.sources ?? [];
    const drawn = sources.some(({ kind, trajectory }) => kind === 'process' && trajectory.length > 1);
    return !this.experiment || now - this.startedAt > (drawn ? GRACE.drawn : GRACE.empty);
  }

  private abort(): void {
    this.experiment?.abort();
    for (const extra of this.extras.values()) extra.abort();
    this.extras.clear();
  }

  private begin({ model: name, config, view }: Settings, { engines, limits }: Machinery, now: number): void {
    this.abort();
    this.wanted = undefined;
    this.startedAt = now;
    const model = this.modelOf(name);
    const reasons = new Set<string>();
    this.reasons = reasons;
    const engineFor = (job: Job) => {
      const { engine, why } = chooseEngine(String(view['engine']), engines, job);
      if (why) reasons.add(why);
      return engine;
    };
    const saveAt = recordedTimes(Number(config['horizon']), model.clock(config));
    const onChange = ({ status, engine, failure }: Source) => {
      this.changed();
      if (status === 'failed' && engine?.name === 'webgpu' && view['engine'] === 'auto')
        this.distrust(failure);
    };
    const distribution = String(view['distribution']);
    const counted = Object.hasOwn(model.distributions?.quantities ?? {}, distribution);
    const options = { model, config, saveAt, engineFor, pool: limits };
    this.experiment = new Experiment({ ...options, onChange, ...(counted && { distribution }) });
    void this.launch(this.experiment, options);
    this.followExtras();
  }

  /** Where it may take long the speed is measured first, once for every engine. */
  private async launch(experiment: Experiment, options: ExperimentOptions): Promise<void> {
    const { model, config, saveAt, engineFor } = options;
    if (workOf(model, config) > HEAVY) {
      const engines = Object.keys(model.processes).flatMap((process) => {
        const job = { model, config, saveAt, process };
        try {
          const engine = engineFor(job);
          engine.prepare?.(job);
          return engine;
        } catch {
          // An engine that refuses says so when it is asked to run.
          return [];
        }
      });
      if (engines[0]) {
        const key = `${model.name} ${engines[0].name}`;
        if (!this.speeds.has(key)) this.speeds.set(key, await calibrate(options));
        experiment.expectedSpeed = this.speeds.get(key)!;
      }
    }
    await experiment.run();
  }

  private noteSpeed({ model, sources, progress, speed }: Experiment): void {
    const engine = sources.find((source) => source.engine)?.engine;
    if (engine && progress > 0.05) this.speeds.set(`${model.name} ${engine.name}`, speed);
  }

  /** A GPU that has failed once, such as a lost device, is not chosen again. */
  private distrust(failure: string): void {
    if (!this.machinery?.engines.webgpu) return;
    const engines = {
      ...this.machinery.engines,
      webgpu: undefined,
      missing: `Started over on the CPU: ${failure}`,
    };
    this.machinery = { ...this.machinery, engines };
    this.restart();
  }

  /** Solves the optional limits that are asked for and not there yet, drops those no longer asked for. */
  private followExtras(): void {
    const { experiment, machinery, extras } = this;
    if (!experiment || !machinery) return;
    const { model, config, saveAt } = experiment;
    const also = this.settings!.view['also'] as readonly string[];
    const wanted = also.filter((name) => Object.hasOwn(model.limits, name) && model.limits[name]!.optional);
    for (const [name, extra] of extras) {
      if (wanted.includes(name)) continue;
      extra.abort();
      extras.delete(name);
    }
    for (const name of wanted.filter((each) => !extras.has(each))) {
      const engineFor = () => machinery.engines.cpu;
      const onChange = () => this.changed();
      const extra = new Experiment({
        model,
        config,
        saveAt,
        engineFor,
        pool: machinery.limits,
        only: [name],
        onChange,
      });
      extras.set(name, extra);
      void extra.run();
    }
    const sources = [experiment, ...extras.values()].flatMap((each) => each.sources);
    this.recorded = { model, config, saveAt, sources };
    this.changed();
  }
}
