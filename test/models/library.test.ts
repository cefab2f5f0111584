import { expect, test, vi } from 'vitest';
import { allModels, catalogue } from '../../src/models/index.ts';
import { Library } from '../../src/models/library.ts';
import type { AnyModel } from '../../src/models/model.ts';

test('every model of the registry is what its line says', async () => {
  const models = await allModels();
  expect(Object.keys(models)).toEqual(catalogue.map(({ name }) => name));
  for (const { name, label, doc } of catalogue) expect(models[name]).toMatchObject({ name, label, doc });
});

test('a model is there once it is loaded, and is loaded once', async () => {
  const load = vi.fn<() => Promise<AnyModel>>(catalogue[0]!.load);
  const library = new Library([{ ...catalogue[0]!, load }]);
  const { name } = catalogue[0]!;
  expect(library.parameters).toEqual({ [name]: undefined });
  expect(() => library.get(name)).toThrow(`model ${name} is not loaded`);
  const model = await library.load(name);
  expect(await library.load(name)).toBe(model);
  expect(library.get(name)).toBe(model);
  expect(library.parameters[name]).toBe(model.parameters);
  expect(load).toHaveBeenCalledTimes(1);
});

test('a model that is unknown is refused by name', async () => {
  const names = catalogue.map(({ name }) => name).join(', ');
  await expect(new Library(catalogue).load('perceptron')).rejects.toThrow(
    `model perceptron is unknown; expected one of ${names}`,
  );
});
