/** What the reader should know now, one line each. */
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icon } from './icons.ts';
import type { Notice } from './statusText.ts';
import { shared } from './theme.ts';

@customElement('sgd-notices')
export class SgdNotices extends LitElement {
  static override readonly styles = [
    shared,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
        max-height: 8.4rem;
        overflow: auto;
      }
      li {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        box-sizing: border-box;
        min-height: 1.5rem;
        padding: 0.1rem 0.2rem 0.1rem 0.6rem;
        margin-bottom: 1px;
        border-left: 3px solid var(--accent);
        background: var(--surface);
        font-size: 0.95rem;
        line-height: 1.3;
        overflow-wrap: anywhere;
      }
      .warning {
        border-color: #d98e00;
        background: var(--warning-surface);
      }
      .error {
        border-color: var(--danger);
        background: var(--danger-surface);
      }
      span {
        flex: 1;
      }
      /* In reach however far a long message is scrolled. */
      button {
        position: sticky;
        top: 0;
        align-self: flex-start;
        min-height: 1.8rem;
        min-width: 1.8rem;
        margin: -0.2rem 0;
        padding: 0;
      }
    `,
  ];

  @property({ attribute: false }) notices: readonly Notice[] = [];

  private dismiss(id: string): void {
    this.dispatchEvent(new CustomEvent('dismiss', { detail: id }));
  }

  protected override render() {
    return html`<ul role="list" aria-live="polite" aria-label="Notices">
      ${this.notices.map(
        ({ id, level, text }) =>
          html`<li class=${level}>
            <span>${text}</span>
            ${
              id === undefined
                ? nothing
                : html`<button aria-label="Dismiss" @click=${() => this.dismiss(id)}>
                    ${icon('close')}
                  </button>`
            }
          </li>`,
      )}
    </ul>`;
  }
}
