/**
 * What a user can choose, declared once. Slider, label, help text, URL key, command-line check and type all
 * derive from a declaration made with one of the constructors below.
 */

/** The four foldable groups of controls. */
export type Group = 'problem' | 'algorithm' | 'simulation' | 'view';

/** A parameter that exists only while another one has one of the listed values, or the other condition holds. */
export interface Condition {
  readonly key: string;
  readonly is: readonly string[];
  readonly or?: Condition;
}

interface Description {
  /** Field's standard term, lower case: "step size". */
  readonly label: string;
  /** Mathematical symbol shown before the label: "γ". */
  readonly symbol?: string;
  /** One sentence of help. */
  readonly doc: string;
  readonly group: Group;
  readonly when?: Condition;
  /** Key of a parameter that takes the place of this one while it has a meaning and is not empty. */
  readonly unless?: string;
}

/** The contract every kind of parameter fulfils; a kind unknown to the page is edited as text. */
export interface Parameter<T = unknown> extends Description {
  readonly kind: string;
  readonly default: T;
  /** What is accepted, in words that complete "expected …": "a number from 0.001 to 10". */
  readonly accepts: string;
  /** Throws RangeError, message = `accepts`, on text that is not an accepted value. */
  parse(text: string): T;
  /** Shortest text with parse(format(value)) equal to value. */
  format(value: T): string;
}

export interface NumberParameter extends Parameter<number> {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
  readonly scale: 'linear' | 'log';
  readonly unit: string;
}

export interface ChoiceParameter<C extends string = string> extends Parameter<C> {
  readonly kind: 'choice';
  /** Value in URL and code → how it reads on the page. */
  readonly options: Readonly<Record<C, string>>;
}

export interface FlagParameter extends Parameter<boolean> {
  readonly kind: 'flag';
}

/** A discrete law: values and positive weights as the user wrote them; whoever uses them normalises. */
export type Atoms = readonly Readonly<{ value: number; weight: number }>[];

export interface AtomsParameter extends Parameter<Atoms> {
  readonly kind: 'atoms';
}

export interface NumbersParameter extends Parameter<readonly number[]> {
  readonly kind: 'numbers';
}

/** A file that the user chose: a link carries its name and hash, not what is in it. Both are empty for none. */
export interface FileReference {
  readonly name: string;
  /** 16 hexadecimal digits. */
  readonly hash: string;
}

export interface FileParameter extends Parameter<FileReference> {
  readonly kind: 'file';
}

export type Parameters = Readonly<Record<string, Parameter>>;

/** The immutable record of values that a set of declarations describes. */
export type ConfigOf<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};

/** Any model's values, for code that knows only the declarations. */
export type AnyConfig = Readonly<Record<string, unknown>>;

// Digits only: 'Infinity', '0x10' and '' are no numbers to a reader of a link.
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function toNumber(text: string): number {
  return NUMBER.test(text.trim()) ? Number(text) : NaN;
}

export function number(
  p: Description & {
    default: number;
    min: number;
    max: number;
    integer?: boolean;
    scale?: 'linear' | 'log';
    unit?: string;
  },
): NumberParameter {
  const integer = p.integer ?? false;
  const accepts = `${integer ? 'an integer' : 'a number'} from ${p.min} to ${p.max}`;
  return {
    ...p,
    kind: 'number',
    integer,
    scale: p.scale ?? 'linear',
    unit: p.unit ?? '',
    accepts,
    parse(text) {
      const value = toNumber(text);
      if (!(value >= p.min && value <= p.max) || (integer && !Number.isInteger(value))) {
        throw new RangeError(accepts);
      }
      return value;
    },
    format: String,
  };
}

export function choice<C extends string>(
  p: Description & { default: NoInfer<C>; options: Readonly<Record<C, string>> },
): ChoiceParameter<C> {
  const accepts = `one of ${Object.keys(p.options).join(', ')}`;
  return {
    ...p,
    kind: 'choice',
    accepts,
    parse(text) {
      if (!Object.hasOwn(p.options, text)) throw new RangeError(accepts);
      return text as C;
    },
    format: (value) => value,
  };
}

export function flag(p: Description & { default: boolean }): FlagParameter {
  const accepts = 'true or false';
  return {
    ...p,
    kind: 'flag',
    accepts,
    parse(text) {
      if (text !== 'true' && text !== 'false') throw new RangeError(accepts);
      return text === 'true';
    },
    format: String,
  };
}

/** `value:weight,value:weight`, at most `maxCount` atoms. */
export function atoms(
  p: Description & { default: string; min: number; max: number; maxCount: number },
): AtomsParameter {
  const accepts =
    `value:weight pairs such as ${p.default}, at most ${p.maxCount}, ` +
    `values from ${p.min} to ${p.max}, weights positive`;
  function parse(text: string): Atoms {
    const pairs = text.split(',').map((pair) => pair.split(':').map(toNumber));
    const valid = pairs.every(
      ([value = NaN, weight = NaN, ...rest]) =>
        rest.length === 0 && value >= p.min && value <= p.max && weight > 0 && Number.isFinite(weight),
    );
    if (!valid || pairs.length > p.maxCount) throw new RangeError(accepts);
    return Object.freeze(pairs.map(([value, weight]) => ({ value: value!, weight: weight! })));
  }
  return {
    ...p,
    kind: 'atoms',
    default: parse(p.default),
    accepts,
    parse,
    format: (value) => value.map((atom) => `${atom.value}:${atom.weight}`).join(','),
  };
}

/**
 * One number, or a list of them: `0.5` or `0.5,-1,2`; none only where the default is none. What its length may be is
 * checked where it is used.
 */
export function numbers(
  p: Description & { default: string; min: number; max: number; maxCount: number },
): NumbersParameter {
  const range = `at most ${p.maxCount} numbers from ${p.min} to ${p.max}`;
  const accepts = p.default
    ? `a number or a list such as ${p.default}, ${range}`
    : `nothing, or a list of ${range}`;
  function parse(text: string): readonly number[] {
    if (text === '' && p.default === '') return Object.freeze([]);
    const list = text.split(',').map(toNumber);
    const valid = list.every((value) => value >= p.min && value <= p.max);
    if (!valid || list.length > p.maxCount) throw new RangeError(accepts);
    return Object.freeze(list);
  }
  return { ...p, kind: 'numbers', default: parse(p.default), accepts, parse, format: String };
}

/** `name:hash`, or nothing. */
export function file(p: Description): FileParameter {
  const accepts = 'a file; in a link its name and 16 digits of its hash, such as x.csv:0123456789abcdef';
  return {
    ...p,
    kind: 'file',
    default: Object.freeze({ name: '', hash: '' }),
    accepts,
    parse(text) {
      const parts = text === '' ? ['', '', ''] : /^(.+):([0-9a-f]{16})$/.exec(text);
      if (!parts) throw new RangeError(accepts);
      return Object.freeze({ name: parts[1]!, hash: parts[2]! });
    },
    format: ({ name, hash }) => (hash === '' ? '' : `${name}:${hash}`),
  };
}

/** Whether `key` has a meaning under the other values of `config`. */
export function isActive(parameters: Parameters, config: AnyConfig, key: string): boolean {
  const { when, unless } = parameters[key] ?? {};
  if (unless !== undefined && String(config[unless]) !== '' && isActive(parameters, config, unless))
    return false;
  return !when || holds(parameters, config, when);
}

function holds(parameters: Parameters, config: AnyConfig, { key, is, or }: Condition): boolean {
  const own = is.includes(String(config[key])) && isActive(parameters, config, key);
  return own || (or !== undefined && holds(parameters, config, or));
}

/** "with spectrum=twoPoint or logUniform", "without initMoments" */
export function conditionText({ when, unless }: Pick<Description, 'when' | 'unless'>): string {
  const choices = (condition?: Condition): string[] =>
    condition ? [`with ${condition.key}=${condition.is.join(' or ')}`, ...choices(condition.or)] : [];
  return [choices(when).join(', or '), unless ? `without ${unless}` : ''].filter(Boolean).join(' and ');
}

/** The record with every parameter at its default. */
export function defaultsOf<P extends Parameters>(parameters: P): ConfigOf<P> {
  const entries = Object.entries(parameters).map(([key, parameter]) => [key, parameter.default]);
  return Object.freeze(Object.fromEntries(entries)) as ConfigOf<P>;
}

/** Comma-separated words, which may have parts as limit.sgd has; what they may be is checked where they are used. */
export function words(p: Description): Parameter<readonly string[]> {
  const accepts = 'words of letters and digits, separated by commas';
  return {
    ...p,
    kind: 'words',
    default: [],
    accepts,
    parse(text) {
      const list = text === '' ? [] : text.split(',');
      if (!list.every((word) => /^[a-z][a-z0-9]*(\.[a-z][a-z0-9]*)*$/i.test(word)))
        throw new RangeError(accepts);
      return Object.freeze(list);
    },
    format: (value) => value.join(','),
  };
}
