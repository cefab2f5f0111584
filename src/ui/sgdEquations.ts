/** Equations of the model, its symbols and the papers, in a dialog. */
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { AnyModel, Texts } from '../models/model.ts';
import { dialog, dialogHead } from './dialog.ts';
import { subscripts } from './subscripts.ts';
import { shared } from './theme.ts';

@customElement('sgd-equations')
export class SgdEquations extends LitElement {
  static override readonly styles = [
    shared,
    dialog,
    css`
      dialog {
        width: min(56rem, calc(100vw - 2rem));
      }
      .formula {
        overflow: auto;
        padding: 0.35rem 0;
        font-size: 1.1rem;
      }
      /* Fonts with stretching brackets, as systems have them. */
      math {
        font-family:
          'STIX Two Math', 'Cambria Math', 'Latin Modern Math', 'Libertinus Math', 'Noto Sans Math',
          'DejaVu Math TeX Gyre', math;
      }
      /* Classes of the build: columns of aligned lines. */
      .tml-right {
        text-align: right;
      }
      .tml-left {
        text-align: left;
      }
      mtd {
        padding-block: 0.2em;
      }
      .note,
      td {
        color: var(--muted);
      }
      table {
        border-spacing: 0 0.25rem;
        margin-top: 0.3rem;
      }
      th {
        text-align: left;
        vertical-align: top;
        padding-right: 1rem;
        font: italic 1rem/1.4 var(--math);
        white-space: nowrap;
      }
      td b {
        color: var(--fg);
        font-weight: 600;
      }
      pre {
        margin: 0.4rem 0;
        padding: 0.6rem;
        overflow: auto;
        font-size: 0.85rem;
        background: var(--surface);
        border: 1px solid var(--line);
      }
      .copy {
        border-color: var(--edge);
      }
    `,
  ];

  @property({ attribute: false }) model!: AnyModel;
  @state() private texts: Texts = { equations: [], citations: [] };
  @state() private failure = '';
  @state() private copied = -1;
  @query('dialog') private readonly box!: HTMLDialogElement;

  async show(): Promise<void> {
    this.texts = await this.model.texts();
    this.copied = -1;
    await this.updateComplete;
    this.box.showModal();
  }

  private async copy(index: number): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.texts.citations[index]!.bibtex);
      this.copied = index;
    } catch (error) {
      this.failure = `The clipboard cannot be written to: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  private symbols() {
    const described = [...Object.values(this.model.parameters), ...Object.values(this.model.observables)];
    return html`<table>
      ${described
        .filter(({ symbol }) => symbol)
        .map(
          ({ symbol, label, doc }) =>
            html`<tr>
              <th scope="row">${symbol}</th>
              <td><b>${label}</b>: ${doc}</td>
            </tr>`,
        )}
    </table>`;
  }

  protected override render() {
    return html`<dialog aria-labelledby="title">
      ${dialogHead(this.model.label, () => this.box.close())}
      <p>${this.model.doc}</p>
      ${this.texts.equations.map(
        ({ title, mathml, note }) =>
          html`<h3>${title}</h3>
            <div class="formula" tabindex="0" role="group" aria-label=${title} .innerHTML=${mathml}></div>
            <p class="note">${subscripts(note)}</p>`,
      )}
      <h3>Symbols</h3>
      ${this.symbols()}
      <h3>Papers</h3>
      ${this.texts.citations.map(
        ({ text, url, bibtex }, i) =>
          html`<p><a href=${url} rel="noreferrer">${text}</a></p>
            <pre tabindex="0" role="group" aria-label="BibTeX">${bibtex}</pre>
            <button class="copy" @click=${() => this.copy(i)}>
              ${this.copied === i ? 'Copied' : 'Copy BibTeX'}
            </button>`,
      )}
      ${this.failure ? html`<p role="alert">${this.failure}</p>` : nothing}
    </dialog>`;
  }
}
