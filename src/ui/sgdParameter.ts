/** The control of one parameter, as its declaration describes it. Fires `set` with { key, value }. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ChoiceParameter, FileReference, NumberParameter, Parameter } from '../config/parameter.ts';
import type { Sketch } from '../models/model.ts';
import { parameterStyles } from './parameterStyles.ts';
import { nearestStop, sliderValues } from './sliderValues.ts';

export interface SetDetail {
  readonly key: string;
  readonly value: unknown;
}

/** Sliders by declaration: a declaration never changes. */
const stopsOf = new WeakMap<Parameter, readonly number[]>();

function stops(parameter: NumberParameter): readonly number[] {
  const known = stopsOf.get(parameter) ?? sliderValues(parameter);
  stopsOf.set(parameter, known);
  return known;
}

@customElement('sgd-parameter')
export class SgdParameter extends LitElement {
  static override readonly styles = parameterStyles;

  @property({ reflect: true }) key = '';
  @property({ attribute: false }) parameter!: Parameter;
  @property({ attribute: false }) value: unknown;
  /** Counts changes of the settings as a whole. */
  @property({ attribute: false }) jumps = 0;
  /** Why this value does not go with the others. */
  @property({ attribute: false }) problem: string | undefined;
  @property({ attribute: false }) sketch: Sketch | undefined;
  /** Name of the file that is being opened. */
  @property({ attribute: false }) opening: string | undefined;
  /** Text that is no accepted value, kept in its field until it is mended or all settings change. */
  @state() private rejected: string | undefined;

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('value') || changed.has('jumps')) this.rejected = undefined;
  }

  private set(value: unknown): void {
    this.rejected = undefined;
    const detail: SetDetail = { key: this.key, value };
    this.dispatchEvent(new CustomEvent('set', { detail, bubbles: true, composed: true }));
  }

  private onText(field: HTMLInputElement): void {
    try {
      this.set(this.parameter.parse(field.value.trim()));
      // The value may be the old one written differently.
      field.value = this.parameter.format(this.value);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.rejected = field.value;
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    (event.target as HTMLInputElement).value = this.parameter.format(this.value);
    this.rejected = undefined;
  }

  private text(labelled: string): TemplateResult {
    return html`<input
      type="text"
      id="text"
      autocomplete="off"
      spellcheck="false"
      inputmode=${this.parameter.kind === 'number' ? 'decimal' : 'text'}
      aria-label=${labelled}
      aria-invalid=${this.rejected === undefined && this.problem === undefined ? 'false' : 'true'}
      aria-describedby="help"
      .value=${this.rejected ?? this.parameter.format(this.value)}
      @change=${(event: Event) => this.onText(event.target as HTMLInputElement)}
      @keydown=${this.onKey}
    />`;
  }

  private slider(parameter: NumberParameter): TemplateResult {
    const values = stops(parameter);
    const now = Number(this.value);
    if (values.length === 0) {
      const move = (by: number) => () => this.set(Math.min(Math.max(now + by, parameter.min), parameter.max));
      return html`<span class="stepper">
        <button aria-label="previous ${parameter.label}" @click=${move(-1)}>−</button>
        <button aria-label="next ${parameter.label}" @click=${move(1)}>+</button>
      </span>`;
    }
    return html`<input
      type="range"
      aria-label=${parameter.label}
      aria-valuetext="${parameter.format(now)} ${parameter.unit}"
      aria-describedby="help"
      min="0"
      max=${values.length - 1}
      .value=${String(nearestStop(values, now))}
      @input=${(event: Event) => this.set(values[Number((event.target as HTMLInputElement).value)])}
    />`;
  }

  /** Name of the columns. */
  private get shape(): string {
    const { parameter } = this;
    if (parameter.kind === 'file') return 'alone';
    if (parameter.kind === 'numbers') return 'wide tall';
    if (parameter.kind !== 'number') return 'wide';
    return stops(parameter as NumberParameter).length === 0 ? 'stepped' : '';
  }

  private control(): TemplateResult {
    const { parameter, value } = this;
    if (parameter.kind === 'number') {
      return html`${this.slider(parameter as NumberParameter)} ${this.text(`${parameter.label}, value`)}`;
    }
    if (parameter.kind === 'flag') {
      return html`<span
        ><input
          type="checkbox"
          id="text"
          aria-describedby="help"
          .checked=${value === true}
          @change=${(event: Event) => this.set((event.target as HTMLInputElement).checked)}
      /></span>`;
    }
    if (parameter.kind === 'numbers') {
      const { length } = value as readonly number[];
      const hint = length > 1 ? `${length} numbers` : `${length > 0 ? 'or' : 'empty, or'} a list: 0.5,1,2`;
      return html`<div>
        ${this.text(parameter.label)}
        <div class="hint">${hint}</div>
      </div>`;
    }
    if (parameter.kind === 'file') {
      return html`<sgd-file id="text" .value=${value as FileReference} .opening=${this.opening}></sgd-file>`;
    }
    if (parameter.kind !== 'choice') return this.text(parameter.label);
    return html`<select
      id="text"
      aria-describedby="help"
      @change=${(event: Event) => this.set((event.target as HTMLSelectElement).value)}
    >
      ${Object.entries((parameter as ChoiceParameter).options).map(
        ([option, label]) => html`<option value=${option} .selected=${option === value}>${label}</option>`,
      )}
    </select>`;
  }

  protected override render() {
    const { parameter, rejected } = this;
    const message =
      rejected === undefined
        ? this.problem
        : `expected ${parameter.accepts}, got ${rejected.trim() || 'nothing'}`;
    return html`
      <div class="row ${this.shape}">
        <label for="text"><span class="symbol">${parameter.symbol ?? nothing}</span>${parameter.label}</label>
        ${this.control()}
      </div>
      ${message === undefined ? nothing : html`<div class="error" role="alert">${message}</div>`}
      ${this.sketch ? html`<sgd-sketch .sketch=${this.sketch}></sgd-sketch>` : nothing}
      <span class="unseen" id="help">${parameter.doc} Accepts ${parameter.accepts}.</span>
    `;
  }
}
