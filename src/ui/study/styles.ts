/** Look of the finite-d study. */
import { css } from 'lit';

export const studyStyles = css`
  dialog {
    width: min(60rem, calc(100vw - 2rem));
  }
  .ink {
    position: absolute;
    visibility: hidden;
    color: var(--fg);
    background-color: var(--bg);
    border-top: 0 solid var(--line);
    outline-color: var(--muted);
    font-size: 0.86rem;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6rem 1rem;
    margin: 0.6rem 0;
  }
  .row button {
    border-color: var(--edge);
  }
  .row select {
    min-height: 2.2rem;
  }
  progress {
    flex: 1 1 8rem;
    height: 0.5rem;
    accent-color: var(--accent);
  }
  .told {
    min-width: 15rem;
  }
  .chart {
    display: block;
    width: 100%;
  }
  .empty {
    display: grid;
    place-items: center;
    color: var(--muted);
  }
  table {
    border-collapse: collapse;
    margin: 0.4rem 0;
  }
  th,
  td {
    padding: 0.15rem 1rem 0.15rem 0;
    text-align: left;
    vertical-align: top;
  }
  th {
    font-weight: 600;
  }
  .scroll {
    overflow: auto;
    white-space: nowrap;
  }
  @media (max-width: 760px) {
    th,
    td {
      padding-right: 0.6rem;
    }
  }
  .note {
    margin: 0.4rem 0;
    color: var(--muted);
  }
  summary {
    cursor: pointer;
  }
`;
