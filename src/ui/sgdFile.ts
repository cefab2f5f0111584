/** Chooses a file of features by button, by dropping it here, or an example. Fires `file` with a File or a name. */
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { FileReference } from '../config/parameter.ts';
import { find } from '../data/shelf.ts';
import { shipped } from '../data/shipped.ts';
import { describeData } from './dataFiles.ts';
import { shared } from './theme.ts';

/** A file of the user, or the name of one that comes with the page. */
export type FileDetail = File | string;

declare global {
  interface HTMLElementEventMap {
    file: CustomEvent<FileDetail>;
  }
}

@customElement('sgd-file')
export class SgdFile extends LitElement {
  static override readonly styles = [
    shared,
    css`
      :host {
        display: block;
        padding: 0.3rem 0.5rem 0.4rem;
        border: 1px dashed var(--edge);
        border-radius: 0.3rem;
        font-size: 0.9rem;
        line-height: 1.35;
      }
      :host([over]) {
        border-color: var(--accent);
        background: color-mix(in srgb, var(--accent) 12%, transparent);
      }
      b {
        overflow-wrap: anywhere;
      }
      p {
        color: var(--muted);
      }
      div {
        display: flex;
        flex-wrap: wrap;
        gap: 0.35rem;
        padding-top: 0.3rem;
      }
      button {
        min-height: 1.8rem;
        border-color: var(--edge);
      }
    `,
  ];

  @property({ attribute: false }) value!: FileReference;
  /** Name of the file that is being opened. */
  @property({ attribute: false }) opening: string | undefined;
  @property({ type: Boolean, reflect: true }) over = false;

  constructor() {
    super();
    this.addEventListener('dragover', (event) => {
      event.preventDefault();
      this.over = true;
    });
    this.addEventListener('dragleave', () => (this.over = false));
    this.addEventListener('drop', () => (this.over = false));
  }

  private fire(detail: FileDetail): void {
    this.dispatchEvent(new CustomEvent('file', { detail, bubbles: true, composed: true }));
  }

  private onChosen(input: HTMLInputElement): void {
    const [file] = input.files ?? [];
    if (file) this.fire(file);
    // The same file may be chosen again once it has been mended.
    input.value = '';
  }

  private get standing() {
    const { name, hash } = this.value;
    if (this.opening !== undefined)
      return html`<b>${this.opening}</b>
        <p role="status">is being opened …</p>`;
    if (name === '') return html`<p>Drop a CSV or NPY file here: rows are samples, columns are features.</p>`;
    const dataSet = find(hash);
    return html`<b>${name}</b>
      <p>${dataSet ? describeData(dataSet) : 'is not open: choose this very file'}</p>`;
  }

  protected override render() {
    const known = shipped.find(({ hash }) => hash === this.value.hash);
    return html`
      ${this.standing} ${known ? html`<p>${known.source}</p>` : nothing}
      <div>
        <button @click=${() => this.renderRoot.querySelector('input')!.click()}>Choose a file</button>
        ${shipped
          .filter(({ hash }) => hash !== this.value.hash)
          .map(({ name, title }) => html`<button @click=${() => this.fire(name)}>Example: ${title}</button>`)}
        <input
          type="file"
          hidden
          accept=".csv,.tsv,.txt,.npy"
          aria-label="data file"
          @change=${(event: Event) => this.onChosen(event.target as HTMLInputElement)}
        />
      </div>
    `;
  }
}
