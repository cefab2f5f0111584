/** <sgd-charts>: the charts of an experiment, side by side, with one crosshair; also their exports. */
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { AnyConfig } from '../config/parameter.ts';
import type { AnyModel } from '../models/model.ts';
import type { Caption } from './charts/caption.ts';
import { chips, pinList, viewChips } from './charts/chips.ts';
import {
  pinsDiffer,
  pinsOf,
  scenesOf,
  shownObservables,
  started,
  toggled,
  viewsDiffer,
} from './charts/display.ts';
import { columnsFor } from './charts/grid.ts';
import { inkOf, sameInk } from './charts/ink.ts';
import type { Ink } from './charts/palette.ts';
import type { Pin, Recorded } from './charts/pin.ts';
import { livePosition, snapped, timeText } from './charts/readout.ts';
import type { Scene } from './charts/scene.ts';
import type { CrosshairEvent } from './charts/sgdChart.ts';
import { chartsCss } from './charts/styles.ts';
import type { SetDetail } from './sgdParameter.ts';
import './charts/sgdChart.ts';

/** Shortest time between two redraws while curves stream, ms. */
const pace = 50;

/** Changes of these leave the curves as they are. */
const cosmetic: readonly PropertyKey[] = [
  'crosshair',
  'reason',
  'columns',
  'ink',
  'table',
  'caption',
  'problem',
];

/**
 * Fires `set` as <sgd-parameter> does, `show-change` (detail: names of the observables to show, empty for the
 * model's own choice) and `unpin` (detail: id of the pin).
 */
export class SgdCharts extends LitElement {
  static override styles = chartsCss;

  @property({ attribute: false }) model!: AnyModel;
  @property({ attribute: false }) config!: AnyConfig;
  /** Values of config/view.ts. */
  @property({ attribute: false, hasChanged: viewsDiffer }) view!: AnyConfig;
  /** Grows in place: call refresh() after it has. */
  @property({ attribute: false }) experiment: Recorded | undefined;
  /** Why nothing runs, said where there are no curves either. */
  @property({ attribute: false }) problem: string | undefined;
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
  /** When the present experiment came. */
  private arrived = 0;
  private readonly resized = new ResizeObserver(() => {
    this.readInk();
    this.arrange();
  });
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
  async exportPng(observable?: string): Promise<Blob> {
    const { pngOf } = await import('./charts/sheet.ts');
    return pngOf(await this.picture(observable));
  }

  /** The same picture as SVG. */
  async exportSvg(observable?: string): Promise<Blob> {
    return new Blob([(await this.picture(observable)).svg], { type: 'image/svg+xml' });
  }

  /** Every recorded point of the present experiment; with `runs` also of each single run. */
  async exportCsv(runs: boolean): Promise<Blob> {
    const { csvOf } = await import('./charts/csv.ts');
    if (!this.experiment) throw new Error('there is no experiment to export');
    return new Blob([csvOf(this.experiment, this.caption, runs)], { type: 'text/csv' });
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('view') as AnyConfig | undefined;
    if (before && before['xAxis'] !== this.view['xAxis']) this.crosshair = undefined;
    if ([...changed.keys()].every((key) => cosmetic.includes(key))) return;
    const { experiment } = this;
    if (changed.has('experiment')) this.arrived = performance.now();
    const age = performance.now() - this.arrived;
    if (experiment && (this.displayed?.model !== experiment.model || started(experiment, age))) {
      this.displayed = experiment;
    }
    this.scenes = this.displayed ? scenesOf(this.displayed, this.pins, this.shown, this.view) : [];
  }

  protected override render() {
    const { ink, scenes } = this;
    return html`
      <i class="ink" aria-hidden="true"></i>
      <div class="bar">
        ${chips(this.model, this.config, this.shown, this.toggle, (reason) => (this.reason = reason))}
        <output class="time">${this.timeText}</output>
        ${viewChips(this.model, this.view, this.hasFields, (detail: SetDetail) => this.emit('set', detail))}
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
      ${ink ? pinList(pinsOf(this.pins, this.model), ink, this.unpin) : nothing}
      ${this.problem === undefined || this.displayed ? nothing : html`<p class="empty">No curves yet. ${this.problem}</p>`}
      <div
        class="grid ${this.columns === 2 ? 'pairs' : ''} ${this.displayed === this.experiment ? '' : 'stale'}"
        style="--columns: ${this.columns}"
        @crosshair=${({ x }: CrosshairEvent) => (this.crosshair = x)}
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

  private get hasFields(): boolean {
    return this.experiment?.sources.some(({ fields }) => fields) ?? false;
  }

  private get shown(): readonly string[] {
    return shownObservables(this.model, this.view);
  }

  private get timeText(): string {
    const scene = this.scenes.find((each) => livePosition(each) >= 0);
    if (!scene) return '';
    const position = this.crosshair === undefined ? undefined : snapped(scene, this.crosshair);
    return timeText(scene.timeline, position ?? livePosition(scene));
  }

  private async picture(observable?: string) {
    const { svgPicture } = await import('./charts/picture.ts');
    const { experiment, ink, pins, view } = this;
    if (!experiment || !ink) throw new Error('there is no experiment to export');
    const observables = observable === undefined ? this.shown : [observable];
    const scenes = scenesOf(experiment, pins, observables, view).filter(({ absent }) => absent === undefined);
    if (scenes.length === 0) throw new Error('none of the observables shown has a meaning here');
    return svgPicture(scenes, pinsOf(pins, experiment.model), this.caption, ink);
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
    const next = toggled(this.model, this.shown, name);
    if (next) this.emit('show-change', next);
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
