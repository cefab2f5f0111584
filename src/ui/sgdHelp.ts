/** What is seen on the page and which keys do what, in a dialog. */
import { LitElement, css, html } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { keys } from './command.ts';
import { dialog, dialogHead } from './dialog.ts';
import { shared } from './theme.ts';

const names: Readonly<Record<string, string>> = { ' ': 'space' };

@customElement('sgd-help')
export class SgdHelp extends LitElement {
  static override readonly styles = [
    shared,
    dialog,
    css`
      kbd {
        display: inline-block;
        min-width: 1.8rem;
        padding: 0 0.4rem;
        border: 1px solid var(--edge);
        border-radius: 0.25rem;
        text-align: center;
        font: inherit;
      }
      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 0.4rem 1rem;
        margin: 0.6rem 0;
      }
      dd {
        margin: 0;
      }
    `,
  ];

  @query('dialog') private readonly box!: HTMLDialogElement;

  show(): void {
    this.box.showModal();
  }

  protected override render() {
    return html`<dialog aria-labelledby="title">
      ${dialogHead('Help', () => this.box.close())}
      <p>
        Each chart shows one quantity while the optimiser learns. Coloured lines are the median over
        independent runs, the bands hold the middle 80 % of them; the thin line in black or white is the
        deterministic limit of infinite dimension. The page stops at the horizon T. Pinned curves stay, faded,
        while you change settings.
      </p>
      <h3>Keys</h3>
      <dl>
        ${Object.entries(keys).map(
          ([key, { does }]) =>
            html`<dt><kbd>${names[key] ?? key}</kbd></dt>
              <dd>${does}</dd>`,
        )}
        <dt><kbd>←</kbd> <kbd>→</kbd></dt>
        <dd>on a chart: move the cursor; on a slider: next value</dd>
        <dt><kbd>Esc</kbd></dt>
        <dd>in a text field: back to the last good value</dd>
      </dl>
      <p>sgdscope ${__VERSION__} runs in this page alone; nothing is sent anywhere.</p>
    </dialog>`;
  }
}
