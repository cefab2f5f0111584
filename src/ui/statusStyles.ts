/** Look of the status line: places of fixed width for live numbers. */
import { css } from 'lit';
import { shared } from './theme.ts';

export const statusStyles = [
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
      overflow: hidden;
      text-overflow: ellipsis;
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
    dl {
      max-width: 36rem;
      margin: 0;
      padding: 0.2rem 0.6rem 0.4rem;
      white-space: normal;
    }
    dt,
    dt b {
      color: var(--fg);
    }
    dd {
      margin: 0 0 0.5rem;
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
