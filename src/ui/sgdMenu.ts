/** A button that opens a panel over the page: <sgd-menu label="Presets" .icon=${'list'}>panel</sgd-menu>. */
import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { icon, type IconName } from './icons.ts';
import { shared } from './theme.ts';

@customElement('sgd-menu')
export class SgdMenu extends LitElement {
  static override readonly styles = [
    shared,
    css`
      [popover] {
        position: fixed;
        inset: auto;
        margin: 0;
        padding: 0.4rem;
        width: max-content;
        max-width: calc(100vw - 1rem);
        max-height: calc(100dvh - 5rem);
        overflow: auto;
        overscroll-behavior: contain;
        color: var(--fg);
        background: var(--bg);
        border: 1px solid var(--edge);
        border-radius: 0.5rem;
        box-shadow: 0 0.5rem 2rem rgb(0 0 0 / 0.25);
      }
    `,
  ];

  @property() label = '';
  @property() icon: IconName = 'list';
  /** Shows the icon alone; the label is its tooltip. */
  @property({ type: Boolean }) compact = false;
  @query('button') private readonly button!: HTMLButtonElement;
  @query('[popover]') private readonly panel!: HTMLElement;

  close(): void {
    this.panel.hidePopover();
  }

  private place({ newState }: ToggleEvent): void {
    if (newState !== 'open') return;
    const anchor = this.button.getBoundingClientRect();
    const { width, height } = this.panel.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const gap = 4;
    const below = anchor.bottom + gap + height <= clientHeight;
    const top = below ? anchor.bottom + gap : Math.max(gap, anchor.top - gap - height);
    const left = Math.max(gap, Math.min(anchor.left, clientWidth - width - 2 * gap));
    this.panel.style.translate = `${left}px ${top}px`;
    this.panel.style.left = '0';
    this.panel.style.top = '0';
  }

  protected override render() {
    return html`
      <button
        popovertarget="panel"
        aria-label=${this.compact ? this.label : nothing}
        title=${this.compact ? this.label : nothing}
      >
        ${icon(this.icon)} ${this.compact ? '' : this.label}
      </button>
      <div id="panel" popover role="group" aria-label=${this.label} @toggle=${this.place}>
        <slot></slot>
      </div>
    `;
  }
}
