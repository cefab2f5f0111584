import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeFragment,
  encodeFragment,
  modelIn,
  type Schemas,
  type Settings,
} from '../../src/config/fragment.ts';
import {
  defaultsOf,
  isActive,
  type AnyConfig,
  type AtomsParameter,
  type ChoiceParameter,
  type NumberParameter,
  type Parameter,
} from '../../src/config/parameter.ts';
import { viewParameters } from '../../src/config/view.ts';
import { parameters } from '../../src/models/dln/parameters.ts';

fc.configureGlobal({ seed: 2 });

const schemas: Schemas = { models: { dln: parameters }, view: viewParameters };
const defaults: Settings = {
  model: 'dln',
  config: defaultsOf(parameters),
  view: defaultsOf(viewParameters),
};

function arbitraryValue(parameter: Parameter): fc.Arbitrary<unknown> {
  if (parameter.kind === 'number') {
    const { min, max, integer } = parameter as NumberParameter;
    return integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }).map((x) => x + 0);
  }
  if (parameter.kind === 'flag') return fc.boolean();
  if (parameter.kind === 'choice') {
    return fc.constantFrom(...Object.keys((parameter as ChoiceParameter).options));
  }
  if (parameter.kind === 'atoms') {
    const { parse } = parameter as AtomsParameter;
    return fc.constantFrom(...['1:1', '0:0.25,2:0.75', '0.5:3,1e-3:1'].map(parse));
  }
  return fc.subarray(['risk', 'curvature', 'l1']);
}

const arbitraryRecord = (of: Readonly<Record<string, Parameter>>) =>
  fc.record(
    Object.fromEntries(Object.entries(of).map(([key, parameter]) => [key, arbitraryValue(parameter)])),
  );

const arbitrarySettings: fc.Arbitrary<Settings> = fc.record({
  model: fc.constant('dln'),
  config: arbitraryRecord(parameters),
  view: arbitraryRecord(viewParameters),
});

/** With every value that has no meaning at its default, which is what a link says about it. */
function meaningful({ model, config, view }: Settings): Settings {
  const all: Readonly<Record<string, Parameter>> = { ...parameters, ...viewParameters };
  const values = { ...config, ...view };
  const keep = (of: AnyConfig): AnyConfig =>
    Object.fromEntries(
      Object.entries(of).map(([key, value]) => [key, isActive(all, values, key) ? value : all[key]!.default]),
    );
  return { model, config: keep(config), view: keep(view) };
}

describe('round trip', () => {
  test('every setting comes back from its link, without a problem', () => {
    fc.assert(
      fc.property(arbitrarySettings, (settings) => {
        const decoded = decodeFragment(encodeFragment(settings, schemas), schemas);
        expect(decoded).toEqual({ settings: meaningful(settings), problems: [] });
      }),
    );
  });

  test('a link is canonical: read and written again it is the same, whatever the order of its fields', () => {
    fc.assert(
      fc.property(arbitrarySettings, fc.infiniteStream(fc.nat()), (settings, numbers) => {
        const link = encodeFragment(settings, schemas);
        const shuffled = link
          .split('&')
          .map((field) => ({ field, at: numbers.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ field }) => field)
          .join('&');
        expect(encodeFragment(decodeFragment(shuffled, schemas).settings, schemas)).toBe(link);
      }),
    );
  });

  test('defaults make the shortest link', () => {
    expect(encodeFragment(defaults, schemas)).toBe('v=1&model=dln');
  });

  test('links stay readable', () => {
    const settings = decodeFragment(
      'teacherAtoms=0:0.5,2:0.5&teacher=atoms&dimension=4096',
      schemas,
    ).settings;
    expect(encodeFragment(settings, schemas)).toBe(
      'v=1&model=dln&dimension=4096&teacher=atoms&teacherAtoms=0:0.5,2:0.5',
    );
  });

  test('the longest link stays within 2,000 characters but for long lists of atoms', () => {
    fc.assert(
      fc.property(arbitrarySettings, (settings) => {
        expect(encodeFragment(settings, schemas).length).toBeLessThan(2000);
      }),
    );
  });
});

describe('where a link is found', () => {
  const expected = { ...defaults, config: { ...defaults.config, seed: 7 } };
  test.each([
    'v=1&model=dln&seed=7',
    '#v=1&model=dln&seed=7',
    'https://example.org/a/?b=1#v=1&seed=7',
    'seed=7',
  ])('%s', (text) => {
    expect(decodeFragment(text, schemas)).toEqual({ settings: expected, problems: [] });
  });

  test.each(['', '#', 'https://example.org/?seed=7'])('%j has no fields', (text) => {
    expect(decodeFragment(text, schemas)).toEqual({ settings: defaults, problems: [] });
  });
});

test('the model of a link is known before it is loaded; nothing is read without it', () => {
  const some: Schemas = { models: { dln: parameters, other: undefined }, view: viewParameters };
  expect(modelIn('https://example.org/#v=1&model=other&seed=2', some)).toBe('other');
  for (const text of ['', 'seed=2', 'model=vit', 'model=constructor'])
    expect(modelIn(text, some)).toBe('dln');
  expect(() => decodeFragment('model=other', some)).toThrow('model other is not loaded');
});

describe('problems', () => {
  const problemsOf = (text: string) => decodeFragment(text, schemas).problems;

  test('bad fields are listed with their value and what is accepted; good ones are kept', () => {
    const { settings, problems } = decodeFragment('stepSize=-1&dimension=64&init=warm&seed=1.5', schemas);
    expect(settings.config).toEqual({ ...defaults.config, dimension: 64 });
    expect(problems).toEqual([
      { key: 'stepSize', value: '-1', message: 'expected a number from 0.001 to 10' },
      { key: 'init', value: 'warm', message: 'expected one of zero, random' },
      { key: 'seed', value: '1.5', message: 'expected an integer from 0 to 4294967295' },
    ]);
  });

  test('unknown keys, repeated keys and keys of another choice', () => {
    expect(problemsOf('gamma=1')[0]).toMatchObject({ key: 'gamma', value: '1' });
    expect(problemsOf('gamma=1')[0]!.message).toMatch(
      /is not a key of model dln; expected one of v, model, /,
    );
    expect(problemsOf('stepsize=1')[0]).toMatchObject({
      message: 'is not a key of model dln; did you mean stepSize?',
    });
    expect(problemsOf('seed=1&seed=2')).toEqual([
      { key: 'seed', value: '2', message: 'is given twice; expected once' },
    ]);
    expect(problemsOf('condition=5')).toEqual([
      { key: 'condition', value: '5', message: 'is accepted with spectrum=twoPoint or logUniform only' },
    ]);
    expect(decodeFragment('condition=5', schemas).settings).toEqual(defaults);
  });

  test('unknown model and version', () => {
    expect(problemsOf('model=vit')).toEqual([{ key: 'model', value: 'vit', message: 'expected one of dln' }]);
    for (const version of ['0', '2', 'one', '']) {
      expect(problemsOf(`v=${version}`)).toEqual([
        { key: 'v', value: version, message: 'expected version 1', brief: 'this page reads version 1' },
      ]);
    }
  });

  test('names of Object.prototype are keys like any other', () => {
    for (const key of ['constructor', 'toString', '__proto__']) {
      expect(problemsOf(`${key}=1`)[0]).toMatchObject({ key });
    }
    expect(problemsOf('model=constructor')).toHaveLength(1);
  });

  test('broken percent-encoding is one problem, not a crash', () => {
    expect(problemsOf('seed=%E0%A4%A')).toEqual([
      { key: 'seed', value: '%E0%A4%A', message: 'expected percent-encoded text' },
    ]);
  });

  test('no text crashes the reader, and what it gives can be written', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('#', '&', '=', '%', 'v=1', 'model=dln', 'seed='));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { settings } = decodeFragment(pieces.join(''), schemas);
        expect(encodeFragment(settings, schemas)).toMatch(/^v=1&model=dln/);
      }),
    );
  });
});

test('links of version 1 keep their meaning', () => {
  const link =
    'v=1&model=dln&dimension=4096&labelNoise=0.5&spectrum=twoPoint&condition=3&density=0.2&stepSize=0.3' +
    '&batchSize=4&initScale=0.1&init=random&horizon=20&runs=8&dt=0.005&seed=7&xAxis=samples&logX=true';
  const { settings, problems } = decodeFragment(link, schemas);
  expect(problems).toEqual([]);
  expect(settings.config).toMatchObject({
    dimension: 4096,
    labelNoise: 0.5,
    spectrum: 'twoPoint',
    condition: 3,
    teacher: 'sparse',
    density: 0.2,
    amplitude: 1,
    stepSize: 0.3,
    batchSize: 4,
    initScale: 0.1,
    init: 'random',
    horizon: 20,
    runs: 8,
    dt: 0.005,
    seed: 7,
  });
  expect(settings.view).toMatchObject({ engine: 'auto', xAxis: 'samples', logX: true, linearY: false });
  expect(encodeFragment(settings, schemas)).toBe(link);
});
