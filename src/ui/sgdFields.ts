/** <sgd-fields>: the functions of two times that the limits of an experiment give, as maps side by side. */
import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { unsafeSVG } from 'lit/directives/unsafe-svg.js';
import type { AnyConfig } from '../config/parameter.ts';
import type { Field } from '../models/model.ts';
import type { Caption } from './charts/caption.ts';
import { inkOf, sameInk } from './charts/ink.ts';
import type { Box } from './charts/labels.ts';
import type { Ink } from './charts/palette.ts';
import { pngOf, Sheet } from './charts/sheet.ts';
import { distributionStyles } from './distribution/styles.ts';
import { download } from './download.ts';
import { mapSvg, squareOf } from './fields/mapSvg.ts';
import { imageOf } from './fields/raster.ts';
import { fieldsCsv, pointAt, pointText, type Named, type Point } from './fields/readout.ts';
import { scaleOf, type Scale } from './fields/scale.ts';
import { shared } from './theme.ts';

/** Size of a map in font sizes. */
const frame = { width: 36, height: 30 } as const;
/** Pixels of a map per side, and per grid time where that is less: limits send new fields while they refine. */
const PIXELS = 600;
const PER_TIME = 4;

interface Drawn {
  readonly scale: Scale;
  readonly image: string;
}

@customElement('sgd-fields')
export class SgdFields extends LitElement {
  static override readonly styles = [
    shared,
    distributionStyles,
    css`
      .maps {
        display: flex;
        flex-wrap: wrap;
      }
      .map {
        position: relative;
        touch-action: pan-y;
      }
      .map svg {
        display: block;
        max-width: 100%;
        height: auto;
      }
      output {
        display: block;
        min-height: 1.4em;
        padding: 0 0.6rem 0.3rem 4rem;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  /** Those of one limit after the other. */
  @property({ attribute: false }) fields: readonly Named[] = [];
  @property({ attribute: false }) view!: AnyConfig;
  /** For exports alone. */
  @property({ attribute: false, hasChanged: () => false }) caption!: Caption;
  @state() private ink: Ink | undefined;
  /** The same pair of times on every map that has it; of the one that was pointed at. */
  @state() private point: Point | undefined;
  @query('.ink') private readonly probe!: HTMLElement;
  /** Pixels are drawn once for each field and scale. */
  private drawn = new WeakMap<Field, Drawn>();
  private readonly scheme = matchMedia('(prefers-color-scheme: dark)');
  private readonly rethemed = () => requestAnimationFrame(() => this.readInk());

  override connectedCallback(): void {
    super.connectedCallback();
    this.scheme.addEventListener('change', this.rethemed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.scheme.removeEventListener('change', this.rethemed);
  }

  private readInk(): void {
    const ink = inkOf(this.probe, 1);
    if (!this.ink || !sameInk(ink, this.ink)) this.ink = ink;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('view') || !this.ink) this.readInk();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('view');
    if (before && before['linearY'] !== this.view['linearY']) this.drawn = new WeakMap();
  }

  private drawnOf(field: Field): Drawn {
    const known = this.drawn.get(field);
    if (known) return known;
    const scale = scaleOf(field.values, this.view['linearY'] === true);
    const drawn = { scale, image: imageOf(field, Math.min(PIXELS, PER_TIME * field.t.length), scale) };
    this.drawn.set(field, drawn);
    return drawn;
  }

  private mapOf(named: Named, box: Box, ink: Ink): string {
    const { scale, image } = this.drawnOf(named.field);
    return mapSvg(named, scale, box, image, ink);
  }

  private boxOf({ fontSize }: Ink): Box {
    return { left: 0, top: 0, width: frame.width * fontSize, height: frame.height * fontSize };
  }

  private readonly save = async (kind: 'png' | 'svg' | 'csv'): Promise<void> => {
    const { ink, fields, caption } = this;
    if (!ink) return;
    const picture = () => {
      const size = this.boxOf(ink);
      const sheet = new Sheet(Math.min(2, fields.length) * size.width, ink);
      sheet.title(`${caption.title}: functions of two times`, 1.4);
      sheet.words(caption.parameters);
      sheet.gap(1);
      sheet.figures(fields, Math.min(2, fields.length), size, (named, left, top) =>
        this.mapOf(named, { ...size, left, top }, ink),
      );
      return sheet.picture(caption);
    };
    const blobs: Record<typeof kind, () => Blob | Promise<Blob>> = {
      png: () => pngOf(picture()),
      svg: () => new Blob([picture().svg], { type: 'image/svg+xml' }),
      csv: () => new Blob([fieldsCsv(fields, caption)], { type: 'text/csv' }),
    };
    download(`sgdscope-two-times.${kind}`, await blobs[kind]());
  };

  private pointed(event: PointerEvent, field: Field, ink: Ink): void {
    const map = event.currentTarget as SVGSVGElement;
    const { left, top, width } = map.getBoundingClientRect();
    const box = this.boxOf(ink);
    const ratio = box.width / width;
    const square = squareOf(box, ink.fontSize);
    const across = ((event.clientX - left) * ratio - square.left) / square.width;
    const up = 1 - ((event.clientY - top) * ratio - square.top) / square.width;
    const inside = [across, up].every((share) => share >= 0 && share <= 1);
    this.point = inside ? pointAt(field, across, up) : undefined;
  }

  private pressed(event: KeyboardEvent, { t }: Field): void {
    const stride = event.shiftKey ? 10 : 1;
    const moves: Readonly<Record<string, readonly [row: number, column: number]>> = {
      ArrowLeft: [0, -stride],
      ArrowRight: [0, stride],
      ArrowUp: [stride, 0],
      ArrowDown: [-stride, 0],
    };
    if (event.key === 'Escape') this.point = undefined;
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const { row, column } = this.point ?? { row: t.length - 1, column: t.length - 1 };
    const within = (index: number) => Math.min(Math.max(index, 0), t.length - 1);
    this.point = { row: within(row + move[0]), column: within(column + move[1]) };
  }

  private crosshair({ t }: Field, ink: Ink) {
    const { point } = this;
    if (!point || point.row >= t.length || point.column >= t.length) return '';
    const { left, top, width } = squareOf(this.boxOf(ink), ink.fontSize);
    const along = (time: number) => ((time - t[0]!) / (t.at(-1)! - t[0]!)) * width;
    const [x, y] = [left + along(t[point.column]!), top + width - along(t[point.row]!)];
    const path = `M${left} ${y}H${left + width}M${x} ${top}V${top + width}`;
    const line = (stroke: string, thick: number) =>
      `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="${thick}"/>`;
    // Seen on light and on dark.
    return line('#ffffffb0', 3) + line('#000000', 1);
  }

  private map(named: Named, ink: Ink) {
    const { field } = named;
    const box = this.boxOf(ink);
    const { point } = this;
    const known = point && point.row < field.t.length && point.column < field.t.length;
    return html`<div class="map">
      <svg
        viewBox="0 0 ${box.width} ${box.height}"
        width=${box.width}
        height=${box.height}
        font-family=${ink.family}
        role="img"
        tabindex="0"
        aria-label="${named.limit}, ${field.label}, a map over two times; arrow keys move the point that is read"
        @pointermove=${(event: PointerEvent) => this.pointed(event, field, ink)}
        @pointerdown=${(event: PointerEvent) => this.pointed(event, field, ink)}
        @pointerleave=${(event: PointerEvent) => {
          if (event.pointerType === 'mouse') this.point = undefined;
        }}
        @keydown=${(event: KeyboardEvent) => this.pressed(event, field)}
      >
        ${unsafeSVG(this.mapOf(named, box, ink) + this.crosshair(field, ink))}
      </svg>
      <output aria-live="polite">${known ? pointText(field, point) : ''}</output>
    </div>`;
  }

  protected override render() {
    const { ink, fields } = this;
    return html`
      <i class="ink" aria-hidden="true"></i>
      <header>
        <h2>Functions of two times</h2>
        <span class="tools">
          ${(['png', 'svg', 'csv'] as const).map(
            (kind) => html`<button @click=${() => this.save(kind)}>${kind.toUpperCase()}</button>`,
          )}
        </span>
      </header>
      ${
        fields.length === 0
          ? html`<p class="message">No limit of this experiment gives a function of two times yet.</p>`
          : nothing
      }
      <div class="maps">${ink && fields.map((named) => this.map(named, ink))}</div>
    `;
  }
}
