/** <sgd-app>: the whole page, a function of the store's settings and of the experiment that runs them. */
import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Settings } from '../config/fragment.ts';
import { defaultsOf } from '../config/parameter.ts';
import type { Store } from '../config/store.ts';
import type { AnyModel } from '../models/model.ts';
import { appStyles } from './appStyles.ts';
import type { CrosshairEvent } from './charts/sgdChart.ts';
import { perTime, type TimeUnit } from './charts/timeline.ts';
import { commandOf, type Command, type CommandDetail } from './command.ts';
import { derive, setShown, type Derived } from './derived.ts';
import { allValues, labelled, settingsOf } from './describe.ts';
import { download } from './download.ts';
import { factsOf } from './facts.ts';
import { showDialog, type DialogName } from './dialogs.ts';
import { Messages } from './messages.ts';
import { Patience } from './patience.ts';
import { Session, type Machinery } from './session.ts';
import type { SgdCharts } from './sgdCharts.ts';
import type { SetDetail } from './sgdParameter.ts';
import { enginesOf, noticesOf, stateOf, type Notice } from './statusText.ts';
import './sgdBar.ts';
import './sgdCharts.ts';
import './sgdControls.ts';
import './sgdFacts.ts';
import './sgdNotices.ts';
import './sgdStatus.ts';

@customElement('sgd-app')
export class SgdApp extends LitElement {
  static override readonly styles = appStyles;

  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) models!: Readonly<Record<string, AnyModel>>;
  /** The whole link to some settings. */
  @property({ attribute: false }) linkTo!: (settings: Settings) => string;
  /** Undefined until engines are known; experiments wait for it. */
  @property({ attribute: false }) machinery: Machinery | undefined;
  @property({ type: Boolean, reflect: true }) narrow = false;
  @state() private drawer = false;
  /** Of the charts, in units of their x axis. */
  @state() private crosshair: number | undefined;
  @query('sgd-charts') private readonly charts!: SgdCharts;
  private readonly session = new Session(
    this,
    () => this.models,
    () => this.charts.refresh(),
  );
  readonly messages = new Messages(this, () => this.standing === 'running');
  private readonly small = matchMedia('(max-width: 760px)');
  private unsubscribe: (() => void) | undefined;
  private readonly patience = new Patience();
  private ticks = 0;
  /** Changes of the settings as a whole. */
  private jumps = 0;
  /** Whether the experiment is paused for a study. */
  private held = false;
  private derived: Derived | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.unsubscribe = this.store.subscribe((_, cause) => {
      if (cause !== 'edit') this.jumps++;
      this.requestUpdate();
    });
    this.small.addEventListener('change', this.onWidth);
    document.addEventListener('keydown', this.onKey);
    this.onWidth();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unsubscribe?.();
    this.small.removeEventListener('change', this.onWidth);
    document.removeEventListener('keydown', this.onKey);
  }

  private readonly onWidth = (): void => {
    this.narrow = this.small.matches;
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    this.run(command);
  };

  private get model(): AnyModel {
    return this.models[this.store.settings.model]!;
  }

  /** Time under the crosshair. */
  private get hovered(): number | undefined {
    const { crosshair, session, store } = this;
    if (crosshair === undefined || !session.recorded) return undefined;
    return crosshair / perTime(session.recorded, store.settings.view['xAxis'] as TimeUnit);
  }

  private get standing(): 'running' | 'paused' | 'finished' {
    return this.session.experiment ? stateOf(this.session.experiment) : 'running';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('machinery') && this.machinery) this.session.connect(this.machinery);
    this.session.follow(this.store.settings);
    if (this.derived?.settings !== this.store.settings) this.derived = derive(this.model, this.store);
    if (this.store.settings.view['distribution'] !== 'none') void this.loadDistribution();
    document.documentElement.classList.toggle('large', this.store.settings.view['largeType'] === true);
  }

  private run(command: Command, argument?: string): void {
    const { store, session } = this;
    const commands: Record<Command, () => unknown> = {
      toggle: () => session.toggle(),
      step: () => session.step(),
      restart: () => session.restart(),
      pin: () => session.pin(),
      link: () => this.copyLink(),
      reset: () => store.replace(this.defaults(this.model), 'jump'),
      model: () => store.replace(this.defaults(this.models[argument!]!), 'jump'),
      preset: () => {
        const preset = this.model.presets.find(({ name }) => name === argument)!;
        store.replace(settingsOf(preset, store.settings, store.schemas), 'jump');
      },
      largeType: () => store.set('largeType', !store.settings.view['largeType']),
      equations: () => this.open('equations'),
      help: () => this.open('help'),
      study: () => this.openStudy(),
      drawer: () => (this.drawer = !this.drawer),
      png: () => this.save('png', argument, this.charts.exportPng(argument)),
      svg: () => this.save('svg', argument, this.charts.exportSvg(argument)),
      csv: () => this.save('csv', argument, this.charts.exportCsv()),
    };
    commands[command]();
  }

  /** Not part of the first load. */
  private loadDistribution(): Promise<void> {
    return this.messages.attempt('law', 'The view of the law could not be loaded', async () => {
      await import('./sgdDistribution.ts');
    });
  }

  private defaults(model: AnyModel): Settings {
    return {
      model: model.name,
      config: defaultsOf(model.parameters),
      view: defaultsOf(this.store.schemas.view),
    };
  }

  private async copyLink(): Promise<void> {
    const link = this.linkTo(this.store.settings);
    try {
      await navigator.clipboard.writeText(link);
      this.messages.say('copy', 'info', 'The link to these settings is in the clipboard.');
    } catch {
      this.messages.say('copy', 'warning', `The clipboard cannot be written to; the link is ${link}`);
    }
  }

  private open(name: DialogName): Promise<void> {
    return this.messages.attempt('dialog', 'The dialog could not be opened', () =>
      showDialog(this.renderRoot as ShadowRoot, name),
    );
  }

  /** Nothing else runs during a study; the experiment goes on when the dialog is closed. */
  private openStudy(): Promise<void> {
    this.held = this.standing === 'running';
    if (this.held) this.session.toggle();
    return this.open('study');
  }

  private readonly release = (): void => {
    if (this.held && this.standing === 'paused') this.session.toggle();
    this.held = false;
  };

  private save(kind: string, observable: string | undefined, content: Promise<Blob>): Promise<void> {
    const parts = ['sgdscope', this.model.name, observable].filter(Boolean);
    const name = `${parts.join('-')}.${kind}`;
    return this.messages.attempt('save', `The ${kind.toUpperCase()} could not be made`, async () =>
      download(name, await content),
    );
  }

  private notices(strangers: readonly string[]): Notice[] {
    const { experiment, recorded } = this.session;
    const slow = experiment && this.patience.notice(experiment);
    return [
      ...(recorded ? noticesOf(recorded) : []),
      ...(slow ? [slow] : []),
      ...this.messages.notices,
      ...strangers.map((text): Notice => ({ level: 'warning', text })),
    ];
  }

  protected override render() {
    const { store, session, model, narrow } = this;
    const { config } = store.settings;
    const { story, parameters, values, charts, view, remarks, strangers } = this.derived!;
    const experiment = session.experiment;
    const facts = session.recorded ? factsOf(session.recorded) : [];
    const caption = {
      title: story.preset ? `${model.label}: ${story.title}` : model.label,
      parameters: allValues(model.parameters, experiment?.config ?? config),
      link: this.linkTo(store.settings),
      version: `sgdscope ${__VERSION__}`,
      engine: experiment ? enginesOf(experiment) : '',
    };
    return html`
      <sgd-bar
        role="banner"
        .models=${this.models}
        .model=${model}
        .preset=${story.preset}
        .state=${this.standing}
        .charts=${charts}
        ?large=${view['largeType'] === true}
        ?narrow=${narrow}
        @command=${({ detail }: CustomEvent<CommandDetail>) => this.run(detail.command, detail.argument)}
      ></sgd-bar>
      <aside id="settings" aria-label="Settings" ?hidden=${narrow && !this.drawer}>
        <sgd-controls
          .parameters=${parameters}
          .values=${values}
          .jumps=${this.jumps}
          @set=${({ detail }: CustomEvent<SetDetail>) => setShown(model, store, detail.key, detail.value)}
        ></sgd-controls>
      </aside>
      <main @set=${({ detail }: CustomEvent<SetDetail>) => setShown(model, store, detail.key, detail.value)}>
        <section class="story" aria-label="What is seen">
          <h2>${story.title}</h2>
          <p>${story.doc}</p>
          ${narrow ? nothing : html`<sgd-facts .facts=${facts}></sgd-facts>`}
        </section>
        <sgd-notices
          ?narrow=${narrow}
          .notices=${this.notices(strangers)}
          @dismiss=${({ detail }: CustomEvent<string>) => this.messages.dismiss(detail)}
        ></sgd-notices>
        <sgd-charts
          .model=${experiment?.model ?? model}
          .config=${experiment?.config ?? config}
          .view=${view}
          .experiment=${session.recorded}
          .pins=${labelled(session.pins, store.settings)}
          .caption=${caption}
          @show-change=${({ detail }: CustomEvent<readonly string[]>) => store.set('show', detail)}
          @unpin=${({ detail }: CustomEvent<number>) => session.unpin(detail)}
          @crosshair=${({ x }: CrosshairEvent) => (this.crosshair = x)}
        ></sgd-charts>
        ${
          view['distribution'] === 'none'
            ? nothing
            : html`<sgd-distribution
                .model=${experiment?.model ?? model}
                .record=${experiment?.law}
                .tick=${this.ticks}
                .view=${view}
                .caption=${caption}
                .hovered=${this.hovered}
                @pointerdown=${() => (this.crosshair = undefined)}
              ></sgd-distribution>`
        }
      </main>
      <sgd-status
        role="contentinfo"
        .experiment=${experiment}
        .tick=${this.ticks++}
        .reasons=${[...session.reasons]}
        .remarks=${remarks}
        .facts=${facts}
        ?narrow=${narrow}
      ></sgd-status>
      <sgd-equations .model=${model}></sgd-equations>
      <sgd-help .experiment=${experiment} .machinery=${this.machinery} .link=${caption.link}></sgd-help>
      <sgd-study
        .model=${model}
        .config=${config}
        .machinery=${this.machinery}
        .engine=${String(view['engine'])}
        .caption=${caption}
        @close=${this.release}
      ></sgd-study>
    `;
  }
}
