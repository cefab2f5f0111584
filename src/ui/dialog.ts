/** Shared look of the dialogs. */
import { css, html, type TemplateResult } from 'lit';
import { icon } from './icons.ts';

export const dialog = css`
  dialog {
    width: min(46rem, calc(100vw - 2rem));
    max-height: calc(100dvh - 3rem);
    padding: 0 1.4rem 1.4rem;
    color: var(--fg);
    background: var(--bg);
    border: 1px solid var(--edge);
    border-radius: 0.6rem;
    box-shadow: 0 1rem 4rem rgb(0 0 0 / 0.35);
    overscroll-behavior: contain;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.4);
  }
  .head {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin: 0 -0.6rem 0.4rem 0;
    padding: 0.8rem 0 0.4rem;
    background: var(--bg);
  }
  dialog h2 {
    font-size: 1.3rem;
  }
  dialog h3 {
    margin-top: 1.1rem;
    font-size: 1rem;
  }
`;

/** Title with id "title", and the button that closes. */
export function dialogHead(title: string, close: () => void): TemplateResult {
  return html`<div class="head">
    <h2 id="title">${title}</h2>
    <button aria-label="Close" @click=${close}>${icon('close')}</button>
  </div>`;
}
