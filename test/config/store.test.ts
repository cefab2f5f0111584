import { expect, test } from 'vitest';
import type { Settings } from '../../src/config/fragment.ts';
import { defaultsOf, flag, number } from '../../src/config/parameter.ts';
import { Store, type Cause } from '../../src/config/store.ts';

const described = { label: 'x', doc: 'A sentence.' } as const;
const schemas = {
  models: { toy: { stepSize: number({ ...described, group: 'algorithm', default: 1, min: 0, max: 2 }) } },
  view: { logX: flag({ ...described, group: 'view', default: false }) },
};
const initial: Settings = {
  model: 'toy',
  config: defaultsOf(schemas.models.toy),
  view: defaultsOf(schemas.view),
};

test('a change replaces the record it concerns and leaves the other one as it is', () => {
  const store = new Store(schemas, initial);
  store.set('stepSize', 0.5);
  expect(store.settings.config).toEqual({ stepSize: 0.5 });
  expect(store.settings.view).toBe(initial.view);
  const { config } = store.settings;
  store.set('logX', true);
  expect(store.settings.config).toBe(config);
  expect(initial).toEqual({ model: 'toy', config: { stepSize: 1 }, view: { logX: false } });
});

test('listeners learn settings and cause until they leave', () => {
  const store = new Store(schemas, initial);
  const heard: [unknown, Cause][] = [];
  const leave = store.subscribe(({ config }, cause) => heard.push([config['stepSize'], cause]));
  store.set('stepSize', 0.5);
  store.replace(initial, 'jump');
  leave();
  store.set('stepSize', 2);
  expect(heard).toEqual([
    [0.5, 'edit'],
    [1, 'jump'],
  ]);
});

test('settings cannot be changed behind the store, nor by an unknown key', () => {
  const store = new Store(schemas, initial);
  store.set('stepSize', 0.5);
  expect(() => Object.assign(store.settings.config, { stepSize: 2 })).toThrow(TypeError);
  expect(() => store.set('gamma', 1)).toThrow(
    'key gamma is unknown; expected a key of model toy or of the view',
  );
});
