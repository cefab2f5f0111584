/** What the command line accepts, and how it refuses. */
import { describe, expect, test } from 'vitest';
import { parseOptions, UsageError } from '../../src/cli/options.ts';
import { allModels } from '../../src/models/index.ts';

const models = await allModels();

const parse = (...args: string[]) => parseOptions(args, models);

function refusal(...args: string[]): string {
  try {
    parse(...args);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('the link', () => {
  test.each([
    'https://example.org/scope/?utm=1#v=1&model=dln&dimension=64&stepSize=0.3',
    '#v=1&model=dln&dimension=64&stepSize=0.3',
    'v=1&model=dln&dimension=64&stepSize=0.3',
    'stepSize=0.3&dimension=64',
  ])('%s is read with or without what stands before #', (link) => {
    const { model, config } = parse(link);
    expect(model.name).toBe('dln');
    expect(config).toMatchObject({ dimension: 64, stepSize: 0.3, batchSize: 1 });
  });

  test('may be empty: everything at its default', () => {
    expect(parse('').config).toEqual(parse('dimension=1024').config);
  });

  test('may hold how the page shows it, which changes nothing here', () => {
    expect(parse('logX=true&engine=webgpu').config).toEqual(parse('').config);
  });

  test.each([
    ['dimension=15', /^dimension=15: .*integer from 16 to 1048576/],
    ['dimension=64.5', /^dimension=64.5: .*integer/],
    ['stepSize=fast', /^stepSize=fast: .*number from 0.001 to 10/],
    ['stepSize=Infinity', /^stepSize=Infinity: /],
    ['stepSize=', /^stepSize=: .*number from 0.001 to 10/],
    ['spectrum=flat', /^spectrum=flat: .*isotropic, twoPoint/],
    ['learningRate=0.1', /^learningRate=0.1: .*stepSize/],
    ['dimension', /^dimension=: .*integer/],
    ['seed=1&seed=2', /^seed=2: .*twice/],
    ['condition=3', /^condition=3: .*spectrum=twoPoint or logUniform/],
    ['spectrum=atoms&eigenvalues=1:-1', /^eigenvalues=1:-1: .*weights positive/],
    ['model=gpt', /^model=gpt: .*dln/],
    ['v=99', /^v=99: expected version 1/],
    ['seed=%zz', /^seed=%zz: .*percent/],
  ])('%s is refused, saying what is accepted', (link, message) => {
    expect(refusal(link)).toMatch(message);
  });

  test('is refused for every bad field at once', () => {
    expect(refusal('dimension=1&seed=-1')).toMatch(/^dimension=1: [^;]+; seed=-1: [^;]+$/);
  });

  test.each([
    ['show=foo', /^show foo: expected some of risk,/],
    ['also=foo', /^also foo: expected some of gradientFlow, each once/],
    ['show=risk,risk', /^show risk: .* each once/],
  ])('%s names nothing that the model has, or names it twice', (link, message) => {
    expect(refusal(link)).toMatch(message);
  });

  test('is expected once', () => {
    expect(refusal()).toMatch(/one link/);
    expect(refusal('seed=1', 'seed=2')).toMatch(/^seed=2: expected one link/);
  });
});

describe('options', () => {
  test('by default ask for all but optional limits at 0 and 50 points up to the horizon, as JSON', () => {
    const { only, times, format } = parse('horizon=5');
    expect(only).toEqual(['limit', 'sgd', 'sde']);
    expect(parse('also=gradientFlow').only).toEqual(['limit', 'gradientFlow', 'sgd', 'sde']);
    expect(format).toBe('json');
    expect(Array.from(times)).toEqual(Array.from({ length: 51 }, (_, k) => (k * 5) / 50));
  });

  test('may be written with = or a space', () => {
    expect(parse('--format=csv', '').format).toBe('csv');
    expect(parse('', '--format', 'csv').format).toBe('csv');
  });

  test('times are sorted, and recorded once', () => {
    expect(Array.from(parse('--times', '2,0.5,1,2.0', '').times)).toEqual([0.5, 1, 2]);
  });

  test('only limit stands for all limits of a model that has several of that name', () => {
    expect(parse('--only', 'limit,gf', 'model=multipass').only).toEqual([
      'limit.sgd',
      'limit.sme',
      'limit.gf',
      'gf',
    ]);
    expect(parse('--only', 'limit.gf', 'model=multipass').only).toEqual(['limit.gf']);
    expect(refusal('--only', 'limit,limit.gf', 'model=multipass')).toMatch(/^--only limit.gf: .* each once/);
    expect(parse('also=onePass&model=multipass').only).toContain('onePass');
  });

  test('only selects', () => {
    expect(parse('--only', 'sde,limit', '').only).toEqual(['sde', 'limit']);
  });

  test.each([
    [['--fast'], /^--fast: .*--only, --times, --format, --engine/],
    [['-x'], /^-x: .*--only/],
    [['--only'], /^--only: has no value/],
    [['--only', 'gd'], /^--only gd: .*limit, .*sgd, sde/],
    [['--only', ''], /^--only : .*limit, .*sgd, sde/],
    [['--format', 'xml'], /^--format xml: .*json, csv/],
    [['--engine', 'tpu'], /^--engine tpu: .*cpu, webgpu/],
    [['--engine', 'webgpu'], /^--engine webgpu: Node has no WebGPU adapter; expected cpu/],
    [['--times', '1,x'], /^--times x: .*number from 0 to 10/],
    [['--times', '-1'], /^--times -1: .*number from 0 to 10/],
    [['--times=-1'], /^--times -1: .*number from 0 to 10/],
    [['--times', '10.001'], /^--times 10.001: .*number from 0 to 10/],
    [['--times', ''], /^--times : .*number from 0 to 10/],
    [['--format', 'csv', '--format', 'csv'], /^--format: .*twice/],
  ])('%j is refused, saying what is accepted', (args, message) => {
    expect(refusal('', ...args)).toMatch(message);
  });
});
