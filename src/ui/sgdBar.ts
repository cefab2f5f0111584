/** The bar above: what is shown, playback, and what can be taken away. Fires `command`. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, queryAll } from 'lit/decorators.js';
import type { Library } from '../models/library.ts';
import type { AnyModel } from '../models/model.ts';
import { barStyles } from './barStyles.ts';
import { ask, type Command } from './command.ts';
import { icon, type IconName } from './icons.ts';
import type { SgdMenu } from './sgdMenu.ts';
import './sgdMenu.ts';

@customElement('sgd-bar')
export class SgdBar extends LitElement {
  static override readonly styles = barStyles;

  @property({ attribute: false }) library!: Library;
  /** How many models are loaded: their presets can be shown. */
  @property({ type: Number }) loaded = 0;
  @property({ attribute: false }) model!: AnyModel;
  /** Name of the preset that the settings are. */
  @property() preset = '';
  @property() state: 'running' | 'paused' | 'finished' | 'blocked' = 'running';
  /** Observables that have a chart. */
  @property({ attribute: false }) charts: readonly string[] = [];
  @property({ type: Boolean }) large = false;
  /** Icons alone, everything but playback in one menu. */
  @property({ type: Boolean, reflect: true }) narrow = false;
  @queryAll('sgd-menu') private readonly menus!: NodeListOf<SgdMenu>;

  private readonly ask = (command: Command, argument?: string) => () => {
    for (const menu of this.menus) menu.close();
    ask(this, command, argument);
  };

  private button(name: IconName, command: Command, label: string, key = ''): TemplateResult {
    const title = key ? `${label} (${key})` : label;
    return html`<button aria-label=${label} title=${title} @click=${this.ask(command)}>
      ${icon(name)}
    </button>`;
  }

  private item(label: string, command: Command, argument?: string): TemplateResult {
    return html`<button @click=${this.ask(command, argument)}>${label}</button>`;
  }

  private playback(): TemplateResult {
    const play = this.state !== 'running';
    const label = { running: 'Pause', paused: 'Resume', finished: 'Replay', blocked: 'Play' }[this.state];
    return html`
      <button
        class="primary"
        aria-label=${label}
        title="${label} (space)"
        ?disabled=${this.state === 'blocked'}
        @click=${this.ask('toggle')}
      >
        ${icon(play ? 'play' : 'pause')} ${this.narrow ? nothing : label}
      </button>
      ${this.button('step', 'step', 'Step: one recorded time further', 's')}
      ${this.button('restart', 'restart', 'Restart', 'r')}
      ${this.button('pin', 'pin', 'Pin the present curves', 'p')}
    `;
  }

  private presetsOf({ name: model, presets }: AnyModel): TemplateResult {
    return html`<div class="presets">
      ${presets.map(
        ({ name, title, doc }) =>
          html`<button
            class="preset"
            data-preset=${name}
            aria-current=${model === this.model.name && name === this.preset}
            @click=${this.ask('preset', `${model}/${name}`)}
          >
            <b>${title}</b><span>${doc}</span>
          </button>`,
      )}
    </div>`;
  }

  /** Those of the present model, then those of others as far as these are loaded. */
  private presets(): TemplateResult {
    const { catalogue, parameters } = this.library;
    const others = catalogue.filter(({ name }) => name !== this.model.name);
    const known = others.filter(({ name }) => parameters[name]);
    return html`<sgd-menu label="Presets" .icon=${'list'} ?compact=${this.narrow}>
      ${others.length > 0 ? html`<h2>${this.model.label}</h2>` : nothing} ${this.presetsOf(this.model)}
      ${known.map(
        ({ name, label }) =>
          html`<h2>${label}</h2>
            ${this.presetsOf(this.library.get(name))}`,
      )}
      ${
        known.length < others.length
          ? html`<button @click=${() => ask(this, 'allPresets')}>Presets of all models</button>`
          : nothing
      }
    </sgd-menu>`;
  }

  private exports(): TemplateResult {
    const label = (name: string) => this.model.observables[name]!.label;
    return html`
      ${this.item('PNG of all charts', 'png')} ${this.item('CSV of all points', 'csv')}
      ${this.item('CSV with single runs', 'csv', 'runs')}
      <hr />
      ${this.charts.map(
        (name) =>
          html`${this.item(`PNG: ${label(name)}`, 'png', name)}
          ${this.item(`SVG: ${label(name)}`, 'svg', name)}`,
      )}
    `;
  }

  private others(): TemplateResult {
    if (this.narrow) {
      return html`<sgd-menu label="More" .icon=${'more'} compact>
        ${this.item('Copy link', 'link')} ${this.item('Reset to defaults', 'reset')}
        ${this.item('Finite-d study', 'study')} ${this.item('Equations and papers', 'equations')}
        ${this.item('Keys and help', 'help')}
        ${this.item(this.large ? 'Normal type' : 'Large type', 'largeType')}
        <hr />
        ${this.exports()}
      </sgd-menu>`;
    }
    return html`
      <sgd-menu label="Export" .icon=${'download'}>${this.exports()}</sgd-menu>
      <button @click=${this.ask('link')}>${icon('link')} Copy link</button>
      <span class="rule"></span>
      ${this.button('reset', 'reset', 'Reset to defaults')}
      ${this.button('study', 'study', 'Finite-d study: deviation from the limit against d')}
      ${this.button('formula', 'equations', 'Equations and papers')}
      <button
        aria-label="Large type"
        title="Large type"
        aria-pressed=${this.large}
        @click=${this.ask('largeType')}
      >
        ${icon('type')}
      </button>
      ${this.button('help', 'help', 'Keys and help', '?')}
    `;
  }

  protected override render() {
    return html`
      <h1 class=${this.narrow ? 'unseen' : ''}>sgdscope</h1>
      ${this.presets()}
      <span class="rule"></span>
      ${this.playback()}
      <span class="space"></span>
      ${this.narrow ? this.button('sliders', 'drawer', 'Settings') : nothing} ${this.others()}
    `;
  }
}
