/** <sgd-app>: the whole page, a function of the store's settings and of the experiment that runs them. */
import { LitElement, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Settings } from '../config/fragment.ts';
import type { Store } from '../config/store.ts';
import type { Library } from '../models/library.ts';
import type { AnyModel } from '../models/model.ts';
import { Actions } from './actions.ts';
import { appStyles } from './appStyles.ts';
import type { CrosshairEvent } from './charts/sgdChart.ts';
import { perTime, type TimeUnit } from './charts/timeline.ts';
import { DataFiles } from './dataFiles.ts';
import { derive, setShown, type Derived } from './derived.ts';
import { allValues, labelled } from './describe.ts';
import { factsOf } from './facts.ts';
import type { Named } from './fields/readout.ts';
import { Messages } from './messages.ts';
import type { Patience } from './patience.ts';
import { Session, type Machinery } from './session.ts';
import type { SgdCharts } from './sgdCharts.ts';
import type { SetDetail } from './sgdParameter.ts';
import { enginesOf, noticesOf, stateOf, type Notice } from './statusText.ts';
import { Surroundings } from './surroundings.ts';
import './sgdBar.ts';
import './sgdCharts.ts';
import './sgdControls.ts';
import './sgdFacts.ts';
import './sgdNotices.ts';
import './sgdStatus.ts';

/** Seconds left from which on there may be something to say. */
const WHILE = 60;

@customElement('sgd-app')
export class SgdApp extends LitElement {
  static override readonly styles = appStyles;

  @property({ attribute: false }) store!: Store;
  @property({ attribute: false }) library!: Library;
  /** The whole link to some settings. */
  @property({ attribute: false }) linkTo!: (settings: Settings) => string;
  /** Undefined until engines are known; experiments wait for it. */
  @property({ attribute: false }) machinery: Machinery | undefined;
  @property({ type: Boolean, reflect: true }) narrow = false;
  @state() private drawer = false;
  /** Of the charts, in units of their x axis. */
  @state() private crosshair: number | undefined;
  @query('sgd-charts') readonly charts!: SgdCharts;
  readonly session = new Session(
    this,
    (name) => this.library.get(name),
    () => this.charts.refresh(),
  );
  readonly messages = new Messages(this, () => this.standing === 'running');
  private readonly actions = new Actions(this);
  private readonly files = new DataFiles(this, this.messages, (dataSet) => this.actions.takeOver(dataSet));
  private unsubscribe: (() => void) | undefined;
  /** Loaded for the first experiment that takes a while. */
  private patience: Patience | undefined;
  private asked = false;
  private ticks = 0;
  /** Changes of the settings as a whole. */
  private jumps = 0;
  private derived: Derived | undefined;
  private shownFields: readonly Named[] = [];

  constructor() {
    super();
    this.addEventListener('command', ({ detail: { command, argument } }) =>
      this.actions.run(command, argument),
    );
    this.addEventListener('file', ({ detail }) => this.actions.openData(this.files, detail));
    void new Surroundings(this, {
      onCommand: (command) => this.actions.run(command),
      onFile: (file) => this.actions.openData(this.files, file),
      onWidth: (narrow) => (this.narrow = narrow),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.unsubscribe = this.store.subscribe((_, cause) => {
      if (cause !== 'edit') this.jumps++;
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unsubscribe?.();
  }

  toggleDrawer(): void {
    this.drawer = !this.drawer;
  }

  private get model(): AnyModel {
    return this.library.get(this.store.settings.model);
  }

  /** Time under the crosshair. */
  private get hovered(): number | undefined {
    const { crosshair, session, store } = this;
    if (crosshair === undefined || !session.recorded) return undefined;
    return crosshair / perTime(session.recorded, store.settings.view['xAxis'] as TimeUnit);
  }

  private get standing(): 'running' | 'paused' | 'finished' | 'blocked' {
    const { experiment, problem } = this.session;
    return experiment ? stateOf(experiment) : problem === undefined ? 'running' : 'blocked';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('machinery') && this.machinery) {
      const { limits, simulators } = this.machinery;
      this.session.connect(this.machinery);
      this.files.connect(limits, [limits, simulators]);
    }
    this.files.follow(this.model, this.store.settings);
    this.session.follow(this.store.settings);
    if (this.derived?.settings !== this.store.settings) this.derived = derive(this.model, this.store);
    this.actions.loadElements(this.derived);
    // What the history of the browser lists.
    const { title } = this.derived.story;
    const { label } = this.model;
    document.title = `${title === label ? '' : `${title} · `}${label} · sgdscope`;
    document.documentElement.classList.toggle('large', this.store.settings.view['largeType'] === true);
  }

  /** Functions of two times that limits give; the same list while these are the same. */
  private get fields(): readonly Named[] {
    const sources = this.session.recorded?.sources ?? [];
    const now = sources.flatMap(({ label, fields = [] }) => fields.map((field) => ({ limit: label, field })));
    const same =
      now.length === this.shownFields.length &&
      now.every(({ field }, i) => field === this.shownFields[i]!.field);
    if (!same) this.shownFields = now;
    return this.shownFields;
  }

  private loadPatience(): void {
    if (this.asked) return;
    this.asked = true;
    void this.messages.attempt('time', 'What to lower could not be loaded', async () => {
      const { Patience } = await import('./patience.ts');
      this.patience = new Patience();
      this.requestUpdate();
    });
  }

  private get notices(): Notice[] {
    const { experiment, recorded } = this.session;
    const { problem, strangers } = this.derived!;
    if (experiment && experiment.timeLeft > WHILE && experiment.timeLeft < Infinity) this.loadPatience();
    const slow = experiment && this.patience?.notice(experiment);
    return [
      ...(problem === undefined ? [] : [{ level: 'error' as const, text: `Not started: ${problem}` }]),
      ...(recorded ? noticesOf(recorded) : []),
      ...(slow ? [slow] : []),
      ...this.messages.notices,
      ...strangers.map((text): Notice => ({ level: 'warning', text })),
    ];
  }

  protected override render() {
    const { store, session, model, narrow } = this;
    const { config } = store.settings;
    const { story, parameters, values, charts, view, problem, remarks, sketches } = this.derived!;
    const { notices } = this;
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
        .library=${this.library}
        .loaded=${this.library.size}
        .model=${model}
        .preset=${story.preset}
        .state=${this.standing}
        .charts=${charts}
        ?large=${view['largeType'] === true}
        ?narrow=${narrow}
      ></sgd-bar>
      <aside id="settings" aria-label="Settings" ?hidden=${narrow && !this.drawer}>
        <sgd-controls
          .catalogue=${this.library.catalogue}
          .model=${model}
          .problem=${problem}
          .parameters=${parameters}
          .values=${values}
          .sketches=${sketches}
          .jumps=${this.jumps}
          .opening=${this.files.opening}
          @set=${({ detail }: CustomEvent<SetDetail>) => setShown(model, store, detail.key, detail.value)}
        ></sgd-controls>
      </aside>
      <main @set=${({ detail }: CustomEvent<SetDetail>) => setShown(model, store, detail.key, detail.value)}>
        <section class="story ${notices.length > 0 ? 'told' : ''}" aria-label="What is seen">
          ${narrow && story.title !== model.label ? html`<p class="kicker">${model.label}</p>` : nothing}
          <h2>${story.title}</h2>
          <p title=${story.doc}>${story.doc}</p>
        </section>
        <sgd-notices
          .notices=${notices}
          @dismiss=${({ detail }: CustomEvent<string>) => this.messages.dismiss(detail)}
        ></sgd-notices>
        ${narrow ? nothing : html`<sgd-facts .facts=${facts}></sgd-facts>`}
        <sgd-charts
          .model=${experiment?.model ?? model}
          .config=${experiment?.config ?? config}
          .view=${view}
          .experiment=${session.recorded}
          .problem=${problem}
          .pins=${labelled(session.pins, store.settings)}
          .caption=${caption}
          @show-change=${({ detail }: CustomEvent<readonly string[]>) => store.set('show', detail)}
          @unpin=${({ detail }: CustomEvent<number>) => session.unpin(detail)}
          @crosshair=${({ x }: CrosshairEvent) => (this.crosshair = x)}
        ></sgd-charts>
        ${
          view['maps'] === true
            ? html`<sgd-fields .fields=${this.fields} .view=${view} .caption=${caption}></sgd-fields>`
            : nothing
        }
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
        ?blocked=${this.standing === 'blocked'}
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
        @close=${this.actions.endStudy}
      ></sgd-study>
    `;
  }
}
