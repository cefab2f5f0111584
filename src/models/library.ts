/** Models by name, each loaded when it is first asked for. */
import type { Parameters } from '../config/parameter.ts';
import type { About, AnyModel } from './model.ts';

/** A line of the registry. */
export interface Entry extends About {
  load(): Promise<AnyModel>;
}

export class Library {
  /** In order; the first model is the default. */
  readonly catalogue: readonly Entry[];
  /** Parameters by model, in order; undefined until the model is loaded. */
  readonly parameters: Readonly<Record<string, Parameters | undefined>>;
  private readonly loaded: Record<string, Parameters | undefined>;
  private readonly models = new Map<string, AnyModel>();

  constructor(catalogue: readonly Entry[]) {
    this.catalogue = catalogue;
    this.parameters = this.loaded = Object.fromEntries(catalogue.map(({ name }) => [name, undefined]));
  }

  /** How many models have been loaded. */
  get size(): number {
    return this.models.size;
  }

  /** A model that has been loaded; throws RangeError otherwise. */
  get(name: string): AnyModel {
    const model = this.models.get(name);
    if (!model) {
      const known = [...this.models.keys()].join(', ');
      throw new RangeError(`model ${name} is not loaded; expected one of ${known}`);
    }
    return model;
  }

  /** Throws RangeError on a name that is not in the catalogue, and whatever the network throws. */
  async load(name: string): Promise<AnyModel> {
    const known = this.models.get(name);
    if (known) return known;
    const entry = this.catalogue.find((each) => each.name === name);
    if (!entry) {
      const names = this.catalogue.map((each) => each.name).join(', ');
      throw new RangeError(`model ${name} is unknown; expected one of ${names}`);
    }
    const model = await entry.load();
    this.models.set(name, model);
    this.loaded[name] = model.parameters;
    return model;
  }
}
