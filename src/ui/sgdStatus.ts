/** The line below: how far the experiment is, how fast, and on what it runs. */
import { LitElement, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatValue } from './charts/format.ts';
import { statusStyles } from './statusStyles.ts';
import { duration, enginesOf, limitErrors, stateOf, type Standing } from './statusText.ts';
import './sgdMenu.ts';

const states = { running: 'Running', paused: 'Paused', finished: 'Finished' } as const;

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
  @property({ type: Boolean, reflect: true }) narrow = false;

  private facts(experiment: Standing): string[] {
    const speed = experiment.speed > 0 ? `${formatValue(experiment.speed)} coordinate-steps/s` : '';
    const engine = [enginesOf(experiment), ...this.reasons].filter(Boolean).join(': ');
    return [engine, speed, limitErrors(experiment)];
  }

  protected override render() {
    const { experiment, narrow } = this;
    if (!experiment) return html`<span class="state" role="status">Starting</span>`;
    const state = stateOf(experiment);
    const percent = Math.floor(100 * experiment.progress);
    const [engine = '', speed = '', errors = ''] = this.facts(experiment);
    const notes = [...(narrow ? [engine, speed, errors].filter(Boolean) : []), ...this.remarks];
    return html`
      <span class="state" role="status">${states[state]}</span>
      <progress max="100" .value=${percent} aria-label="progress"></progress>
      <span class="share numbers">${percent} %</span>
      <span class="left numbers"
        >${state === 'finished' || percent === 0 ? nothing : `${duration(experiment.timeLeft)} left`}</span
      >
      ${
        narrow
          ? nothing
          : html`<span class="numbers speed">${speed}</span>
              <span class="numbers errors">${errors}</span>
              <span class="engine" title=${engine}>${engine}</span>`
      }
      ${
        notes.length > 0
          ? html`<sgd-menu
              label=${narrow ? 'Facts' : `${notes.length} ${notes.length === 1 ? 'note' : 'notes'}`}
              .icon=${'note'}
            >
              <ul>
                ${notes.map((note) => html`<li>${note}</li>`)}
              </ul>
            </sgd-menu>`
          : nothing
      }
    `;
  }
}
