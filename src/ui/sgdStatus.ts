/** The line below: how far the experiment is, how fast, and on what it runs. */
import { LitElement, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Fact } from '../models/model.ts';
import { formatValue } from './charts/format.ts';
import { statusStyles } from './statusStyles.ts';
import { duration, enginesOf, stateOf, stateText, type Standing } from './statusText.ts';
import { subscripts } from './subscripts.ts';
import './sgdMenu.ts';

@customElement('sgd-status')
export class SgdStatus extends LitElement {
  static override readonly styles = statusStyles;

  @property({ attribute: false }) experiment: Standing | undefined;
  /** Counts redraws: the experiment itself stays the same object while it runs. */
  @property({ attribute: false }) tick = 0;
  /** Sentences on why it runs where it runs. */
  @property({ attribute: false }) reasons: readonly string[] = [];
  /** Sentences on the settings. */
  @property({ attribute: false }) remarks: readonly string[] = [];
  @property({ attribute: false }) facts: readonly Fact[] = [];
  @property({ type: Boolean, reflect: true }) narrow = false;
  /** Whether the settings are such that nothing can start. */
  @property({ type: Boolean }) blocked = false;

  private notes(told: readonly string[]) {
    const { length } = this.remarks;
    const label = length > 0 ? `Facts, ${length} ${length === 1 ? 'note' : 'notes'}` : 'Facts';
    return html`<sgd-menu label=${this.narrow ? 'Facts' : label} .icon=${'note'}>
      <ul>
        ${[...told, ...this.remarks].map((note) => html`<li>${note}</li>`)}
      </ul>
      <dl>
        ${this.facts.map(
          ({ label: name, value, doc }) =>
            html`<dt>${subscripts(name)} <b class="numbers">${subscripts(value)}</b></dt>
              <dd>${doc}</dd>`,
        )}
      </dl>
    </sgd-menu>`;
  }

  protected override render() {
    const { experiment, narrow } = this;
    if (!experiment) {
      return html`<span class="state" role="status">${this.blocked ? 'Not started' : 'Starting'}</span>`;
    }
    const state = stateOf(experiment);
    const percent = Math.floor(100 * experiment.progress);
    const speed = experiment.speed > 0 ? `${formatValue(experiment.speed)} coordinate-steps/s` : '';
    const engine = [enginesOf(experiment), ...this.reasons].filter(Boolean).join(': ');
    return html`
      <span class="state" role="status">${stateText(experiment)}</span>
      ${
        narrow && experiment.refining
          ? nothing
          : html`<progress max="100" .value=${percent} aria-label="progress"></progress>
              <span class="share numbers">${percent} %</span>`
      }
      <span class="left numbers"
        >${state === 'finished' || !(experiment.timeLeft < Infinity) ? nothing : `${duration(experiment.timeLeft)} left`}</span
      >
      ${
        narrow
          ? nothing
          : html`<span class="numbers speed" title="Steps of single coordinates, of all runs">${speed}</span>
              <span class="engine" title=${engine}>${engine}</span>`
      }
      ${this.notes(narrow ? [engine, speed].filter(Boolean) : [])}
    `;
  }
}
