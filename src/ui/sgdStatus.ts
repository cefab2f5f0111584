/** The line below: how far the experiment is, how fast, and on what it runs. */
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatValue } from './charts/format.ts';
import { duration, enginesOf, limitErrors, stateOf, type Standing } from './statusText.ts';
import { shared } from './theme.ts';
import './sgdMenu.ts';

const states = { running: 'Running', paused: 'Paused', finished: 'Finished' } as const;

@customElement('sgd-status')
export class SgdStatus extends LitElement {
  static override readonly styles = [
    shared,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 1.1rem;
        min-height: 2.3rem;
        padding: 0 0.8rem;
        border-top: 1px solid var(--line);
        color: var(--muted);
        font-size: 0.93rem;
        overflow: hidden;
        white-space: nowrap;
      }
      .state {
        min-width: 4.6rem;
        color: var(--fg);
      }
      progress {
        flex: none;
        width: 8rem;
        height: 0.4rem;
        border: 0;
        border-radius: 0.2rem;
        background: var(--line);
        accent-color: var(--accent);
        appearance: none;
      }
      progress::-webkit-progress-bar {
        background: var(--line);
        border-radius: 0.2rem;
      }
      progress::-webkit-progress-value {
        background: var(--accent);
        border-radius: 0.2rem;
      }
      progress::-moz-progress-bar {
        background: var(--accent);
        border-radius: 0.2rem;
      }
      .share {
        min-width: 3rem;
        text-align: right;
      }
      .left {
        min-width: 5rem;
      }
      .speed {
        min-width: 14rem;
      }
      .errors {
        min-width: 8rem;
      }
      .engine {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      sgd-menu {
        margin-left: auto;
      }
      ul {
        margin: 0;
        padding: 0.4rem 0.6rem 0.4rem 1.4rem;
        white-space: normal;
        color: var(--fg);
      }
      :host([narrow]) {
        gap: 0.7rem;
      }
      :host([narrow]) progress {
        width: auto;
        flex: 1;
        min-width: 2rem;
      }
      :host([narrow]) .left {
        min-width: 4rem;
      }
    `,
  ];

  @property({ attribute: false }) experiment: Standing | undefined;
  /** Counts redraws: the experiment itself stays the same object while it runs. */
  @property({ attribute: false }) tick = 0;
  /** Sentences on why it runs where it runs. */
  @property({ attribute: false }) reasons: readonly string[] = [];
  /** Sentences on the settings. */
  @property({ attribute: false }) remarks: readonly string[] = [];
  @property({ type: Boolean, reflect: true }) narrow = false;

  private facts(experiment: Standing): string[] {
    const speed = experiment.progress > 0 ? `${formatValue(experiment.speed)} coordinate-steps/s` : '';
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
