/** Every parameter in its group, and the help on the one in hand. Passes on `set` events of its parameters. */
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  isActive,
  type AnyConfig,
  type Group,
  type Parameter,
  type Parameters,
} from '../config/parameter.ts';
import { ask } from './command.ts';
import type { SetDetail } from './sgdParameter.ts';
import { shared } from './theme.ts';
import type { About, AnyModel, Sketch } from '../models/model.ts';
import './sgdParameter.ts';

const groups: Readonly<Record<Group, string>> = {
  problem: 'Problem',
  algorithm: 'Algorithm',
  simulation: 'Simulation',
  view: 'View',
};

@customElement('sgd-controls')
export class SgdControls extends LitElement {
  static override readonly styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      .groups {
        flex: 1;
        overflow: auto;
        overscroll-behavior: contain;
        padding: 0.2rem 0.8rem 0.4rem;
      }
      .model {
        padding: 0.4rem 0 0.5rem;
        border-bottom: 1px solid var(--line);
      }
      .model label {
        font-weight: 600;
      }
      .model select {
        width: 100%;
        height: 2rem;
        margin: 0.15rem 0 0.3rem;
        padding: 0 0.35rem;
        border: 1px solid var(--edge);
        border-radius: 0.3rem;
        background: var(--bg);
        font-weight: 600;
      }
      .model p {
        color: var(--muted);
        font-size: 0.9rem;
        line-height: 1.35;
      }
      details {
        border-bottom: 1px solid var(--line);
        padding: 0.1rem 0;
      }
      details:last-child {
        border: 0;
      }
      summary {
        padding: 0.2rem 0;
        font-weight: 600;
        cursor: pointer;
      }
      .help {
        flex: none;
        height: 6.9rem;
        overflow: auto;
        padding: 0.4rem 0.8rem;
        border-top: 1px solid var(--line);
        color: var(--muted);
        font-size: 0.9rem;
        line-height: 1.35;
      }
      /* A finger points at nothing. */
      @media (hover: none) {
        .idle {
          display: none;
        }
      }
      .help b {
        color: var(--fg);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) catalogue: readonly About[] = [];
  @property({ attribute: false }) model!: AnyModel;
  @property({ attribute: false }) parameters: Parameters = {};
  /** The values of all parameters in one record. */
  @property({ attribute: false }) values: AnyConfig = {};
  /** Pictures by key. */
  @property({ attribute: false }) sketches: Readonly<Record<string, Sketch>> = {};
  /** Counts changes of the settings as a whole: reset, preset, Back. */
  @property({ attribute: false }) jumps = 0;
  /** Why the values do not go together, told where the last of them was changed. */
  @property({ attribute: false }) problem: string | undefined;
  /** Name of the file that is being opened. */
  @property({ attribute: false }) opening: string | undefined;
  @state() private edited = '';
  /** Key of the parameter that has the focus, or else the pointer. */
  @state() private focused: string | undefined;
  @state() private hovered: string | undefined;

  private modelChoice() {
    const { catalogue, model } = this;
    return html`<div class="model">
      <label for="model">Model</label>
      <select
        id="model"
        @change=${(event: Event) => ask(this, 'model', (event.target as HTMLSelectElement).value)}
      >
        ${catalogue.map(
          ({ name, label }) => html`<option value=${name} .selected=${name === model.name}>${label}</option>`,
        )}
      </select>
      <p>${model.doc}</p>
    </div>`;
  }

  private group(group: Group) {
    const members = Object.entries(this.parameters).filter(([, parameter]) => parameter.group === group);
    if (members.length === 0) return nothing;
    return html`<details open>
      <summary>${groups[group]}</summary>
      ${members.map(([key, parameter]) => (isActive(this.parameters, this.values, key) ? this.control(key, parameter) : nothing))}
    </details>`;
  }

  private control(key: string, parameter: Parameter) {
    return html`<sgd-parameter
      .key=${key}
      .parameter=${parameter}
      .value=${this.values[key]}
      .jumps=${this.jumps}
      .sketch=${this.sketches[key]}
      .opening=${this.opening}
      .problem=${key === this.edited ? this.problem : undefined}
      @set=${({ detail }: CustomEvent<SetDetail>) => (this.edited = detail.key)}
      @focusin=${() => (this.focused = key)}
      @focusout=${() => (this.focused = undefined)}
      @pointerenter=${() => (this.hovered = key)}
      @pointerleave=${() => (this.hovered = undefined)}
    ></sgd-parameter>`;
  }

  protected override render() {
    const parameter = this.parameters[this.hovered ?? this.focused ?? ''];
    return html`
      <div class="groups">
        ${this.modelChoice()} ${(Object.keys(groups) as Group[]).map((group) => this.group(group))}
      </div>
      <div class="help ${parameter ? '' : 'idle'}" aria-hidden="true">
        ${
          parameter
            ? html`<b>${parameter.symbol} ${parameter.label}</b>: ${parameter.doc}
                <span>Accepts ${parameter.accepts}.</span>`
            : 'Point at a setting to read what it is.'
        }
      </div>
    `;
  }
}
