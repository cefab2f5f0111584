/** Files of features on the command line, and values that do not go together. */
import { describe, expect, test } from 'vitest';
import { complete } from '../../src/cli/openData.ts';
import { parseOptions, UsageError } from '../../src/cli/options.ts';
import { allModels } from '../../src/models/index.ts';

const models = await allModels();
const digits = 'public/data/digits.csv';
const completed = (...args: string[]) => complete(parseOptions(args, models));

test('a file completes the config', async () => {
  const { config, dataSet } = await completed('--data', digits, 'model=glm');
  expect(dataSet!.samples).toBe(1797);
  const data = { name: 'digits.csv', hash: dataSet!.hash };
  expect(config).toMatchObject({ spectrum: 'data', features: 'samples', dimension: 61, data });
});

test('a link that names the file needs it', async () => {
  const link = 'model=glm&dimension=61&spectrum=data&data=digits.csv:a52cfca6e39d297d';
  expect((await completed('--data', digits, link)).dataSet!.hash).toBe('a52cfca6e39d297d');
});

describe('refused in one line', () => {
  test.each([
    [[digits, 'model=dln'], /^--data public.data.digits.csv: model dln takes no file$/],
    [['README.md', 'model=glm'], /^--data README.md: README.md: expected a file that ends in .csv/],
    [['none.csv', 'model=glm'], /^--data none.csv: ENOENT/],
    [
      [digits, 'model=glm&spectrum=data&data=x.csv:0123456789abcdef'],
      /has hash a52cfca6e39d297d; expected 0123456789abcdef, the hash of x.csv in the link$/,
    ],
  ])('%j', async ([path, link], message) => {
    const refused = completed('--data', path!, link!);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(message);
  });

  test('a link that names a file without it', async () => {
    await expect(completed('model=glm&spectrum=data&data=x.csv:0123456789abcdef')).rejects.toThrow(
      /^data = x.csv: /,
    );
  });

  test('values that do not go together', async () => {
    const problem = () => 'batchSize 3 does not divide samples 10';
    const options = parseOptions(['batchSize=3'], { dln: { ...models['dln']!, problem } });
    await expect(complete(options)).rejects.toThrow('batchSize 3 does not divide samples 10');
  });
});
