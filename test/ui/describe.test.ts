import { describe, expect, test } from 'vitest';
import type { Schemas } from '../../src/config/fragment.ts';
import { decodeFragment } from '../../src/config/fragment.ts';
import { defaultsOf } from '../../src/config/parameter.ts';
import { viewParameters } from '../../src/config/view.ts';
import { dln } from '../../src/models/dln/index.ts';
import type { AnyModel } from '../../src/models/model.ts';
import { multipass } from '../../src/models/multipass/index.ts';
import { allValues, differences, inWords, presetOf, settingsIn, settingsOf } from '../../src/ui/describe.ts';

const model: AnyModel = dln;
const schemas: Schemas = { models: { dln: model.parameters }, view: viewParameters };
const settings = (link: string) => {
  const decoded = decodeFragment(link, schemas);
  expect(decoded.problems).toEqual([]);
  return decoded.settings;
};
const config = (link: string) => settings(link).config;

describe('differences', () => {
  const between = (a: string, b: string) => differences(model.parameters, config(a), config(b));

  test('names symbols and values of the first', () => {
    expect(between('stepSize=0.3&runs=4', '')).toBe('γ = 0.3, runs = 4');
    expect(between('', 'stepSize=0.3&runs=4')).toBe('γ = 0.5, runs = 16');
    expect(between('stepSize=0.3', 'stepSize=0.3')).toBe('');
  });

  test('leaves out what has no meaning under the first', () => {
    expect(between('teacher=gaussian', 'density=0.2')).toBe('β* = Gaussian');
    expect(between('density=0.2', 'teacher=gaussian')).toBe('β* = sparse, density = 0.2');
  });
});

test('a list that has come to matter is told where it holds something', () => {
  const { parameters } = multipass;
  const one = defaultsOf(parameters);
  const two = { ...one, hiddenUnits: 2 };
  expect(differences(parameters, two, one)).toBe('K = 2, a = 1');
  const given = { ...two, initMoments: [1, 0, 0, 1, 0, 1] };
  expect(differences(parameters, given, one)).toBe('K = 2, a = 1, V₀ = 1,0,0,1,0,1');
});

test('sentences of a model name parameters as the controls do', () => {
  const { parameters } = multipass;
  expect(inWords(parameters, 'secondLayer = 1,2: expected √(initNorm·x)')).toBe(
    'second layer = 1,2: expected √(initial norm·x)',
  );
  expect(inWords(parameters, 'dt: small')).toBe('time step: small');
  // Words of the language, and keys of no parameter, stay.
  expect(inWords(parameters, 'a ridge, someThing')).toBe('a ridge, someThing');
});

test('all values are those with a meaning', () => {
  const text = allValues(model.parameters, defaultsOf(model.parameters));
  expect(text).toContain('d = 1024, σ = 0, λ = isotropic, β* = sparse, density = 0.1');
  expect(text).not.toContain('κ');
});

describe('presets', () => {
  test.each(model.presets.map((preset) => [preset.name, preset] as const))(
    '%s is a good link, known again, and says two sentences',
    (name, preset) => {
      const link = Object.entries(preset.fields)
        .map((field) => field.join('='))
        .join('&');
      expect(settingsOf('dln', preset, settings(''), schemas)).toEqual(settings(link));
      expect(presetOf(model, settings(link), schemas)?.name).toBe(name);
      expect(preset.doc.match(/[.!](?= |$)/g)).toHaveLength(2);
    },
  );

  test('a changed number is no longer the preset, a changed view still is', () => {
    expect(presetOf(model, settings('seed=2'), schemas)).toBeUndefined();
    expect(presetOf(model, settings('logX=true'), schemas)?.name).toBe('start');
  });

  test('a preset leaves engine and type size as they are', () => {
    const present = settings('engine=cpu&largeType=true&logX=true&seed=5');
    const { view, config: values } = settingsOf('dln', model.presets[0]!, present, schemas);
    expect(view).toMatchObject({ engine: 'cpu', largeType: true, logX: false });
    expect(values['seed']).toBe(1);
  });
});

describe('another model', () => {
  const { dimension, stepSize, spectrum, condition } = dln.parameters;
  const other: AnyModel = {
    ...model,
    name: 'other',
    parameters: { dimension, spectrum, condition, stepSize: { ...stepSize, default: 0.1 } },
    observables: { risk: model.observables['risk']! },
    limits: {},
  };
  const both: Schemas = { models: { ...schemas.models, other: other.parameters }, view: viewParameters };
  const taken = (link: string) => settingsIn(other, model, settings(link), both);

  test('keeps what the user has changed and it knows, and has its own defaults otherwise', () => {
    expect(taken('dimension=64&labelNoise=0.2&spectrum=twoPoint&condition=4').config).toEqual({
      dimension: 64,
      stepSize: 0.1,
      spectrum: 'twoPoint',
      condition: 4,
    });
    expect(taken('stepSize=0.3').config['stepSize']).toBe(0.3);
  });

  test('starts at its defaults where the settings are those of a preset', () => {
    const catapult = settingsOf(
      'dln',
      model.presets.find(({ name }) => name === 'catapult')!,
      settings(''),
      schemas,
    );
    expect(settingsIn(other, model, catapult, both).config).toEqual(defaultsOf(other.parameters));
  });

  test('shows what it has of what was shown', () => {
    const { view } = taken('show=risk,l1&also=gradientFlow&distribution=beta&logX=true');
    expect(view).toMatchObject({ show: ['risk'], also: [], distribution: 'beta', logX: true });
    expect(taken('xAxis=epochs').view['xAxis']).toBe('t');
    expect(taken('xAxis=samples').view['xAxis']).toBe('samples');
    const { distributions: _, ...bare } = other;
    expect(settingsIn(bare, model, settings('distribution=xi'), both).view['distribution']).toBe('none');
  });
});
