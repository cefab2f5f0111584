/**
 * Random configurations of the diagonal linear network, a function of their number alone: every choice equally
 * likely, every positive number log-uniform over its range in the settings table, shares and other numbers uniform.
 * What a table leaves open at zero: label noise is 0 in a third of the draws and otherwise at least 0.01; atoms are
 * one to four, log-uniform over 0.01 … 100, teacher atoms also 0 and of either sign.
 */
import { defaultsOf, type NumberParameter } from '../../src/config/parameter.ts';
import { threefry } from '../../src/math/threefry.ts';
import { parameters, type DlnConfig } from '../../src/models/dln/parameters.ts';

const SEED = 20260517;
/** Word 3 of the counter: apart from all streams of simulations. */
const STREAM = 64;

/** Uniform numbers in (0, 1), as many as asked for. */
function numbers(draw: number): () => number {
  const words = new Uint32Array(4);
  let taken = 0;
  return () => {
    if (taken % 4 === 0) threefry(words, taken / 4, draw, 0, STREAM, SEED, 0, 0, 0);
    return (words[taken++ % 4]! + 0.5) / 2 ** 32;
  };
}

type Uniform = () => number;

const between = (u: number, low: number, high: number): number => low + (high - low) * u;
const logBetween = (u: number, low: number, high: number): number => low * (high / low) ** u;
const digits = (value: number): number => Number(value.toPrecision(4));

function pick<T extends string>(next: Uniform, options: Readonly<Record<T, string>>): T {
  const keys = Object.keys(options) as T[];
  return keys[Math.floor(next() * keys.length)]!;
}

function within(next: Uniform, { scale, min, max, integer }: NumberParameter): number {
  const value = scale === 'log' ? logBetween(next(), min, max) : between(next(), min, max);
  return integer ? Math.round(value) : digits(value);
}

/** One to four atoms with distinct weights. */
function atoms(next: Uniform, value: Uniform): { value: number; weight: number }[] {
  const count = 1 + Math.floor(next() * 4);
  return Array.from({ length: count }, () => ({ value: value(), weight: digits(between(next(), 0.1, 1)) }));
}

/** Settings that differ from the defaults; those that the choices leave without meaning stay at them. */
export function fieldsOf(draw: number): Partial<DlnConfig> {
  const next = numbers(draw);
  const p = parameters;
  const size = () => digits(logBetween(next(), 0.01, 100));
  const common = {
    stepSize: within(next, p.stepSize),
    batchSize: within(next, p.batchSize),
    labelNoise: next() < 1 / 3 ? 0 : digits(logBetween(next(), 0.01, p.labelNoise.max)),
    initScale: within(next, p.initScale),
    init: pick(next, p.init.options),
    horizon: within(next, p.horizon),
  };
  const spectrum = pick(next, p.spectrum.options);
  const teacher = pick(next, p.teacher.options);
  const shape: Partial<DlnConfig> =
    spectrum === 'twoPoint' || spectrum === 'logUniform'
      ? { condition: within(next, p.condition) }
      : spectrum === 'powerLaw'
        ? { exponent: within(next, p.exponent) }
        : spectrum === 'marchenkoPastur'
          ? { aspect: within(next, p.aspect) }
          : spectrum === 'atoms'
            ? { eigenvalues: atoms(next, size) }
            : {};
  const signed = () => {
    const u = next();
    if (u < 0.25) return 0;
    return u < 0.5 ? -size() : size();
  };
  const truth: Partial<DlnConfig> =
    teacher === 'atoms'
      ? { teacherAtoms: atoms(next, signed) }
      : {
          amplitude: within(next, p.amplitude),
          ...(teacher === 'sparse' && { density: within(next, p.density) }),
        };
  return { ...common, spectrum, ...shape, teacher, ...truth };
}

export function drawOf(draw: number): DlnConfig {
  return { ...defaultsOf(parameters), ...fieldsOf(draw) };
}

/** 0 and `count` times up to the horizon, log-uniform over three decades. */
export function timesOf({ horizon }: DlnConfig, count = 24): Float64Array {
  return Float64Array.from({ length: count + 1 }, (_, i) =>
    i === 0 ? 0 : horizon * 10 ** (-3 * (1 - i / count)),
  );
}
