/** Where the parts of the page stand: settings beside charts, or charts above a drawer on a narrow screen. */
import { css } from 'lit';
import { shared } from './theme.ts';

export const appStyles = [
  shared,
  css`
    :host {
      display: grid;
      grid-template: auto minmax(0, 1fr) auto / 21.5rem minmax(0, 1fr);
      height: 100dvh;
      min-width: 20rem;
    }
    sgd-bar,
    sgd-status {
      grid-column: 1 / -1;
    }
    aside {
      display: flex;
      min-height: 0;
      border-right: 1px solid var(--line);
      background: var(--surface);
    }
    aside[hidden] {
      display: none;
    }
    sgd-controls {
      flex: 1;
      min-width: 0;
    }
    main {
      display: flex;
      flex-direction: column;
      min-height: 0;
      padding: 0.6rem 1rem 0.4rem;
      overflow: auto;
    }
    .story {
      flex: none;
    }
    h2 {
      font-size: 1.15rem;
      font-weight: 650;
    }
    .story p {
      min-height: 3rem;
      max-width: 75rem;
      color: var(--muted);
      white-space: pre-line;
    }
    .story .kicker {
      min-height: 0;
      font-size: 0.9rem;
    }
    /* A notice, 1.5rem and 1px high, takes the place of the second line: nothing below moves. */
    :host(:not([narrow])) .told p {
      height: calc(1.5rem - 1px);
      min-height: 0;
      max-width: none;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    sgd-notices,
    sgd-facts {
      flex: none;
    }
    sgd-charts {
      flex: 1 0 auto;
      min-height: 22rem;
    }
    :host([narrow]) {
      grid-template: auto minmax(0, 1fr) auto auto / minmax(0, 1fr);
    }
    :host([narrow]) main {
      grid-row: 2;
      padding: 0.4rem 0.6rem;
    }
    :host([narrow]) aside {
      grid-row: 3;
      height: 46dvh;
      border: 0;
      border-top: 1px solid var(--edge);
    }
    sgd-fields,
    sgd-distribution {
      flex: none;
    }
    :host([narrow]) :is(sgd-fields, sgd-distribution) {
      order: -2;
    }
    :host([narrow]) sgd-charts {
      order: -2;
      flex: none;
    }
    :host([narrow]) sgd-notices {
      order: -1;
      margin-bottom: 0.5rem;
    }
  `,
];
