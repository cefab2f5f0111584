/** <sgd-distribution>: histograms of SGD and SDE over the coordinates against the law of the limit, at any recorded time. */
import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { AnyConfig } from '../config/parameter.ts';
import type { LawRecord } from '../engine/lawRecord.ts';
import type { AnyModel } from '../models/model.ts';
import type { Caption } from './charts/caption.ts';
import { formatValue } from './charts/format.ts';
import { inkOf, sameInk } from './charts/ink.ts';
import { swatch } from './charts/legend.ts';
import type { Ink } from './charts/palette.ts';
import { distributionCsv, distributionPicture } from './distribution/exports.ts';
import { panelSvg } from './distribution/panelSvg.ts';
import { liveRow, nearestRow, panelsOf, panelText, type Panel } from './distribution/panels.ts';
import { distributionStyles } from './distribution/styles.ts';
import { download } from './download.ts';
import { icon } from './icons.ts';
import type { SetDetail } from './sgdParameter.ts';
import { shared } from './theme.ts';
import './sgdMenu.ts';

/** Least width and the height of a panel, in font sizes; milliseconds that playing through all times takes. */
const panel = { width: 22, height: 17 } as const;
const duration = 8000;

/** Fires `set`, as <sgd-parameter> does. */
@customElement('sgd-distribution')
export class SgdDistribution extends LitElement {
  static override readonly styles = [shared, distributionStyles];

  @property({ attribute: false }) model!: AnyModel;
  /** Grows in place: `tick` says that it has. */
  @property({ attribute: false }) record: LawRecord | undefined;
  @property({ attribute: false }) tick = 0;
  /** Values of config/view.ts. */
  @property({ attribute: false }) view!: AnyConfig;
  @property({ attribute: false }) caption!: Caption;
  /** Time under the crosshair of the charts. */
  @property({ attribute: false }) hovered: number | undefined;
  /** Number of the time that the user chose; undefined follows the run. */
  @state() private chosen: number | undefined;
  @state() private whole = false;
  @state() private playing = false;
  @state() private ink: Ink | undefined;
  @state() private width = 0;
  @query('.ink') private readonly probe!: HTMLElement;

  private panels: readonly Panel[] = [];
  private started = 0;
  private readonly resized = new ResizeObserver(() => this.measure());
  private readonly scheme = matchMedia('(prefers-color-scheme: dark)');
  private readonly rethemed = () => requestAnimationFrame(() => this.measure());

  override connectedCallback(): void {
    super.connectedCallback();
    this.resized.observe(this);
    this.scheme.addEventListener('change', this.rethemed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    this.scheme.removeEventListener('change', this.rethemed);
    this.playing = false;
  }

  private measure(): void {
    const ink = inkOf(this.probe, this.view['largeType'] === true ? 1.8 : 1);
    if (!this.ink || !sameInk(ink, this.ink)) this.ink = ink;
    this.width = this.clientWidth;
  }

  /** Number of the time that is shown; −1 before the first. */
  private get row(): number {
    const { record } = this;
    if (!record) return -1;
    if (this.hovered !== undefined) return nearestRow(record, this.hovered);
    return Math.min(this.chosen ?? liveRow(record), record.times.length - 1);
  }

  private get heading(): string {
    const { record, row } = this;
    return record ? `law of ${record.quantity.symbol} at t = ${formatValue(record.times[row] ?? 0)}` : '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { record, row } = this;
    const old = changed.get('record');
    // Another quantity or other times: a choice made there has no meaning here.
    if (old && record && old.times.length !== record.times.length) this.chosen = undefined;
    const view = { whole: this.whole, logDensity: this.view['logDensity'] === true };
    const known = record && row >= 0 && Number.isFinite(record.ranges[0]);
    this.panels = known ? panelsOf(this.model, record, row, view) : [];
  }

  protected override firstUpdated(): void {
    this.measure();
  }

  private readonly play = (now: number): void => {
    const { record } = this;
    if (!this.playing || !record) return;
    const last = record.times.length - 1;
    const row = Math.floor(((now - this.started) / duration) * last);
    this.chosen = Math.min(row, last);
    if (row >= last) this.playing = false;
    else requestAnimationFrame(this.play);
  };

  private toggle(): void {
    this.playing = !this.playing;
    const last = (this.record?.times.length ?? 1) - 1;
    const row = this.row >= last ? 0 : Math.max(this.row, 0);
    this.started = performance.now() - (row / Math.max(last, 1)) * duration;
    if (this.playing) requestAnimationFrame(this.play);
  }

  private choose(event: Event): void {
    this.playing = false;
    this.chosen = Number((event.target as HTMLInputElement).value);
  }

  private async save(kind: 'png' | 'svg' | 'csv'): Promise<void> {
    const { ink, heading, panels, caption, record } = this;
    if (!ink || !record) return;
    const picture = () => distributionPicture(panels, heading, caption, ink);
    const blobs: Record<typeof kind, () => Promise<Blob>> = {
      png: async () => (await import('./charts/sheet.ts')).pngOf(picture()),
      svg: async () => new Blob([(await picture()).svg], { type: 'image/svg+xml' }),
      csv: async () => new Blob([distributionCsv(panels, heading, caption)], { type: 'text/csv' }),
    };
    download(`sgdscope-${this.model.name}-law-${record.name}.${kind}`, await blobs[kind]());
  }

  private legend() {
    const [first] = this.panels;
    if (!first || !this.ink) return nothing;
    const shapes = [...first.bars, ...(first.limit ? [first.limit] : [])];
    return shapes.map(
      (shape) =>
        html`<li>${swatch(shape, this.ink!, shape.kind === 'process')}<span>${shape.label}</span></li>`,
    );
  }

  private set(key: string, value: unknown): void {
    const detail: SetDetail = { key, value };
    this.dispatchEvent(new CustomEvent('set', { detail, bubbles: true, composed: true }));
  }

  /** One button for each quantity. */
  private choices() {
    return Object.entries(this.model.distributions?.quantities ?? {}).map(
      ([name, { symbol, doc }]) =>
        html`<button
          aria-pressed=${this.view['distribution'] === name}
          title=${doc}
          @click=${() => this.set('distribution', name)}
        >
          ${symbol}
        </button>`,
    );
  }

  private body() {
    const { record, panels, ink, width } = this;
    if (!record) return html`<p class="message">This model has no law over coordinates to show.</p>`;
    if (record.failure && panels.length === 0) {
      return html`<p class="message">The limit gives no law: ${record.failure}</p>`;
    }
    if (panels.length === 0) {
      return html`<p class="message">Solving the law of the limit first: the bins are made to fit it.</p>`;
    }
    if (!ink || width === 0) return nothing;
    const most = Math.max(1, Math.floor(width / (panel.width * ink.fontSize)));
    const rows = Math.ceil(panels.length / most);
    const columns = Math.ceil(panels.length / rows);
    const frame = { left: 0, top: 0, width: width / columns - 4, height: panel.height * ink.fontSize };
    return html`<div class="panels" style="--columns: ${columns}">
      ${panels.map(
        (each, i) =>
          html`<div
            class="panel"
            role="img"
            aria-label=${panelText(each)}
            title="Δ is the largest difference between the distribution function and that of the limit; draws from the limit itself stay below “chance” in 95 % of samples."
            .innerHTML=${`<svg width="${frame.width}" height="${frame.height}" aria-hidden="true">${panelSvg(each, frame, ink, `law-${i}`)}</svg>`}
          ></div>`,
      )}
    </div>`;
  }

  protected override render() {
    const { record, row, whole, playing } = this;
    const last = (record?.times.length ?? 1) - 1;
    const time = record && row >= 0 ? `t = ${formatValue(record.times[row]!)}` : '';
    return html`
      <i class="ink" aria-hidden="true"></i>
      <header>
        <h2>Law over the coordinates</h2>
        <div class="tools" role="group" aria-label="quantity">${this.choices()}</div>
        <ul>
          ${this.legend()}
        </ul>
        <div class="tools">
          <button
            aria-pressed=${whole}
            title="One horizontal axis for all times, instead of one that follows the width of the law"
            @click=${() => (this.whole = !whole)}
          >
            fixed axis
          </button>
          <button
            aria-pressed=${this.view['logDensity'] === true}
            title="Logarithmic vertical axes: tails show"
            @click=${() => this.set('logDensity', this.view['logDensity'] !== true)}
          >
            log density
          </button>
          <sgd-menu label="Save the law" .icon=${'download'} compact>
            ${(['png', 'svg', 'csv'] as const).map(
              (kind) =>
                html`<button @click=${() => void this.save(kind)}>
                  ${kind.toUpperCase()} of this time
                </button>`,
            )}
          </sgd-menu>
          <button aria-label="Close the law" @click=${() => this.set('distribution', 'none')}>
            ${icon('close')}
          </button>
        </div>
      </header>
      ${this.body()}
      <div class="time">
        <button aria-label=${playing ? 'Pause' : 'Play through the times'} @click=${() => this.toggle()}>
          ${icon(playing ? 'pause' : 'play')}
        </button>
        <input
          type="range"
          min="0"
          max=${last}
          step="1"
          aria-label="Time"
          aria-valuetext=${time}
          ?disabled=${!record}
          .value=${String(Math.max(row, 0))}
          @input=${(event: Event) => this.choose(event)}
        />
        <output>${time}</output>
        <button
          aria-pressed=${this.chosen === undefined}
          title="Follow the run"
          @click=${() => {
            this.playing = false;
            this.chosen = undefined;
          }}
        >
          live
        </button>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sgd-distribution': SgdDistribution;
  }
}
