/** What follows from the settings alone; made once per change, because live numbers redraw far more often. */
import type { Settings } from '../config/fragment.ts';
import {
  defaultsOf,
  flag,
  isActive,
  type AnyConfig,
  type ChoiceParameter,
  type Parameter,
  type Parameters,
} from '../config/parameter.ts';
import type { Store } from '../config/store.ts';
import type { AnyModel, Sketch } from '../models/model.ts';
import { differences, inWords, presetOf } from './describe.ts';

export interface Derived {
  readonly settings: Settings;
  /** What the controls show, with values. */
  readonly parameters: Parameters;
  readonly values: AnyConfig;
  /** What is seen, as a title and a sentence; the name of the preset that the settings are. */
  readonly story: { readonly title: string; readonly doc: string; readonly preset: string };
  /** Observables that have a chart. */
  readonly charts: readonly string[];
  /** The view without words that this model does not know. */
  readonly view: AnyConfig;
  /** Why these values do not go together, in one sentence. */
  readonly problem: string | undefined;
  readonly remarks: readonly string[];
  /** Pictures beside parameters, by key. */
  readonly sketches: Readonly<Record<string, Sketch>>;
  /** Sentences on words of the view that this model does not know. */
  readonly strangers: readonly string[];
}

const isListed = (view: AnyConfig, key: string, word: string) =>
  (view[key] as readonly string[]).includes(word);

/** Key of the switch that draws an optional limit. */
const switchOf = (limit: string) => `also ${limit}`;

function optionalLimits({ limits }: AnyModel): string[] {
  return Object.keys(limits).filter((name) => limits[name]!.optional);
}

/** A switch for every optional limit, in place of the list that the link holds. */
function switches(model: AnyModel): [string, Parameter][] {
  return optionalLimits(model).map((name) => {
    const { label, doc } = model.limits[name]!;
    return [switchOf(name), flag({ label, doc, group: 'view', default: false })];
  });
}

/** Words of a list of the view that are not among `known`. */
function strangers(view: AnyConfig, key: string, known: readonly string[]): string[] {
  return (view[key] as readonly string[])
    .filter((word) => !known.includes(word))
    .map((word) => `Not shown: ${key}=${word} (expected one of ${known.join(', ')}).`);
}

/** Whether there is something to see: values that differ. */
export function isTelling({ values }: Sketch): boolean {
  return values.length > 0 && values[0]! < values.at(-1)!;
}

function sketchesOf(model: AnyModel, config: AnyConfig): Readonly<Record<string, Sketch>> {
  const sketches = Object.keys(model.parameters).flatMap((key) => {
    const sketch = isActive(model.parameters, config, key) ? model.sketch?.(key, config) : undefined;
    return sketch && isTelling(sketch) ? [[key, sketch] as const] : [];
  });
  return Object.fromEntries(sketches);
}

/** What the view lets choose with this model: without epochs no axis of them, without laws none to show. */
function viewOf({ epoch, distributions }: AnyModel, view: Parameters): Parameters {
  const { distribution: _law, logDensity: _density, ...others } = view;
  const xAxis = view['xAxis'] as ChoiceParameter;
  const { epochs: _, ...options } = xAxis.options;
  return {
    ...(distributions ? view : others),
    ...(!epoch && { xAxis: { ...xAxis, options } as ChoiceParameter }),
  };
}

export function derive(model: AnyModel, { settings, schemas }: Store): Derived {
  const { config, view } = settings;
  const preset = presetOf(model, settings, schemas);
  const complaint = model.problem?.(config);
  const problem = complaint && inWords(model.parameters, complaint);
  const changes = differences(model.parameters, config, defaultsOf(model.parameters));
  // The charts have their own buttons for these.
  const { show: _show, also: _also, maps: _maps, ...others } = schemas.view;
  const limits = Object.keys(model.limits).map((name) => [switchOf(name), isListed(view, 'also', name)]);
  const wanted = (view['show'] as readonly string[]).filter((name) => Object.hasOwn(model.observables, name));
  return {
    settings,
    parameters: { ...model.parameters, ...viewOf(model, others), ...Object.fromEntries(switches(model)) },
    values: { ...config, ...view, ...Object.fromEntries(limits) },
    story: preset
      ? { title: preset.title, doc: preset.doc, preset: preset.name }
      : {
          title: model.label,
          doc: `${changes}; everything else at its default.\nPin these curves to compare them with the next.`,
          preset: '',
        },
    charts: wanted.length > 0 ? wanted : model.shown,
    view: { ...view, show: wanted },
    problem,
    // What does not go together has nothing to remark on.
    sketches: problem === undefined ? sketchesOf(model, config) : {},
    remarks:
      problem === undefined ? model.remarks(config).map((remark) => inWords(model.parameters, remark)) : [],
    strangers: [
      ...strangers(view, 'show', Object.keys(model.observables)),
      ...strangers(view, 'also', optionalLimits(model)),
    ],
  };
}

/** Sets what a control shows: a value of the settings, or a switch of an optional limit. */
export function setShown(model: AnyModel, store: Store, key: string, value: unknown): void {
  const limit = Object.keys(model.limits).find((name) => switchOf(name) === key);
  if (limit === undefined) return store.set(key, value);
  const also = store.settings.view['also'] as readonly string[];
  store.set(
    'also',
    Object.keys(model.limits).filter((name) => (name === limit ? value : also.includes(name))),
  );
}
