/** Look of the bar. */
import { css } from 'lit';
import { shared } from './theme.ts';

export const barStyles = [
  shared,
  css`
    :host {
      display: flex;
      align-items: center;
      gap: 0.15rem;
      padding: 0.35rem 0.8rem;
      border-bottom: 1px solid var(--line);
    }
    h1 {
      font-size: 1.15rem;
      font-weight: 650;
      letter-spacing: -0.01em;
      margin-right: 0.6rem;
    }
    sgd-menu h2 {
      padding: 0.5rem 0.6rem 0.1rem;
      color: var(--muted);
      font-size: 0.9rem;
      font-weight: 600;
    }
    .space {
      flex: 1;
    }
    .rule {
      width: 1px;
      height: 1.4rem;
      margin: 0 0.4rem;
      background: var(--line);
    }
    .primary {
      min-width: 6.2rem;
      background: var(--accent);
      color: var(--on-accent);
    }
    .primary:disabled {
      background: var(--line);
      color: var(--muted);
    }
    .primary:not(:disabled):hover {
      background: var(--accent);
      text-decoration: underline;
    }
    sgd-menu button {
      width: 100%;
      min-height: 2.2rem;
      padding: 0.4rem 0.6rem;
      justify-content: flex-start;
      text-align: left;
      white-space: normal;
    }
    .presets {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr));
      width: min(52rem, calc(100vw - 2.5rem));
    }
    .preset {
      flex-direction: column;
      align-items: flex-start;
      gap: 0.1rem;
    }
    .preset span {
      color: var(--muted);
      font-size: 0.9rem;
      line-height: 1.35;
    }
    .preset[aria-current='true'] b::after {
      content: ' · shown';
      color: var(--accent);
    }
    hr {
      border: 0;
      border-top: 1px solid var(--line);
      margin: 0.3rem 0;
    }
    :host([narrow]) {
      padding: 0.25rem 0.4rem;
      gap: 0;
    }
    :host([narrow]) .primary {
      min-width: 2.8rem;
    }
    :host([narrow]) button {
      min-height: 2.8rem;
    }
  `,
];
