import { expect, test } from 'vitest';
import { applyFields, type Schemas } from '../../src/config/fragment.ts';
import type { ChoiceParameter } from '../../src/config/parameter.ts';
import { Store } from '../../src/config/store.ts';
import { viewParameters } from '../../src/config/view.ts';
import { allModels } from '../../src/models/index.ts';
import { derive } from '../../src/ui/derived.ts';

const models = await allModels();
const parametersOf = Object.entries(models).map(([name, { parameters }]) => [name, parameters]);
const schemas: Schemas = { models: Object.fromEntries(parametersOf), view: viewParameters };

function derived(model: string, fields: Readonly<Record<string, string>> = {}) {
  const settings = applyFields(new Map(Object.entries({ model, ...fields })), schemas);
  return derive(models[model]!, new Store(schemas, settings));
}

test('views that a model does not have are not offered', () => {
  for (const [name, { distributions, epoch }] of Object.entries(models)) {
    const { parameters } = derived(name);
    const axes = Object.keys((parameters['xAxis'] as ChoiceParameter).options);
    expect(Object.hasOwn(parameters, 'distribution')).toBe(distributions !== undefined);
    expect(axes.includes('epochs')).toBe(epoch !== undefined);
  }
});

test('the story is that of a preset, or says what differs; problems name controls', () => {
  expect(derived('dln').story.preset).toBe('start');
  const { story, problem } = derived('glm', { teacherNorm: '1,2' });
  expect(story.doc).toMatch(/^s = 1,2; everything else at its default\./);
  expect(problem).toMatch(/^teacher norm = 1,2 has 2 numbers/);
});
