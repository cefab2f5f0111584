/** What the charts of an experiment show, as a function of settings: no element, no pixels. */
import type { AnyConfig } from '../../config/parameter.ts';
import type { Source } from '../../engine/experiment.ts';
import type { AnyModel } from '../../models/model.ts';
import type { Pin, Recorded } from './pin.ts';
import { sceneOf, type Scene } from './scene.ts';
import { timelineOf, type TimeUnit } from './timeline.ts';

/** A new experiment replaces the curves of the previous one with this share of its frames, or after these ms. */
const enough = { share: 0.2, ms: 400 } as const;

/**
 * Whether the processes of an experiment of this age (ms) have something to look at, or never will have: every one
 * at first, later any. A limit is solved long before them: with it alone they would vanish at every change.
 */
export function started({ sources, saveAt }: Recorded, age: number): boolean {
  const processes = sources.filter(({ kind }) => kind === 'process');
  const ended = ({ status }: Source) => status === 'done' || status === 'failed';
  if (sources.every(ended)) return true;
  if (age > enough.ms) return processes.some(({ trajectory }) => trajectory.length >= 2);
  const wanted = Math.max(2, enough.share * saveAt.length);
  return processes.every((source) => ended(source) || source.trajectory.length >= wanted);
}

/** Names of the observables to show, in the order of the model. */
export function shownObservables(model: AnyModel, view: AnyConfig): readonly string[] {
  const wanted = view['show'] as readonly string[];
  const names = wanted.length > 0 ? wanted : model.shown;
  return Object.keys(model.observables).filter((name) => names.includes(name));
}

/**
 * `show` after one observable is switched on or off: empty for the model's own choice, undefined where nothing
 * would be left.
 */
export function toggled(
  model: AnyModel,
  shown: readonly string[],
  name: string,
): readonly string[] | undefined {
  const next = Object.keys(model.observables).filter((other) =>
    other === name ? !shown.includes(name) : shown.includes(other),
  );
  if (next.length === 0) return undefined;
  const isDefault = next.length === model.shown.length && next.every((other) => model.shown.includes(other));
  return isDefault ? [] : next;
}

/** Pins that can be drawn with an experiment of this model. */
export function pinsOf(pins: readonly Pin[], model: AnyModel): readonly Pin[] {
  return pins.filter(({ experiment }) => experiment.model === model);
}

/** One chart per observable, all on one timeline. */
export function scenesOf(
  experiment: Recorded,
  pins: readonly Pin[],
  observables: readonly string[],
  view: AnyConfig,
): readonly Scene[] {
  const drawn = pinsOf(pins, experiment.model);
  const all = [experiment, ...drawn.map((pin) => pin.experiment)];
  const [logX, singleRuns] = [view['logX'] === true, view['singleRuns'] === true];
  const timeline = timelineOf(all, view['xAxis'] as TimeUnit, logX, logX || singleRuns);
  const options = { linearY: view['linearY'] === true, singleRuns };
  return observables
    .filter((name) => Object.hasOwn(experiment.model.observables, name))
    .map((name) => sceneOf(experiment, drawn, name, timeline, options));
}

/** Whether two records differ in one of the keys; an equal copy is no reason to draw again. */
function differ(a: object | undefined, b: object | undefined, keys: readonly string[]): boolean {
  return !a || !b || keys.some((key) => Reflect.get(a, key) !== Reflect.get(b, key));
}

/** Whether two views show something else. */
export function viewsDiffer(a: AnyConfig, b: AnyConfig | undefined): boolean {
  return differ(a, b, [
    'show',
    'xAxis',
    'logX',
    'linearY',
    'singleRuns',
    'largeType',
    'distribution',
    'maps',
  ]);
}

/** Whether two lists of pins show something else. */
export function pinsDiffer(a: readonly Pin[], b: readonly Pin[] | undefined): boolean {
  return a.length !== b?.length || a.some((pin, i) => differ(pin, b[i], ['id', 'label', 'experiment']));
}
