/** The one record a user sets. Everything on the page is a function of it. */
import type { AnyConfig } from './parameter.ts';
import type { Schemas, Settings } from './fragment.ts';

/** `edit`: a control was moved; `jump`: other settings as a whole (preset, reset); `link`: read from the address. */
export type Cause = 'edit' | 'jump' | 'link';

export type Listener = (settings: Settings, cause: Cause) => void;

export class Store {
  readonly schemas: Schemas;
  private current: Settings;
  private readonly listeners = new Set<Listener>();

  constructor(schemas: Schemas, settings: Settings) {
    this.schemas = schemas;
    this.current = settings;
  }

  get settings(): Settings {
    return this.current;
  }

  /** Changes one value of the model or of the view. Throws RangeError on a key that neither has. */
  set(key: string, value: unknown): void {
    const { model, config, view } = this.current;
    const change = (record: AnyConfig): AnyConfig => Object.freeze({ ...record, [key]: value });
    if (Object.hasOwn(config, key)) this.replace({ model, config: change(config), view }, 'edit');
    else if (Object.hasOwn(view, key)) this.replace({ model, config, view: change(view) }, 'edit');
    else throw new RangeError(`key ${key} is unknown; expected a key of model ${model} or of the view`);
  }

  replace(settings: Settings, cause: Cause): void {
    this.current = Object.freeze(settings);
    for (const listener of this.listeners) listener(this.current, cause);
  }

  /** Calls the listener after every change; returns what ends that. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
