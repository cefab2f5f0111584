/** Files of features on the page: opened in a worker, made known to all workers, never sent anywhere. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Settings } from '../config/fragment.ts';
import type { FileReference } from '../config/parameter.ts';
import type { DataSet } from '../data/dataSet.ts';
import { find, keep } from '../data/shelf.ts';
import { shipped } from '../data/shipped.ts';
import { requireBytes } from '../data/size.ts';
import type { Pool } from '../engine/pool.ts';
import type { AnyModel } from '../models/model.ts';
import type { Messages } from './messages.ts';

/** What a data set is told in, under its name. */
export function describeData({ samples, dimension, constant }: DataSet): string {
  const left = constant === 0 ? '' : `, ${constant} constant left out`;
  return `${samples} samples, ${dimension} features${left}`;
}

interface Pools {
  readonly opener: Pool;
  readonly all: readonly Pool[];
}

export class DataFiles implements ReactiveController {
  private readonly host: ReactiveControllerHost;
  private readonly messages: Messages;
  private readonly onOpened: (dataSet: DataSet) => void;
  /** Where files are opened, and workers that must know what is in them; a file asked for before they are there waits. */
  private readonly pools: Promise<Pools>;
  private arrive: (pools: Pools) => void = () => undefined;
  private abort = new AbortController();
  /** Name of the file that is being opened. */
  opening: string | undefined;
  /** Hashes of shipped files that have been asked for. */
  private readonly fetched = new Set<string>();

  /** `onOpened` is called once the workers know the data set. */
  constructor(host: ReactiveControllerHost, messages: Messages, onOpened: (dataSet: DataSet) => void) {
    this.host = host;
    this.messages = messages;
    this.onOpened = onOpened;
    this.pools = new Promise((resolve) => (this.arrive = resolve));
    host.addController(this);
  }

  hostDisconnected(): void {
    this.abort.abort();
  }

  connect(opener: Pool, all: readonly Pool[]): void {
    this.arrive({ opener, all });
  }

  /** Opens what a link names where it comes with the page. */
  follow(model: AnyModel, { config }: Settings): void {
    const reference = Object.keys(model.parameters)
      .filter((key) => model.parameters[key]!.kind === 'file')
      .map((key) => config[key] as FileReference)
      .find(({ hash }) => hash !== '' && !find(hash));
    const known = shipped.find(({ hash }) => hash === reference?.hash);
    if (known && !this.fetched.has(known.hash)) void this.openShipped(known.name);
  }

  openShipped(name: string): Promise<void> {
    const { path, hash } = shipped.find((each) => each.name === name)!;
    this.fetched.add(hash);
    return this.attempt(name, async () => {
      const response = await fetch(path);
      if (!response.ok) throw new Error(`${name}: the server answers ${response.status}`);
      return response.arrayBuffer();
    });
  }

  openFile(file: File): Promise<void> {
    return this.attempt(file.name, async () => {
      requireBytes(file.name, file.size);
      return file.arrayBuffer();
    });
  }

  /** The last file asked for wins. */
  private async attempt(name: string, read: () => Promise<ArrayBuffer>): Promise<void> {
    this.abort.abort();
    const { signal } = (this.abort = new AbortController());
    this.opening = name;
    this.host.requestUpdate();
    await this.messages.attempt('data', 'The file was not opened', async () => {
      try {
        const dataSet = await this.open(name, await read(), signal);
        if (signal.aborted) return;
        this.messages.dismiss('data');
        this.onOpened(dataSet);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    });
    if (signal.aborted) return;
    this.opening = undefined;
    this.host.requestUpdate();
  }

  private async open(name: string, bytes: ArrayBuffer, signal: AbortSignal): Promise<DataSet> {
    const { opener, all } = await this.pools;
    const task = { kind: 'dataSet', name, bytes } as const;
    for await (const dataSet of opener.stream<DataSet>(0, task, signal)) {
      keep(dataSet);
      for (const pool of all) pool.keep(dataSet);
      return dataSet;
    }
    throw new Error(`${name}: the worker gave no answer`);
  }
}
