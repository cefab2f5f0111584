import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Decoded, Settings } from '../../src/config/fragment.ts';
import { defaultsOf, flag, number, type Parameters } from '../../src/config/parameter.ts';
import { Store } from '../../src/config/store.ts';
import { bindAddress, linkTo, readAddress } from '../../src/config/url.ts';

const described = { label: 'x', doc: 'A sentence.' } as const;
const toy = { seed: number({ ...described, group: 'simulation', default: 1, min: 0, max: 9 }) };
const other = { seed: number({ ...described, group: 'simulation', default: 2, min: 0, max: 9 }) };
const models: Record<string, Parameters | undefined> = { toy, other: undefined };
const schemas = { models, view: { logX: flag({ ...described, group: 'view', default: false }) } };
const withSeed = (seed: number): Settings => ({
  model: 'toy',
  config: { seed },
  view: defaultsOf(schemas.view),
});
const page = 'https://example.org/lab/?a=1';

/** What the module uses of a browser window: an address with a history. */
class FakeWindow extends EventTarget {
  entries = [page];
  full = false;
  get location() {
    return { href: this.entries.at(-1)! };
  }
  readonly history = {
    pushState: (_state: unknown, _title: string, url: string) => {
      if (this.full) throw new Error('too many calls');
      this.entries.push(url);
    },
    replaceState: (_state: unknown, _title: string, url: string) => {
      if (this.full) throw new Error('too many calls');
      this.entries[this.entries.length - 1] = url;
    },
  };
  goTo(hash: string): void {
    this.entries.push(page + hash);
    this.dispatchEvent(new Event('popstate'));
    this.dispatchEvent(new Event('hashchange'));
  }
}

let fake: FakeWindow;
let store: Store;
let read: Decoded[];
let reports: string[];

/** What loads a model that is not there yet. */
let load: (name: string) => Promise<unknown>;

beforeEach(async () => {
  models['other'] = undefined;
  load = () => Promise.resolve();
  vi.useFakeTimers();
  fake = new FakeWindow();
  vi.stubGlobal('window', fake);
  store = new Store(schemas, (await readAddress(schemas, load)).settings);
  read = [];
  reports = [];
  bindAddress(store, {
    load: (name) => load(name),
    onRead: (decoded) => read.push(decoded),
    report: (message) => reports.push(message),
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const link = (seed: number) => `${page}#v=1&model=toy&seed=${seed}`;

test('an edit is written at once into the present entry, more of them once a second', () => {
  store.set('seed', 2);
  expect(fake.entries).toEqual([link(2)]);
  store.set('seed', 3);
  vi.advanceTimersByTime(900);
  store.set('seed', 4);
  expect(fake.entries).toEqual([link(2)]);
  vi.advanceTimersByTime(100);
  expect(fake.entries).toEqual([link(4)]);
});

test('the last value of a drag is written when the pointer is lifted, so that Back and Forward find it', () => {
  store.replace(withSeed(5), 'jump');
  store.set('seed', 6);
  store.set('seed', 7);
  fake.dispatchEvent(new Event('pointerup'));
  expect(fake.entries).toEqual([page, link(7)]);
  fake.goTo('#');
  vi.advanceTimersByTime(5000);
  expect(fake.entries).toEqual([page, link(7), `${page}#`]);
});

test('a jump is a new entry, and Back finds the edits made before it', () => {
  store.set('seed', 2);
  store.replace(withSeed(5), 'jump');
  expect(fake.entries).toEqual([`${page}#v=1&model=toy&seed=2`, `${page}#v=1&model=toy&seed=5`]);
  vi.advanceTimersByTime(5000);
  expect(fake.entries).toHaveLength(2);
});

test('an address changed by the user is read once, and not written back', () => {
  store.set('seed', 2);
  fake.goTo('#seed=7&colour=red');
  expect(store.settings).toEqual(withSeed(7));
  expect(read.length).toBeGreaterThan(0);
  expect(read[0]!.problems.map(({ key }) => key)).toEqual(['colour']);
  vi.advanceTimersByTime(5000);
  expect(fake.entries.at(-1)).toBe(`${page}#seed=7&colour=red`);
  fake.goTo('#seed=8');
  expect(read.filter(({ settings }) => settings.config['seed'] === 8)).toHaveLength(1);
});

test('leaving the page writes what is still pending', () => {
  store.set('seed', 3);
  store.set('seed', 4);
  fake.dispatchEvent(new Event('pagehide'));
  expect(fake.entries).toEqual([`${page}#v=1&model=toy&seed=4`]);
});

test('a browser that refuses is reported', () => {
  fake.full = true;
  store.set('seed', 4);
  vi.advanceTimersByTime(1000);
  expect(reports).toEqual(['the address could not be updated: too many calls']);
});

test('a link keeps path and query of the page', () => {
  expect(linkTo(withSeed(6), schemas)).toBe(`${page}#v=1&model=toy&seed=6`);
  fake.goTo('#seed=6');
  expect(linkTo(withSeed(1), schemas)).toBe(`${page}#v=1&model=toy`);
});

test('a key that is let go leaves no edit that Back would lose', () => {
  store.replace(withSeed(5), 'jump');
  for (const seed of [6, 7, 8]) {
    store.set('seed', seed);
    fake.dispatchEvent(new Event('keyup'));
    expect(fake.entries).toEqual([page, link(seed)]);
  }
});

test('keys in quick succession write no more often than browsers allow', () => {
  const write = vi.spyOn(fake.history, 'replaceState');
  for (let i = 0; i < 300; i++) {
    store.set('seed', i % 10);
    fake.dispatchEvent(new Event('keyup'));
    vi.advanceTimersByTime(100);
  }
  expect(write.mock.calls.length).toBeGreaterThan(60);
  expect(write.mock.calls.length).toBeLessThan(100);
  vi.advanceTimersByTime(1000);
  expect(fake.entries).toEqual([link(299 % 10)]);
});

describe('a model that is not loaded', () => {
  const loading = () => vi.advanceTimersByTimeAsync(100);
  const arrive = async (name: string) => {
    await Promise.resolve();
    models[name] = other;
  };

  test('is loaded before its settings are read', async () => {
    load = arrive;
    fake.goTo('#model=other&seed=3');
    expect(store.settings.model).toBe('toy');
    await loading();
    expect(store.settings).toMatchObject({ model: 'other', config: { seed: 3 } });
    expect(read).toHaveLength(1);
  });

  test('is not shown to a user who has gone elsewhere meanwhile', async () => {
    load = (name) => new Promise((resolve) => setTimeout(() => resolve(arrive(name)), 50));
    fake.goTo('#model=other&seed=3');
    fake.goTo('#seed=4');
    await loading();
    expect(store.settings).toEqual(withSeed(4));
  });

  test('that cannot be loaded leaves the page as it is, and is told', async () => {
    load = () => Promise.reject(new Error('no network'));
    fake.goTo('#model=other&seed=3');
    await loading();
    expect(store.settings).toEqual(withSeed(1));
    expect(reports[0]).toBe('model other could not be loaded: no network');
  });
});
