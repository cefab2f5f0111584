/** <sgd-charts>: the charts of an experiment, side by side, with one crosshair; also their exports. */
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { AnyConfig } from '../config/parameter.ts';
import type { AnyModel } from '../models/model.ts';
import type { Caption } from './charts/caption.ts';
import { chips, pinList } from './charts/chips.ts';
import { csvOf } from './charts/csv.ts';
import { columnsFor } from './charts/grid.ts';
import { inkOf, sameInk } from './charts/ink.ts';
import type { Ink } from './charts/palette.ts';
import { pngOf, svgPicture } from './charts/picture.ts';
import type { Pin, Recorded } from './charts/pin.ts';
import { livePosition, snapped, timeText } from './charts/readout.ts';
import { sceneOf, type Scene } from './charts/scene.ts';
import type { CrosshairEvent } from './charts/sgdChart.ts';
import { chartsCss } from './charts/styles.ts';
import { timelineOf, type TimeUnit } from './charts/timeline.ts';
import './charts/sgdChart.ts';

/** Shortest time between two redraws while curves stream, ms. */
const pace = 50;

/** Whether there is something to look at, or never will be. */
function started({ sources }: Recorded): boolean {
  const over = sources.every(({ status }) => status === 'done' || status === 'failed');
  return over || sources.some(({ trajectory }) => trajectory.length >= 2);
}

/** The part of the view that charts follow. */
const viewKeys = ['show', 'xAxis', 'logX', 'linearY', 'singleRuns', 'largeType'];

/** Whether two records differ in one of the keys; an equal copy is no reason to draw again. */
function differ(keys: readonly string[]) {
  return (a: unknown, b: unknown): boolean => {
    const [left, right] = [a, b] as readonly (AnyConfig | undefined)[];
    return !left || !right || keys.some((key) => left[key] !== right[key]);
  };
}

const pinDiffers = differ(['id', 'label', 'experiment']);

function pinsDiffer(a: readonly Pin[], b: readonly Pin[] | undefined): boolean {
  return a.length !== b?.length || a.some((pin, i) => pinDiffers(pin, b[i]));
}

/** Changes of these leave the curves as they are. */
const cosmetic: readonly PropertyKey[] = ['crosshair', 'reason', 'columns', 'ink', 'table', 'caption'];

/**
 * Fires `show-change` (detail: names of the observables to show, empty for the model's own choice) and
 * `unpin` (detail: id of the pin).
 */
export class SgdCharts extends LitElement {
  static override styles = chartsCss;

  @property({ attribute: false }) model!: AnyModel;
  @property({ attribute: false }) config!: AnyConfig;
  /** Values of config/view.ts. */
  @property({ attribute: false, hasChanged: differ(viewKeys) }) view!: AnyConfig;
  /** Grows in place: call refresh() after it has. */
  @property({ attribute: false }) experiment: Recorded | undefined;
  @property({ attribute: false, hasChanged: pinsDiffer }) pins: readonly Pin[] = [];
  @property({ attribute: false }) caption: Caption = {
    title: '',
    parameters: '',
    link: '',
    version: '',
    engine: '',
  };
  @state() private frame = 0;
  @state() private ink: Ink | undefined;
  @state() private columns = 1;
  @state() private table = false;
  /** In units of the x axis. */
  @state() private crosshair: number | undefined;
  /** Why the focused chip is disabled. */
  @state() private reason = '';
  @query('.ink') private readonly probe!: HTMLElement;
  @query('.grid') private readonly grid!: HTMLElement;

  /** The experiment drawn: the previous one until the present one has something to show. */
  private displayed: Recorded | undefined;
  private scenes: readonly Scene[] = [];
  private pending = false;
  private drawn = 0;
  private readonly resized = new ResizeObserver(() => this.arrange());
  private readonly scheme = matchMedia('(prefers-color-scheme: dark)');
  private readonly tapped = (event: PointerEvent) => {
    if (event.pointerType !== 'mouse' && !event.composedPath().includes(this.grid))
      this.crosshair = undefined;
  };
  private readonly rethemed = () => requestAnimationFrame(() => this.readInk());

  override connectedCallback(): void {
    super.connectedCallback();
    this.scheme.addEventListener('change', this.rethemed);
    document.addEventListener('pointerdown', this.tapped);
    if (this.hasUpdated) this.resized.observe(this.grid);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.scheme.removeEventListener('change', this.rethemed);
    document.removeEventListener('pointerdown', this.tapped);
    this.resized.disconnect();
  }

  /** Draws what the experiment has recorded since, at most 20 times a second. */
  refresh(): void {
    if (this.pending) return;
    this.pending = true;
    const wait = Math.max(0, pace - (performance.now() - this.drawn));
    setTimeout(() => {
      requestAnimationFrame((now) => {
        this.pending = false;
        this.drawn = now;
        this.frame++;
      });
    }, wait);
  }

  /** One chart, or all charts shown in one picture, at two pixels per CSS pixel. */
  exportPng(observable?: string): Promise<Blob> {
    return pngOf(this.picture(observable));
  }

  /** The same picture as SVG. */
  exportSvg(observable?: string): Blob {
    return new Blob([this.picture(observable).svg], { type: 'image/svg+xml' });
  }

  /** Every recorded point of the present experiment. */
  exportCsv(): string {
    if (!this.experiment) throw new Error('there is no experiment to export');
    return csvOf(this.experiment, this.caption);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('view') as AnyConfig | undefined;
    if (before && before['xAxis'] !== this.view['xAxis']) this.crosshair = undefined;
    if ([...changed.keys()].every((key) => cosmetic.includes(key))) return;
    const { experiment } = this;
    if (experiment && (this.displayed?.model !== experiment.model || started(experiment))) {
      this.displayed = experiment;
    }
    this.scenes = this.displayed ? this.shape(this.displayed, this.shown) : [];
  }

  protected override render() {
    const { ink, scenes } = this;
    return html`
      <i class="ink" aria-hidden="true"></i>
      <div class="bar">
        ${chips(this.model, this.config, this.shown, this.toggle, (reason) => (this.reason = reason))}
        <output class="time">${this.timeText}</output>
        <button
          class="chip"
          aria-pressed=${this.table}
          title="Values at a dozen times instead of curves"
          @click=${() => (this.table = !this.table)}
        >
          table
        </button>
        ${this.reason ? html`<p class="reason">${this.reason}</p>` : nothing}
      </div>
      ${ink ? pinList(this.visiblePins, ink, this.unpin) : nothing}
      <div
        class="grid ${this.displayed === this.experiment ? '' : 'stale'}"
        style="--columns: ${this.columns}"
        @crosshair=${(event: CrosshairEvent) => (this.crosshair = event.detail)}
      >
        ${
          ink &&
          scenes.map(
            (scene) =>
              html`<sgd-chart
                .scene=${scene}
                .ink=${ink}
                .crosshair=${this.crosshair}
                .table=${this.table}
              ></sgd-chart>`,
          )
        }
      </div>
    `;
  }

  protected override firstUpdated(): void {
    this.resized.observe(this.grid);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('view') || !this.ink) this.readInk();
    this.arrange();
  }

  private get shown(): readonly string[] {
    const wanted = this.view['show'] as readonly string[];
    const names = wanted.length > 0 ? wanted : this.model.shown;
    return Object.keys(this.model.observables).filter((name) => names.includes(name));
  }

  private get visiblePins(): readonly Pin[] {
    return this.pins.filter(({ experiment }) => experiment.model === this.model);
  }

  private get timeText(): string {
    const [scene] = this.scenes;
    if (!scene) return '';
    const position = this.crosshair === undefined ? undefined : snapped(scene, this.crosshair);
    return timeText(scene.timeline, position ?? livePosition(scene));
  }

  private shape(experiment: Recorded, observables: readonly string[]): Scene[] {
    const pins = this.pins.filter((pin) => pin.experiment.model === experiment.model);
    const unit = this.view['xAxis'] as TimeUnit;
    const all = [experiment, ...pins.map((pin) => pin.experiment)];
    const timeline = timelineOf(all, unit, this.view['logX'] === true);
    const view = { linearY: this.view['linearY'] === true, singleRuns: this.view['singleRuns'] === true };
    return observables
      .filter((name) => Object.hasOwn(experiment.model.observables, name))
      .map((name) => sceneOf(experiment, pins, name, timeline, view));
  }

  private picture(observable?: string) {
    const { experiment, ink } = this;
    if (!experiment || !ink) throw new Error('there is no experiment to export');
    const scenes = this.shape(experiment, observable === undefined ? this.shown : [observable]);
    return svgPicture(scenes, this.visiblePins, this.caption, ink);
  }

  private readInk(): void {
    const ink = inkOf(this.probe, this.view['largeType'] === true ? 1.8 : 1);
    if (!this.ink || !sameInk(ink, this.ink)) this.ink = ink;
  }

  private arrange(): void {
    const { clientWidth, clientHeight } = this.grid;
    this.columns = columnsFor(this.scenes.length, clientWidth, clientHeight);
  }

  private readonly toggle = (name: string): void => {
    const shown = this.shown;
    const next = Object.keys(this.model.observables).filter((other) =>
      other === name ? !shown.includes(name) : shown.includes(other),
    );
    // Charts first: the last one stays.
    if (next.length === 0) return;
    const isDefault =
      next.length === this.model.shown.length && next.every((n) => this.model.shown.includes(n));
    this.emit('show-change', isDefault ? [] : next);
  };

  private readonly unpin = (id: number): void => this.emit('unpin', id);

  private emit(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

customElements.define('sgd-charts', SgdCharts);

declare global {
  interface HTMLElementTagNameMap {
    'sgd-charts': SgdCharts;
  }
}
