/** <sgd-chart>: one observable. The only element that knows uPlot. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import uPlot from 'uplot';
import { minChartHeight } from './grid.ts';
import { legend, legendCss } from './legend.ts';
import type { Ink } from './palette.ts';
import { dataOf, plotOptions, structureOf, type Canvas } from './plotOptions.ts';
import { livePosition, presentPositions, snapped, summaryText, valuesText } from './readout.ts';
import type { Scene } from './scene.ts';
import { uplotCss } from './uplotCss.ts';

/** Says where the crosshair goes. */
export class CrosshairEvent extends Event {
  /** In units of the x axis; undefined when it leaves. */
  readonly x: number | undefined;

  constructor(x: number | undefined) {
    super('crosshair', { bubbles: true, composed: true });
    this.x = x;
  }
}

export class SgdChart extends LitElement {
  static override styles = [
    uplotCss,
    legendCss,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-width: 0;
        min-height: ${minChartHeight}px;
        container: chart / inline-size;
      }
      .plot {
        position: relative;
        flex: 1;
        min-width: 0;
        /* However long the legend is. */
        min-height: ${minChartHeight - 60}px;
        touch-action: pan-y;
        outline-offset: -2px;
      }
      .plot:focus-visible {
        outline: 2px solid var(--accent, #0072b2);
      }
      .plot > div {
        position: absolute;
        inset: 0;
      }
      .absent {
        margin: auto;
        padding: 1em;
        max-width: 36em;
        text-align: center;
        color: var(--muted, #666);
      }
      .live {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    `,
  ];

  @property({ attribute: false }) scene!: Scene;
  @property({ attribute: false }) ink!: Ink;
  /** Position of the crosshair in units of the x axis; undefined shows the latest values. */
  @property({ attribute: false }) crosshair: number | undefined;
  /** A table of values instead of the plot. */
  @property({ type: Boolean }) table = false;
  /** What a screen reader is told after a key moved the crosshair. */
  @state() private announcement = '';
  @query('.plot > div') private readonly mount!: HTMLElement | null;

  /** Loaded when a table is first asked for. */
  @state() private drawTable: ((scene: Scene) => TemplateResult) | undefined;
  private plot: uPlot | undefined;
  private structure = '';
  private canvas: Canvas | undefined;
  private readonly resized = new ResizeObserver(() => this.fit());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.discard();
  }

  override render() {
    const { scene } = this;
    const position = this.position ?? livePosition(scene);
    const drawn = scene.absent === undefined && !this.table;
    return html`
      ${legend(scene, this.ink, position)}
      ${
        drawn
          ? html`<div
              class="plot"
              role="img"
              tabindex="0"
              aria-label=${summaryText(scene)}
              @keydown=${this.pressed}
              @pointerdown=${this.pointed}
              @pointermove=${this.pointed}
              @pointerleave=${this.left}
              @pointercancel=${this.left}
            >
              <div></div>
            </div>`
          : scene.absent === undefined
            ? (this.drawTable?.(scene) ?? nothing)
            : html`<p class="absent">${scene.absent}</p>`
      }
      <div class="live" aria-live="polite">${this.announcement || nothing}</div>
    `;
  }

  protected override willUpdate(): void {
    if (this.table && !this.drawTable) void this.loadTable();
  }

  private async loadTable(): Promise<void> {
    try {
      this.drawTable = (await import('./dataTable.ts')).dataTable;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.drawTable = () => html`<p class="absent">The table could not be loaded: ${reason}</p>`;
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.mount) {
      this.discard();
      return;
    }
    if (!this.plot || changed.has('scene') || changed.has('ink'))
      this.draw(this.mount, !changed.has('scene'));
    // uPlot sets its scales in a microtask of its own, queued by draw().
    queueMicrotask(() => this.placeCrosshair());
  }

  /** Crosshair position on the timeline. */
  private get position(): number | undefined {
    return this.crosshair === undefined ? undefined : snapped(this.scene, this.crosshair);
  }

  private draw(mount: HTMLElement, onlyInk: boolean): void {
    const canvas = (this.canvas ??= { scene: this.scene, ink: this.ink });
    Object.assign(canvas, { scene: this.scene, ink: this.ink });
    const structure = structureOf(canvas);
    if (!this.plot || structure !== this.structure || this.plot.root.parentElement !== mount) {
      this.discard();
      this.structure = structure;
      this.canvas = canvas;
      const { clientWidth, clientHeight } = mount;
      if (clientWidth === 0 || clientHeight === 0) return void this.resized.observe(mount);
      this.plot = new uPlot(plotOptions(canvas, clientWidth, clientHeight), dataOf(canvas.scene), mount);
      this.resized.observe(mount);
    } else if (onlyInk) this.plot.redraw(false);
    else this.plot.setData(dataOf(canvas.scene));
  }

  private discard(): void {
    this.resized.disconnect();
    this.plot?.destroy();
    this.plot = undefined;
  }

  private fit(): void {
    const { mount, plot } = this;
    if (!mount) return;
    const { clientWidth: width, clientHeight: height } = mount;
    if (width === 0 || height === 0) return;
    if (!plot) this.requestUpdate();
    else if (plot.width !== width || plot.height !== height) {
      plot.setSize({ width, height });
      queueMicrotask(() => this.placeCrosshair());
    }
  }

  private placeCrosshair(): void {
    const { plot, position } = this;
    if (!plot) return;
    const value = position === undefined ? undefined : this.scene.timeline.x[position];
    const left = value === undefined ? -10 : plot.valToPos(value, 'x');
    plot.setCursor({ left, top: value === undefined ? -10 : 0 }, false);
  }

  private move(position: number | undefined): void {
    const x = position === undefined ? undefined : this.scene.timeline.x[position];
    this.dispatchEvent(new CrosshairEvent(x));
  }

  private pointed(event: PointerEvent): void {
    const { plot, scene } = this;
    if (!plot) return;
    const rect = plot.over.getBoundingClientRect();
    const left = Math.min(Math.max(event.clientX - rect.left, 0), rect.width);
    this.move(snapped(scene, plot.posToVal(left, 'x')));
  }

  private left(event: PointerEvent): void {
    // A lifted finger leaves the crosshair where it was, for reading; <sgd-charts> clears it on a tap elsewhere.
    if (event.pointerType === 'mouse') this.move(undefined);
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.move(undefined);
    const stops = presentPositions(this.scene);
    const stride = event.shiftKey ? 10 : 1;
    const now = stops.indexOf(this.position ?? livePosition(this.scene));
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: now - stride,
      ArrowRight: now + stride,
      Home: 0,
      End: stops.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined || stops.length === 0) return;
    event.preventDefault();
    const position = stops[Math.min(Math.max(target, 0), stops.length - 1)]!;
    this.announcement = valuesText(this.scene, position);
    this.move(position);
  }
}

customElements.define('sgd-chart', SgdChart);

declare global {
  interface HTMLElementTagNameMap {
    'sgd-chart': SgdChart;
  }
}
