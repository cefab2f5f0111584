/** What the command line asks for. */
import { parseArgs } from 'node:util';
import { decodeFragment } from '../config/fragment.ts';
import { choice, number, words, type AnyConfig, type Parameter } from '../config/parameter.ts';
import { viewParameters } from '../config/view.ts';
import type { AnyModel } from '../models/model.ts';

/** One line that names what is wrong and what is accepted. */
export class UsageError extends Error {}

export interface Options {
  readonly model: AnyModel;
  readonly config: AnyConfig;
  /** Keys of model.limits and model.processes. */
  readonly only: readonly string[];
  /** Increasing times within the horizon. */
  readonly times: Float64Array;
  readonly format: 'json' | 'csv';
  /** Path of a file of features. */
  readonly data?: string | undefined;
}

export const USAGE =
  "simulate [--only limit,sgd,sde] [--times 0.5,1,2] [--format json|csv] [--engine cpu|webgpu] [--data FILE] '<link or what follows # in it>'";

const group = 'simulation';
const format = choice({
  label: 'format',
  doc: 'JSON, or tidy CSV.',
  group,
  default: 'json',
  options: { json: 'JSON', csv: 'CSV' },
});
const engine = choice({
  label: 'engine',
  doc: 'Where SGD and SDE run.',
  group,
  default: 'cpu',
  options: { cpu: 'CPU', webgpu: 'WebGPU' },
});
const only = words({
  label: 'only',
  doc: 'Processes and limits to run; all but optional limits by default.',
  group,
});
const names = ['only', 'times', 'format', 'engine', 'data'];

function parse<T>(parameter: Parameter<T>, option: string, text: string): T {
  try {
    return parameter.parse(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`--${option} ${text}: expected ${error.message}`);
  }
}

/** Options by name, and the link. */
function split(args: readonly string[]): { given: Map<string, string>; link: string } {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string>();
  const links: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') links.push(token.value);
    if (token.kind !== 'option') continue;
    const accepted = names.map((name) => `--${name}`).join(', ');
    if (!names.includes(token.name)) {
      throw new UsageError(`${token.rawName}: is not an option; expected one of ${accepted}`);
    }
    if (token.value === undefined) throw new UsageError(`${token.rawName}: has no value; usage: ${USAGE}`);
    if (given.has(token.name)) throw new UsageError(`${token.rawName}: is given twice; expected once`);
    given.set(token.name, token.value);
  }
  if (links.length !== 1) {
    throw new UsageError(`${links.slice(1).join(' ') || 'link'}: expected one link; usage: ${USAGE}`);
  }
  return { given, link: links[0]! };
}

/** 0 and 50 equally spaced points up to the horizon, or those listed. */
function toTimes(text: string | undefined, horizon: number): Float64Array {
  if (text === undefined) return Float64Array.from({ length: 51 }, (_, k) => (k * horizon) / 50);
  const time = number({ label: 'time', doc: 'When to record.', group, default: 0, min: 0, max: horizon });
  const times = text.split(',').map((part) => parse(time, 'times', part));
  return Float64Array.from(new Set(times)).sort();
}

function toNames(text: string | undefined, model: AnyModel, also: readonly string[]): readonly string[] {
  const accepted = [...Object.keys(model.limits), ...Object.keys(model.processes)];
  if (text === undefined) {
    return accepted.filter((name) => !model.limits[name]?.optional || also.includes(name));
  }
  const wanted = parse(only, 'only', text).flatMap((word) => {
    // `limit` stands for limit.sgd, limit.sme, … where a model has several.
    const parts = accepted.filter((name) => name.startsWith(`${word}.`));
    return parts.length > 0 ? parts : [word];
  });
  requireKnown('--only', wanted, accepted);
  if (wanted.length === 0) throw new UsageError(`--only ${text}: expected some of ${accepted.join(', ')}`);
  return wanted;
}

/** Words of a list that are accepted, each once. */
function requireKnown(option: string, given: readonly string[], accepted: readonly string[]): void {
  const wrong = given.find((word, i) => !accepted.includes(word) || given.indexOf(word) !== i);
  if (wrong === undefined) return;
  throw new UsageError(`${option} ${wrong}: expected some of ${accepted.join(', ')}, each once`);
}

/** Throws UsageError. `models` is the registry. */
export function parseOptions(args: readonly string[], models: Readonly<Record<string, AnyModel>>): Options {
  const { given, link } = split(args);
  const parameters = Object.entries(models).map(([name, model]) => [name, model.parameters] as const);
  const schemas = { models: Object.fromEntries(parameters), view: viewParameters };
  const { settings, problems } = decodeFragment(link, schemas);
  if (problems.length > 0) {
    throw new UsageError(problems.map(({ key, value, message }) => `${key}=${value}: ${message}`).join('; '));
  }
  const model = models[settings.model]!;
  const also = settings.view['also'] as readonly string[];
  const optional = Object.keys(model.limits).filter((name) => model.limits[name]!.optional);
  requireKnown('also', also, optional);
  requireKnown('show', settings.view['show'] as readonly string[], Object.keys(model.observables));
  if (parse(engine, 'engine', given.get('engine') ?? engine.default) === 'webgpu') {
    throw new UsageError(
      '--engine webgpu: Node has no WebGPU adapter; expected cpu, or the page in a browser',
    );
  }
  return {
    model,
    config: settings.config,
    only: toNames(given.get('only'), model, also),
    times: toTimes(given.get('times'), Number(settings.config['horizon'])),
    format: parse(format, 'format', given.get('format') ?? format.default),
    data: given.get('data'),
  };
}
