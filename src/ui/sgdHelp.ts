/** What is seen on the page, which keys do what, and how fast the page is, in a dialog. */
import { LitElement, css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { keys } from './command.ts';
import { dialog, dialogHead } from './dialog.ts';
import { performanceOf } from './performance.ts';
import type { Machinery } from './session.ts';
import type { Standing } from './statusText.ts';
import { shared } from './theme.ts';

/** Frames whose times are kept, and milliseconds between two looks at them. */
const FRAMES = 120;
const LOOK = 500;

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
        overflow-wrap: anywhere;
      }
      .copy {
        border-color: var(--edge);
      }
    `,
  ];

  @property({ attribute: false }) experiment: Standing | undefined;
  @property({ attribute: false }) machinery: Machinery | undefined;
  /** The link to the present settings. */
  @property() link = '';
  @state() private told: ReturnType<typeof performanceOf> = [];
  @state() private copied = '';
  @query('dialog') private readonly box!: HTMLDialogElement;
  /** Milliseconds between the last frames. */
  private intervals: number[] = [];
  private last = NaN;
  private lookedAt = 0;

  show(): void {
    this.intervals = [];
    this.last = NaN;
    this.copied = '';
    this.box.showModal();
    requestAnimationFrame(this.watch);
  }

  /** Measures frames while the dialog is open. */
  private readonly watch = (now: number): void => {
    if (!this.box.open) return;
    if (now > this.last) this.intervals = [...this.intervals, now - this.last].slice(-FRAMES);
    this.last = now;
    if (now - this.lookedAt > LOOK) {
      this.lookedAt = now;
      this.told = performanceOf(this.experiment, this.machinery, this.intervals);
    }
    requestAnimationFrame(this.watch);
  };

  private async copy(): Promise<void> {
    const lines = [...this.told, ['settings', this.link]].map(([label, value]) => `${label}: ${value}`);
    try {
      await navigator.clipboard.writeText(`${lines.join('\n')}\n`);
      this.copied = 'Copied.';
    } catch (error) {
      this.copied = `The clipboard cannot be written to: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  protected override render() {
    return html`<dialog aria-labelledby="title">
      ${dialogHead('Help', () => this.box.close())}
      <p>
        Each chart shows one quantity while the optimiser learns. Coloured lines are the median over
        independent runs, the bands hold the middle 80 % of them; the thin line on top is the deterministic
        limit of infinite dimension: in black or white, or in a deeper shade of the colour of the process it
        predicts. Where theory says how far runs scatter, about 95 % of them lie between two dashed lines. The
        page stops at the horizon T. Pinned curves stay, faded, while you change settings. A page out of sight
        goes on computing at full speed, and draws what it has as soon as it is seen again.
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
      <h3>Performance</h3>
      <dl class="numbers">
        ${this.told.map(
          ([label, value]) =>
            html`<dt>${label}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      <p>
        <button class="copy" @click=${() => this.copy()}>Copy for a bug report</button>
        <span role="status">${this.copied}</span>
      </p>
      <p>sgdscope ${__VERSION__} runs in this page alone; nothing is sent anywhere.</p>
    </dialog>`;
  }
}
