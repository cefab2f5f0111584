/** What each command does. */
import type { ReactiveControllerHost } from 'lit';
import type { Settings } from '../config/fragment.ts';
import { defaultsOf } from '../config/parameter.ts';
import type { Store } from '../config/store.ts';
import type { DataSet } from '../data/dataSet.ts';
import type { Library } from '../models/library.ts';
import type { AnyModel } from '../models/model.ts';
import type { Command } from './command.ts';
import type { Derived } from './derived.ts';
import type { DataFiles } from './dataFiles.ts';
import { settingsIn, settingsOf } from './describe.ts';
import { showDialog, type DialogName } from './dialogs.ts';
import { download } from './download.ts';
import type { Messages } from './messages.ts';
import type { Session } from './session.ts';
import type { SgdCharts } from './sgdCharts.ts';
import { stateOf } from './statusText.ts';

/** What commands act on. */
export interface Stage extends ReactiveControllerHost {
  readonly store: Store;
  readonly library: Library;
  readonly session: Session;
  readonly messages: Messages;
  readonly charts: SgdCharts;
  /** Where the dialogs are. */
  readonly renderRoot: ParentNode;
  /** The whole link to some settings. */
  linkTo(settings: Settings): string;
  toggleDrawer(): void;
}

export class Actions {
  private readonly stage: Stage;
  /** Whether the experiment is paused for a study. */
  private held = false;
  /** The model asked for last: of several that are being loaded only that one is shown. */
  private awaited = '';

  constructor(stage: Stage) {
    this.stage = stage;
  }

  run(command: Command, argument = ''): void {
    const { store, session, charts } = this.stage;
    const commands: Record<Command, () => unknown> = {
      toggle: () => session.toggle(),
      step: () => session.step(),
      restart: () => session.restart(),
      pin: () => session.pin(),
      link: () => this.copyLink(),
      reset: () => store.replace(this.defaults, 'jump'),
      model: () =>
        this.toModel(argument, (model) => settingsIn(model, this.model, store.settings, store.schemas)),
      preset: () => this.toPreset(argument),
      allPresets: () => this.loadAll(),
      largeType: () => store.set('largeType', !store.settings.view['largeType']),
      equations: () => this.open('equations'),
      help: () => this.open('help'),
      study: () => this.openStudy(),
      drawer: () => this.stage.toggleDrawer(),
      png: () => this.save('png', argument, charts.exportPng(argument || undefined)),
      svg: () => this.save('svg', argument, charts.exportSvg(argument || undefined)),
      csv: () => this.save('csv', '', charts.exportCsv(argument === 'runs')),
    };
    commands[command]();
  }

  /** The experiment goes on where it was paused for a study. */
  readonly endStudy = (): void => {
    if (this.held && this.standing === 'paused') this.stage.session.toggle();
    this.held = false;
  };

  /** Where the model takes files; a file of the user, or the name of one that comes with the page. */
  openData(files: DataFiles, file: File | string): void {
    const { label, opened } = this.model;
    if (!opened) {
      this.stage.messages.say('data', 'warning', `${label} takes no file of features: choose another model.`);
    } else if (typeof file === 'string') void files.openShipped(file);
    else void files.openFile(file);
  }

  /** Also starts what has waited for this data set. */
  takeOver(dataSet: DataSet): void {
    const { store } = this.stage;
    const { model, config, view } = store.settings;
    const taken = Object.freeze({ ...config, ...this.model.opened?.(dataSet) });
    store.replace({ model, config: taken, view }, 'edit');
  }

  /** Elements that are not part of the first load, as the settings ask for them. */
  loadElements({ view, sketches }: Derived): void {
    const load = (what: string, element: () => Promise<unknown>) =>
      this.stage.messages.attempt(
        what,
        `The ${what} could not be loaded`,
        async () => void (await element()),
      );
    if (view['distribution'] !== 'none') void load('view of the law', () => import('./sgdDistribution.ts'));
    if (view['maps'] === true) void load('maps', () => import('./sgdFields.ts'));
    if (this.model.opened) void load('choice of a file', () => import('./sgdFile.ts'));
    if (Object.keys(sketches).length > 0)
      void load('picture of the spectrum', () => import('./sgdSketch.ts'));
  }

  private get model(): AnyModel {
    return this.stage.library.get(this.stage.store.settings.model);
  }

  private get standing() {
    const { experiment } = this.stage.session;
    return experiment && stateOf(experiment);
  }

  private get defaults(): Settings {
    return {
      model: this.model.name,
      config: defaultsOf(this.model.parameters),
      view: defaultsOf(this.stage.store.schemas.view),
    };
  }

  private toModel(name: string, settings: (model: AnyModel) => Settings): Promise<void> {
    const { library, messages, store } = this.stage;
    this.awaited = name;
    return messages.attempt('model', `Model ${name} could not be loaded`, async () => {
      const model = await library.load(name);
      if (this.awaited === name) store.replace(settings(model), 'jump');
    });
  }

  /** "dln/catapult" */
  private toPreset(path: string): Promise<void> {
    const { store } = this.stage;
    const [model = '', preset] = path.split('/');
    return this.toModel(model, ({ presets }) => {
      const wanted = presets.find(({ name }) => name === preset)!;
      return settingsOf(model, wanted, store.settings, store.schemas);
    });
  }

  private loadAll(): Promise<void> {
    const { library, messages } = this.stage;
    return messages.attempt('model', 'The presets of the other models could not be loaded', async () => {
      await Promise.all(library.catalogue.map(({ name }) => library.load(name)));
      this.stage.requestUpdate();
    });
  }

  private async copyLink(): Promise<void> {
    const { messages, store } = this.stage;
    const link = this.stage.linkTo(store.settings);
    try {
      await navigator.clipboard.writeText(link);
      messages.say('copy', 'info', 'The link to these settings is in the clipboard.');
    } catch {
      messages.say('copy', 'warning', `The clipboard cannot be written to; the link is ${link}`);
    }
  }

  private open(name: DialogName): Promise<void> {
    return this.stage.messages.attempt('dialog', 'The dialog could not be opened', () =>
      showDialog(this.stage.renderRoot, name),
    );
  }

  /** Nothing else runs during a study. */
  private openStudy(): Promise<void> {
    this.held = this.standing === 'running';
    if (this.held) this.stage.session.toggle();
    return this.open('study');
  }

  private save(kind: string, observable: string, content: Promise<Blob>): Promise<void> {
    const parts = ['sgdscope', this.model.name, observable].filter(Boolean);
    const name = `${parts.join('-')}.${kind}`;
    return this.stage.messages.attempt('save', `The ${kind.toUpperCase()} could not be made`, async () =>
      download(name, await content),
    );
  }
}
