/** The experiment on the page: started anew by every physical change. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Settings } from '../config/fragment.ts';
import { chooseEngine, type Engines } from '../engine/choose.ts';
import type { Job } from '../engine/engine.ts';
import { Experiment } from '../engine/experiment.ts';
import type { Pool } from '../engine/pool.ts';
import { recordedTimes } from '../engine/times.ts';
import type { AnyModel } from '../models/model.ts';
import type { Pin } from './charts/pin.ts';

/**
 * Milliseconds before newer settings replace an experiment, with points to draw and without: while a slider
 * is dragged, settings on the way are seen as well.
 */
const GRACE = { drawn: 100, empty: 250 } as const;
/** Least milliseconds between two redraws. */
const REDRAW = 50;

export interface Machinery {
  readonly engines: Engines;
  /** Workers that solve the limits. */
  readonly limits: Pool;
}

export class Session implements ReactiveController {
  experiment: Experiment | undefined;
  pins: readonly Pin[] = [];
  /** Sentences on why the processes run where they run. */
  reasons: ReadonlySet<string> = new Set();
  private settings: Settings | undefined;
  private wanted: Settings | undefined;
  private machinery: Machinery | undefined;
  private startedAt = 0;
  private drawnAt = 0;
  private dirty = false;
  private scheduled = 0;
  private readonly host: ReactiveControllerHost;
  private readonly models: () => Readonly<Record<string, AnyModel>>;
  private readonly redraw: () => void;

  /** `redraw` is called at most 20 times a second while something changes. */
  constructor(
    host: ReactiveControllerHost,
    models: () => Readonly<Record<string, AnyModel>>,
    redraw: () => void,
  ) {
    this.host = host;
    this.models = models;
    this.redraw = redraw;
    host.addController(this);
  }

  hostDisconnected(): void {
    cancelAnimationFrame(this.scheduled);
    this.experiment?.abort();
  }

  /** Experiments asked for earlier start now. */
  connect(machinery: Machinery): void {
    this.machinery = machinery;
    this.schedule();
  }

  /** Starts anew where the settings differ in more than how they are shown. */
  follow(settings: Settings): void {
    const old = this.settings;
    this.settings = settings;
    const same =
      old?.model === settings.model &&
      old.config === settings.config &&
      old.view['engine'] === settings.view['engine'];
    if (!same) this.restart();
  }

  /** Runs the present settings from the start; many calls within a frame start one experiment. */
  restart(): void {
    this.wanted = this.settings;
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
    if (!this.experiment || this.pins.some(({ experiment }) => experiment === this.experiment)) return;
    const id = 1 + Math.max(0, ...this.pins.map((pin) => pin.id));
    this.pins = [...this.pins, { id, label: '', experiment: this.experiment }];
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
      this.host.requestUpdate();
      this.redraw();
    }
    if (this.dirty || (this.wanted && this.machinery)) this.schedule();
  };

  private mayReplace(now: number): boolean {
    const sources = this.experiment?.sources ?? [];
    const drawn = sources.some(({ trajectory }) => trajectory.length > 1);
    return !this.experiment || now - this.startedAt > (drawn ? GRACE.drawn : GRACE.empty);
  }

  private begin({ model: name, config, view }: Settings, { engines, limits }: Machinery, now: number): void {
    this.experiment?.abort();
    this.wanted = undefined;
    this.startedAt = now;
    const model = this.models()[name]!;
    const reasons = new Set<string>();
    this.reasons = reasons;
    const engineFor = (job: Job) => {
      const { engine, why } = chooseEngine(String(view['engine']), engines, job);
      if (why) reasons.add(why);
      return engine;
    };
    const saveAt = recordedTimes(Number(config['horizon']), model.clock(config));
    const onChange = () => this.changed();
    this.experiment = new Experiment({ model, config, saveAt, engineFor, pool: limits, onChange });
    void this.experiment.run();
    this.changed();
  }
}
