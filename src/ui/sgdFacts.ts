/**
 * One line of facts: what theory says about the experiment, and how far it is from theory. What does not fit is in the
 * list that the status line opens.
 */
import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Fact } from '../models/model.ts';
import { subscripts } from './subscripts.ts';
import { shared } from './theme.ts';

@customElement('sgd-facts')
export class SgdFacts extends LitElement {
  static override readonly styles = [
    shared,
    css`
      :host {
        display: block;
        height: 1.6rem;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        column-gap: 1.1rem;
        max-height: 1.6rem;
        margin: 0;
        padding: 0;
        overflow: hidden;
        list-style: none;
        font-size: 0.93rem;
        line-height: 1.6rem;
        white-space: nowrap;
      }
      li {
        color: var(--muted);
        cursor: help;
      }
      b {
        color: var(--fg);
        font-weight: 400;
      }
      .guaranteed b {
        font-weight: 650;
      }
      .guaranteed b::before {
        content: '✓ ';
        color: var(--accent);
      }
    `,
  ];

  @property({ attribute: false }) facts: readonly Fact[] = [];

  protected override render() {
    return html`<ul role="list" aria-label="Facts">
      ${this.facts.map(
        ({ label, value, doc, guaranteed }) =>
          html`<li title=${doc} class=${guaranteed ? 'guaranteed' : ''}>
            ${subscripts(label)} <b class="numbers">${subscripts(value)}</b>
          </li>`,
      )}
    </ul>`;
  }
}
