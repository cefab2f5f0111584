/** Styles of <sgd-distribution>. */
import { css } from 'lit';

export const distributionStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    border-top: 1px solid var(--line);
    padding-top: 0.3rem;
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
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.1rem 1rem;
    padding: 0 0.6rem;
  }
  h2 {
    font-size: 1rem;
    font-weight: 600;
  }
  ul {
    display: flex;
    flex-wrap: wrap;
    flex: 1;
    gap: 0 1rem;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: 0.9rem;
  }
  li {
    display: flex;
    align-items: center;
    gap: 0.4rem;
  }
  .swatch {
    width: 22px;
    height: 10px;
    flex: none;
  }
  .tools {
    display: flex;
    align-items: center;
    gap: 0.2rem;
  }
  .tools > button {
    min-height: 1.8rem;
    font-size: 0.9rem;
  }
  .panels {
    display: grid;
    grid-template-columns: repeat(var(--columns, 1), minmax(0, 1fr));
    gap: 0.2rem;
    min-width: 0;
  }
  .panel svg {
    display: block;
  }
  .message {
    margin: auto;
    padding: 2.5rem 1rem;
    color: var(--muted);
    text-align: center;
  }
  .time {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    padding: 0.1rem 0.6rem 0.2rem;
  }
  .time input {
    flex: 1;
    min-width: 4rem;
    accent-color: var(--accent);
  }
  .time output {
    min-width: 6.5em;
    font-variant-numeric: tabular-nums;
  }
`;
