/** Settings in words: what differs from what, and which preset they are. */
import { applyFields, changedFields, inModel, type Schemas, type Settings } from '../config/fragment.ts';
import {
  defaultsOf,
  isActive,
  type AnyConfig,
  type ChoiceParameter,
  type FileReference,
  type Parameters,
} from '../config/parameter.ts';
import type { AnyModel, Preset } from '../models/model.ts';
import type { Pin } from './charts/pin.ts';

/** "γ = 0.3" */
function assignment(parameters: Parameters, config: AnyConfig, key: string): string {
  const parameter = parameters[key]!;
  const name = parameter.symbol ?? parameter.label;
  const { kind } = parameter;
  const own = config[key];
  // As the controls have it; nobody reads a hash.
  const value =
    kind === 'choice'
      ? (parameter as ChoiceParameter).options[String(own)]
      : kind === 'file'
        ? (own as FileReference).name
        : parameter.format(own);
  return `${name} = ${value || 'none'}`;
}

/** Keys that matter under `config` and whose values differ from those of `other`, or do not matter there. */
export function differingKeys(parameters: Parameters, config: AnyConfig, other: AnyConfig): string[] {
  const differs = (key: string) => {
    const { format, kind } = parameters[key]!;
    const value = format(config[key]);
    if (value !== format(other[key])) return true;
    // An empty list is as good as none.
    return !isActive(parameters, other, key) && !(kind === 'numbers' && value === '');
  };
  return Object.keys(parameters).filter((key) => isActive(parameters, config, key) && differs(key));
}

/** A sentence of a model with names of controls in place of its keys, which open it or have capitals: "teacher norm". */
export function inWords(parameters: Parameters, text: string): string {
  return text.replace(/^\w+|\b[a-z]+[A-Z]\w*/g, (key) => parameters[key]?.label ?? key);
}

/** "γ = 0.3, σ = 0.1": the values of `config` that differ from those of `other`; empty where none do. */
export function differences(parameters: Parameters, config: AnyConfig, other: AnyConfig): string {
  return differingKeys(parameters, config, other)
    .map((key) => assignment(parameters, config, key))
    .join(', ');
}

/** "d = 1024, σ = 0, …": every value that has a meaning. */
export function allValues(parameters: Parameters, config: AnyConfig): string {
  return Object.keys(parameters)
    .filter((key) => isActive(parameters, config, key))
    .map((key) => assignment(parameters, config, key))
    .join(', ');
}

/** Pins with what differs from the present settings. */
export function labelled(pins: readonly Pin[], { model, config }: Settings): Pin[] {
  return pins.map((pin) => {
    const { parameters, name } = pin.experiment.model;
    const other = name === model ? config : defaultsOf(parameters);
    return { ...pin, label: differences(parameters, pin.experiment.config, other) || 'pinned' };
  });
}

/** The settings that a preset of a model stands for; engine and type size stay as the user has them. */
export function settingsOf(model: string, preset: Preset, { view }: Settings, schemas: Schemas): Settings {
  const settings = applyFields(new Map([['model', model], ...Object.entries(preset.fields)]), schemas);
  return { ...settings, view: { ...settings.view, engine: view['engine'], largeType: view['largeType'] } };
}

/** The preset that these settings are; undefined where a value that shapes the result differs from all. */
export function presetOf(model: AnyModel, settings: Settings, schemas: Schemas): Preset | undefined {
  const text = (config: AnyConfig) => changedFields(model.parameters, config).join();
  return model.presets.find(
    (preset) => text(settingsOf(model.name, preset, settings, schemas).config) === text(settings.config),
  );
}

/** Words of a list that are known. */
const knownWords = (list: unknown, known: readonly string[]) =>
  (list as readonly string[]).filter((word) => known.includes(word));

/**
 * The present settings taken over into another model, which is loaded: what the user has changed, where that model
 * knows it. The values of a preset belong to its model, and stay there.
 */
export function settingsIn(other: AnyModel, model: AnyModel, present: Settings, schemas: Schemas): Settings {
  const untouched = presetOf(model, present, schemas) !== undefined;
  const { config } = untouched
    ? { config: defaultsOf(other.parameters) }
    : inModel(present, other.name, schemas);
  const { view } = present;
  const quantities = Object.keys(other.distributions?.quantities ?? {});
  const optional = Object.keys(other.limits).filter((name) => other.limits[name]!.optional);
  return {
    model: other.name,
    config,
    view: {
      ...view,
      show: knownWords(view['show'], Object.keys(other.observables)),
      also: knownWords(view['also'], optional),
      xAxis: view['xAxis'] === 'epochs' && !other.epoch ? 't' : view['xAxis'],
      distribution: quantities.includes(String(view['distribution'])) ? view['distribution'] : 'none',
    },
  };
}
