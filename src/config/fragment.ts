/**
 * The link: `#v=1&model=dln&dimension=4096&stepSize=0.3`. Canonical order, values at their default and values
 * without a meaning under the other choices omitted, so that equal settings have equal links.
 */
import { nearestWord } from './nearest.ts';
import { conditionText, defaultsOf, isActive, type AnyConfig, type Parameters } from './parameter.ts';

/** Version of keys, ranges and defaults; a change of any of them raises it and adds a migration. */
export const VERSION = 1;

/** migrations[i] turns the fields of version i + 1 into those of version i + 2. */
const migrations: readonly ((fields: ReadonlyMap<string, string>) => Map<string, string>)[] = [];

/** Everything a user has set. */
export interface Settings {
  readonly model: string;
  readonly config: AnyConfig;
  /** How it is shown and on which engine it runs; never changes a number. */
  readonly view: AnyConfig;
}

export interface Schemas {
  /** By model name, the first one is the default; undefined while a model is not loaded. */
  readonly models: Readonly<Record<string, Parameters | undefined>>;
  readonly view: Parameters;
}

/** A field that was not taken over; `message` says what is accepted. */
export interface Problem {
  readonly key: string;
  readonly value: string;
  readonly message: string;
  /** The message where there is little room. */
  readonly brief?: string;
}

export interface Decoded {
  readonly settings: Settings;
  readonly problems: readonly Problem[];
}

function splitFields(fragment: string, problems: Problem[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (const part of fragment.split('&').filter(Boolean)) {
    const cut = part.indexOf('=');
    const key = cut < 0 ? part : part.slice(0, cut);
    const raw = cut < 0 ? '' : part.slice(cut + 1);
    let value = raw;
    try {
      value = decodeURIComponent(raw);
    } catch {
      problems.push({ key, value: raw, message: 'expected percent-encoded text' });
      continue;
    }
    if (fields.has(key)) problems.push({ key, value, message: 'is given twice; expected once' });
    else fields.set(key, value);
  }
  return fields;
}

function migrate(fields: Map<string, string>, problems: Problem[]): Map<string, string> {
  const text = fields.get('v') ?? String(VERSION);
  fields.delete('v');
  const version = Number(text);
  if (!Number.isInteger(version) || version < 1 || version > VERSION) {
    const known = VERSION > 1 ? `versions 1 to ${VERSION}` : 'version 1';
    problems.push({ key: 'v', value: text, message: `expected ${known}`, brief: `this page reads ${known}` });
    return fields;
  }
  return migrations.slice(version - 1).reduce((old, migration) => migration(old), fields);
}

/** Parameters of a model that is loaded; throws RangeError otherwise. */
export function parametersOf({ models }: Schemas, model: string): Parameters {
  const parameters = models[model];
  if (!parameters) throw new RangeError(`model ${model} is not loaded`);
  return parameters;
}

/** The defaults overridden by what the fields say; good fields are kept, bad ones become problems. */
export function applyFields(
  fields: ReadonlyMap<string, string>,
  schemas: Schemas,
  problems: Problem[] = [],
): Settings {
  const names = Object.keys(schemas.models);
  const wanted = fields.get('model') ?? names[0]!;
  const known = Object.hasOwn(schemas.models, wanted);
  const model = known ? wanted : names[0]!;
  if (!known) {
    problems.push({ key: 'model', value: wanted, message: `expected one of ${names.join(', ')}` });
  }
  const own = parametersOf(schemas, model);
  const parameters: Parameters = { ...own, ...schemas.view };
  const values: Record<string, unknown> = { ...defaultsOf(parameters) };
  const given: string[] = [];
  for (const [key, value] of fields) {
    if (key === 'model') continue;
    if (!Object.hasOwn(parameters, key)) {
      const accepted = ['v', 'model', ...Object.keys(parameters)];
      const start = `is not a key of model ${model}`;
      const near = nearestWord(key, accepted);
      const brief = near === undefined ? start : `${start}; did you mean ${near}?`;
      problems.push({
        key,
        value,
        message: near === undefined ? `${start}; expected one of ${accepted.join(', ')}` : brief,
        brief,
      });
      continue;
    }
    try {
      values[key] = parameters[key]!.parse(value);
      given.push(key);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems.push({ key, value, message: `expected ${error.message}` });
    }
  }
  for (const key of given) {
    if (isActive(parameters, values, key)) continue;
    problems.push({
      key,
      value: fields.get(key)!,
      message: `is accepted ${conditionText(parameters[key]!)} only`,
    });
    values[key] = parameters[key]!.default;
  }
  const pick = (keys: Parameters): AnyConfig =>
    Object.freeze(Object.fromEntries(Object.keys(keys).map((key) => [key, values[key]])));
  return { model, config: pick(own), view: pick(schemas.view) };
}

/** Fields of a link, or of what follows # in it. */
function fieldsIn(text: string, problems: Problem[]): Map<string, string> {
  const hash = text.indexOf('#');
  const fragment = hash >= 0 ? text.slice(hash + 1) : text.includes('://') ? '' : text;
  return migrate(splitFields(fragment, problems), problems);
}

/** The model that a link is about, loaded or not; the default where it names none that is known. */
export function modelIn(text: string, { models }: Schemas): string {
  const wanted = fieldsIn(text, []).get('model');
  return wanted !== undefined && Object.hasOwn(models, wanted) ? wanted : Object.keys(models)[0]!;
}

/** Reads a link, or what follows # in it, whose model is loaded. Never throws on user input. */
export function decodeFragment(text: string, schemas: Schemas): Decoded {
  const problems: Problem[] = [];
  const fields = fieldsIn(text, problems);
  const settings = applyFields(fields, schemas, problems);
  return { settings, problems };
}

/** Text of every value that differs from its default, by key in canonical order. */
export function changedFields(parameters: Parameters, config: AnyConfig): [key: string, text: string][] {
  return Object.entries(parameters)
    .map(([key, parameter]): [string, string] => [key, parameter.format(config[key])])
    .filter(([key, text]) => {
      const parameter = parameters[key]!;
      return isActive(parameters, config, key) && text !== parameter.format(parameter.default);
    });
}

/**
 * These settings in another model, which is loaded: values that the user has changed are kept where the model knows
 * them and takes them, everything else is at the default of the model.
 */
export function inModel({ model, config, view }: Settings, other: string, schemas: Schemas): Settings {
  const changed = changedFields(parametersOf(schemas, model), config);
  const { config: kept } = applyFields(new Map([['model', other], ...changed]), schemas);
  return { model: other, config: kept, view };
}

/** What follows # in the link, without the #. */
export function encodeFragment(settings: Settings, schemas: Schemas): string {
  const fields = [
    ['v', String(VERSION)],
    ['model', settings.model],
    ...changedFields(parametersOf(schemas, settings.model), settings.config),
    ...changedFields(schemas.view, settings.view),
  ];
  // Colons and commas are legal in a fragment and keep lists readable.
  const escape = (text: string) => encodeURIComponent(text).replaceAll('%3A', ':').replaceAll('%2C', ',');
  return fields.map(([key, value]) => `${key}=${escape(value!)}`).join('&');
}
