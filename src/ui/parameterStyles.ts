/** Look of a control: symbol and name, slider, text beside it in one row. */
import { css } from 'lit';
import { shared } from './theme.ts';

export const parameterStyles = [
  shared,
  css`
    .row {
      display: grid;
      grid-template-columns: 8.4rem minmax(0, 1fr) 5.4rem;
      gap: 0.5rem;
      align-items: center;
      min-height: 1.9rem;
    }
    .wide {
      grid-template-columns: 8.4rem minmax(0, 1fr);
    }
    /* The label beside the first of two lines. */
    .tall {
      align-items: start;
      padding-top: 0.09rem;
    }
    .tall label {
      padding-top: 0.25rem;
    }
    .alone {
      grid-template-columns: minmax(0, 1fr);
      gap: 0.1rem;
      padding: 0.2rem 0 0.3rem;
    }
    /* Ten digits beside two buttons. */
    .stepped {
      grid-template-columns: 5.9rem minmax(0, 1fr) 7.4rem;
    }
    label {
      display: flex;
      gap: 0.35rem;
      padding: 0.15rem 0;
      line-height: 1.1;
    }
    .symbol {
      flex: none;
      min-width: 1.15rem;
      font-family: var(--math);
      font-style: italic;
      color: var(--muted);
    }
    input[type='range'] {
      width: 100%;
      min-width: 0;
      margin: 0;
      accent-color: var(--accent);
    }
    input[type='checkbox'] {
      width: 1.15rem;
      height: 1.15rem;
      margin: 0;
      accent-color: var(--accent);
    }
    input[type='text'],
    select {
      width: 100%;
      min-width: 0;
      height: 1.72rem;
      padding: 0 0.35rem;
      border: 1px solid var(--edge);
      border-radius: 0.3rem;
      background: var(--bg);
    }
    input[type='text'] {
      font-variant-numeric: tabular-nums;
    }
    [aria-invalid='true'] {
      border-color: var(--danger);
    }
    .error {
      color: var(--danger);
      font-size: 0.85rem;
      padding-bottom: 0.3rem;
      overflow-wrap: anywhere;
    }
    /* Room for the picture before it is loaded. */
    sgd-sketch {
      display: block;
      height: 2.3rem;
    }
    .hint {
      color: var(--muted);
      font-size: 0.85rem;
      line-height: 1.3;
      padding: 0.1rem 0 0.3rem;
    }
    .stepper {
      display: flex;
      gap: 0.3rem;
    }
    .stepper button {
      flex: 1;
      min-height: 1.8rem;
      border-color: var(--edge);
    }
  `,
];
