/** How SGD and the SDE approach their limit as d grows, measured in a dialog. Fires `close`. */
import { LitElement, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { unsafeSVG } from 'lit/directives/unsafe-svg.js';
import type { AnyConfig } from '../config/parameter.ts';
import { chooseEngine } from '../engine/choose.ts';
import { Study } from '../engine/study.ts';
import type { AnyModel } from '../models/model.ts';
import type { Caption } from './charts/caption.ts';
import { inkOf } from './charts/ink.ts';
import { colourOf, type Ink } from './charts/palette.ts';
import { pngOf } from './charts/sheet.ts';
import { allValues } from './describe.ts';
import { dialog, dialogHead } from './dialog.ts';
import { download } from './download.ts';
import type { Machinery } from './session.ts';
import { duration } from './statusText.ts';
import { studySvg } from './study/chart.ts';
import { studyCsv, studyPicture } from './study/exports.ts';
import { estimateText, exponentText, fromText, notesOf, seriesOf, type Series } from './study/series.ts';
import { studyStyles } from './study/styles.ts';
import { shared } from './theme.ts';

/** Seconds that a study may take. */
const budgets = [60, 300, 1200] as const;
const chartHeight = 380;

@customElement('sgd-study')
export class SgdStudy extends LitElement {
  static override readonly styles = [shared, dialog, studyStyles];

  @property({ attribute: false }) model!: AnyModel;
  @property({ attribute: false }) config!: AnyConfig;
  @property({ attribute: false }) machinery: Machinery | undefined;
  /** Value of the setting `engine`. */
  @property() engine = 'auto';
  @property({ attribute: false }) caption!: Caption;
  @state() private seconds: number = budgets[0];
  @state() private study: Study | undefined;
  @state() private running = false;
  @state() private failure = '';
  /** Counts measured batches: the study itself stays the same object. */
  @state() private tick = 0;
  @state() private ink: Ink | undefined;
  /** Whether the dialog was closed before the study was over. */
  private interrupted = false;
  @query('dialog') private readonly box!: HTMLDialogElement;
  @query('.ink') private readonly probe!: HTMLElement;

  /** Opens, and starts unless the study of these settings is there already. */
  show(): void {
    this.box.showModal();
    this.ink = inkOf(this.probe, 1);
    if (this.interrupted || this.study?.config !== this.config) void this.start();
  }

  private async start(): Promise<void> {
    const { model, config, machinery, engine, seconds } = this;
    if (!machinery) {
      this.failure = 'The engines are not known yet; try again in a moment.';
      return;
    }
    this.study?.abort();
    this.interrupted = false;
    const study = new Study({
      model,
      config,
      seconds,
      engineFor: (job) => chooseEngine(engine, machinery.engines, job).engine,
      pool: machinery.limits,
      onChange: () => this.tick++,
    });
    this.study = study;
    this.failure = '';
    this.running = true;
    try {
      await study.run();
    } catch (error) {
      if (this.study === study) this.failure = error instanceof Error ? error.message : String(error);
    }
    if (this.study === study) this.running = false;
  }

  private readonly closed = (): void => {
    this.interrupted = this.running;
    this.study?.abort();
    this.dispatchEvent(new CustomEvent('close'));
  };

  private get yLabel(): string {
    const { symbol } = this.model.observables[this.study!.observable]!;
    return `largest relative deviation of ${symbol} from the limit`;
  }

  private get fullCaption(): Caption {
    const { model, study, caption } = this;
    const { dimension: _d, runs: _n, ...rest } = model.parameters;
    const parameters = allValues(rest, study!.sizes[0]?.config ?? this.config);
    return { ...caption, title: `${model.label}: finite-d study`, parameters };
  }

  private async save(kind: 'png' | 'svg' | 'csv'): Promise<void> {
    const series = seriesOf(this.study!);
    const notes = notesOf(this.study!);
    const picture = () => studyPicture(series, this.yLabel, notes, this.fullCaption, this.ink!);
    const content = {
      png: () => pngOf(picture()),
      svg: () => new Blob([picture().svg], { type: 'image/svg+xml' }),
      csv: () => new Blob([studyCsv(series, notes, this.fullCaption)], { type: 'text/csv' }),
    }[kind];
    try {
      download(`sgdscope-${this.model.name}-study.${kind}`, await content());
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  private get told(): string {
    const { study, running, seconds } = this;
    const sizes = study?.sizes.map(({ dimension }) => dimension) ?? [];
    const range = sizes.length > 0 ? `d = ${[...new Set([sizes[0], sizes.at(-1)])].join(' … ')}` : 'starting';
    if (!running) return sizes.length > 0 ? `Finished, ${range}` : '';
    return `Running, ${range}, ${duration((1 - study!.progress) * seconds)} left`;
  }

  private controls(): TemplateResult {
    return html`<div class="row">
      <label
        >time
        <select
          ?disabled=${this.running}
          @change=${(event: Event) => (this.seconds = Number((event.target as HTMLSelectElement).value))}
        >
          ${budgets.map(
            (seconds) =>
              html`<option value=${seconds} .selected=${seconds === this.seconds}>
                ${duration(seconds)}
              </option>`,
          )}
        </select>
      </label>
      ${
        this.running
          ? html`<button @click=${() => this.study?.abort()}>Stop</button>`
          : html`<button @click=${() => this.start()}>Run again</button>`
      }
      <progress
        max="100"
        .value=${this.running ? 100 * this.study!.progress : 100}
        aria-label="progress of the study"
      ></progress>
      <span class="told numbers" role="status">${this.told}</span>
    </div>`;
  }

  private chart(series: readonly Series[]): TemplateResult {
    const { ink } = this;
    const width = this.box?.clientWidth - 2 * 20;
    const place = { left: 0, top: 0, width, height: chartHeight };
    const drawn = ink && width > 0 ? studySvg(series, this.yLabel, place, ink, 'study') : '';
    if (drawn === '') return html`<div class="empty" style="height: ${chartHeight}px">measuring …</div>`;
    return html`<svg
      class="chart"
      role="img"
      aria-label="Deviation against dimension on logarithmic axes; the tables below hold the values."
      viewBox="0 0 ${width} ${chartHeight}"
      height=${chartHeight}
      font-family=${ink!.family}
    >
      ${svg`${unsafeSVG(drawn)}`}
    </svg>`;
  }

  private swatch({ style, quantity }: Series): TemplateResult {
    const stroke = this.ink ? colourOf(style, this.ink) : 'none';
    const fill = quantity === 'mean of runs' ? 'none' : stroke;
    return html`<svg width="12" height="10" aria-hidden="true">
      <circle cx="6" cy="5" r="3.5" stroke=${stroke} stroke-width="1.5" fill=${fill} />
    </svg>`;
  }

  private exponents(series: readonly Series[]): TemplateResult {
    return html`<table class="numbers">
      <tr>
        <th scope="col">deviation of</th>
        <th scope="col">exponent</th>
        <th scope="col">theory</th>
        <th scope="col">sizes</th>
      </tr>
      ${series.map(
        (each) =>
          html`<tr>
            <td>${this.swatch(each)} ${each.process}, ${each.quantity}</td>
            <td>${exponentText(each)}</td>
            <td>${each.theory.text}</td>
            <td>${fromText(each) || (each.fit ? 'all' : '')}</td>
          </tr>`,
      )}
    </table>`;
  }

  private values(series: readonly Series[]): TemplateResult {
    const sizes = series[0]?.points ?? [];
    return html`<details>
      <summary>Values</summary>
      <div class="scroll" tabindex="0" role="group" aria-label="Values">
        <table class="numbers">
          <tr>
            <th scope="col">d</th>
            <th scope="col">runs</th>
            <th scope="col">diverged</th>
            ${series.map(({ process, quantity }) => html`<th scope="col">${process}, ${quantity}</th>`)}
          </tr>
          ${sizes.map(({ dimension }) => {
            const points = series.map((each) => each.points.find((point) => point.dimension === dimension));
            return html`<tr>
              <td>${dimension}</td>
              <td>${points[0]?.runs}</td>
              <td>${Math.max(...points.map((point) => point?.diverged ?? 0))}</td>
              ${points.map((point) => html`<td>${point ? estimateText(point) : '–'}</td>`)}
            </tr>`;
          })}
        </table>
      </div>
    </details>`;
  }

  protected override render() {
    const { study, failure } = this;
    const series = study ? seriesOf(study) : [];
    const exportable = series.some(({ points }) => points.length > 0);
    return html`<dialog aria-labelledby="title" @close=${this.closed}>
      <i class="ink" aria-hidden="true"></i>
      ${dialogHead('Finite-d study', () => this.box.close())}
      <p>
        How fast do single runs, and their mean, approach the limit as the dimension grows? Sizes double from
        64 as far as the time allows, with the present settings otherwise; the experiment on the page waits
        meanwhile.
      </p>
      ${this.controls()} ${failure ? html`<p role="alert">${failure}</p>` : nothing}
      ${study && !failure ? html`${this.chart(series)} ${this.exponents(series)}` : nothing}
      ${
        exportable
          ? html`${this.values(series)}
              <div class="row">
                <button @click=${() => this.save('png')}>PNG</button>
                <button @click=${() => this.save('svg')}>SVG</button>
                <button @click=${() => this.save('csv')}>CSV</button>
              </div>`
          : nothing
      }
      ${study ? notesOf(study).map((note) => html`<p class="note">${note}</p>`) : nothing}
    </dialog>`;
  }
}
