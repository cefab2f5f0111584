/** Styles of <sgd-charts>. */
import { css } from 'lit';
import { minChartHeight } from './grid.ts';

export const chartsCss = css`
  :host {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    container-type: inline-size;
    color: var(--fg, #1a1a1a);
    font-size: var(--sgd-font-size, 1rem);
  }
  .ink {
    position: absolute;
    visibility: hidden;
    color: var(--fg, #1a1a1a);
    background-color: var(--bg, #fff);
    border-top: 0 solid var(--line, #ddd);
    outline-color: var(--muted, #666);
    font-size: 0.86em;
  }
  .bar {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.4em;
    padding: 0.4em 0.6em;
  }
  /* Lines of about equal length, rather than one chip below the others. */
  .chips {
    flex: 1;
    text-wrap: balance;
  }
  .chips .chip {
    margin: 0 0.3em 0.3em 0;
  }
  .chip {
    font: inherit;
    font-size: 0.9em;
    color: var(--muted, #666);
    background: none;
    border: 1px solid var(--line, #ddd);
    border-radius: 1em;
    padding: 0.15em 0.6em;
    cursor: pointer;
    white-space: nowrap;
  }
  .chip[aria-pressed='true'] {
    color: var(--fg, #1a1a1a);
    border-color: var(--fg, #1a1a1a);
  }
  .chip[aria-disabled='true'] {
    border-style: dashed;
    cursor: help;
  }
  .chip:focus-visible,
  .remove:focus-visible {
    outline: 2px solid var(--accent, #0072b2);
    outline-offset: 1px;
  }
  .time {
    text-align: right;
  }
  @container (max-width: 640px) {
    .chips {
      overflow-x: auto;
      flex-basis: 100%;
      white-space: nowrap;
    }
    .time {
      flex: 1;
      text-align: left;
    }
  }
  .time {
    min-width: 7em;
    font-variant-numeric: tabular-nums;
  }
  .reason {
    position: absolute;
    top: 100%;
    left: 0.6em;
    z-index: 1;
    margin: 0;
    padding: 0.3em 0.6em;
    color: var(--fg, #1a1a1a);
    background: var(--surface, #fff);
    border: 1px solid var(--line, #ddd);
    border-radius: 4px;
  }
  .empty {
    margin: 20vh auto 0;
    padding: 0 2em;
    max-width: 40em;
    color: var(--muted, #666);
    text-align: center;
  }
  .pins {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2em 1.2em;
    margin: 0;
    padding: 0 0.6em 0.3em 0.6em;
    list-style: none;
    font-size: 0.9em;
  }
  .pins li {
    display: flex;
    align-items: center;
    gap: 0.4em;
  }
  .swatch {
    width: 22px;
    height: 10px;
    flex: none;
  }
  .remove {
    font: inherit;
    color: var(--muted, #666);
    background: none;
    border: 0;
    padding: 0 0.4em;
    cursor: pointer;
  }
  .grid {
    flex: 1 0 auto;
    display: grid;
    grid-template-columns: repeat(var(--columns, 1), minmax(0, 1fr));
    grid-auto-rows: minmax(min-content, 1fr);
    gap: 0.4em;
    transition: opacity 0.2s;
  }
  @container (max-width: 640px) {
    sgd-chart {
      min-height: max(${minChartHeight}px, 34vh);
    }
  }
  .pairs > :last-child:nth-child(odd) {
    grid-column: 1 / -1;
  }
  /* A change that answers at once should not flicker: only a slow one fades. */
  .grid.stale {
    opacity: 0.55;
    transition-delay: 0.25s;
  }
  @media (prefers-reduced-motion: reduce) {
    .grid {
      transition: none;
    }
  }
`;
