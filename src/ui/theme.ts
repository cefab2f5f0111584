/** Look of the page: tokens every element uses, and the pieces that elements share. */
import { css } from 'lit';

/** For the document: colours by the system's preference, sizes by the user's. */
export const tokens = css`
  :root {
    color-scheme: light dark;
    --bg: #ffffff;
    --surface: #f4f6f8;
    --fg: #14181d;
    --muted: #55606b;
    --line: #d5dae0;
    --edge: #7d8791;
    --accent: #005f97;
    --on-accent: #ffffff;
    --danger: #b3261e;
    --danger-surface: #fdeceb;
    --warning-surface: #fff4d6;
    --font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
    --math: 'STIX Two Text', 'Latin Modern Math', Cambria, Georgia, 'Times New Roman', serif;
    font-size: 87.5%;
  }
  :root.large {
    font-size: 118.75%;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --bg: #101418;
      --surface: #181d23;
      --fg: #e9edf1;
      --muted: #a5afb9;
      --line: #2d353e;
      --edge: #75808b;
      --accent: #63b7f2;
      --on-accent: #08131c;
      --danger: #ff8a80;
      --danger-surface: #3a1b1a;
      --warning-surface: #352b10;
    }
  }
  body {
    margin: 0;
    background: var(--bg);
    color: var(--fg);
    font: 1rem/1.4 var(--font);
  }
`;

/** For every element's shadow root. */
export const shared = css`
  :host {
    display: block;
    box-sizing: border-box;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4rem;
    min-height: 2.2rem;
    padding: 0 0.6rem;
    border: 1px solid transparent;
    border-radius: 0.35rem;
    background: none;
    cursor: pointer;
    white-space: nowrap;
  }
  button:hover {
    background: var(--line);
  }
  button[aria-pressed='true'] {
    background: var(--line);
    border-color: var(--edge);
  }
  button:disabled {
    color: var(--muted);
    cursor: default;
    background: none;
  }
  button svg {
    width: 1.25rem;
    height: 1.25rem;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  h1,
  h2,
  h3,
  p {
    margin: 0;
  }
  a {
    color: var(--accent);
  }
  .numbers {
    font-variant-numeric: tabular-nums;
  }
  sub {
    font-size: 0.75em;
    line-height: 0;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
