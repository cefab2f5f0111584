import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Messages } from '../../src/ui/messages.ts';

const host = {
  addController: () => undefined,
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
};
const page = Object.assign(new EventTarget(), { hidden: false });
let running: boolean;
let messages: Messages;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', page);
  running = true;
  messages = new Messages(host, () => running);
  messages.hostConnected();
});

afterEach(() => {
  messages.hostDisconnected();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const texts = () => messages.notices.map(({ text }) => text);

function hide(hidden: boolean): void {
  page.hidden = hidden;
  page.dispatchEvent(new Event('visibilitychange'));
}

test('a newer message on a topic replaces the older one', () => {
  messages.say('copy', 'warning', 'one');
  messages.say('save', 'warning', 'two');
  messages.say('copy', 'warning', 'three');
  expect(texts()).toEqual(['two', 'three']);
  messages.dismiss('save');
  expect(texts()).toEqual(['three']);
});

test('confirmations go by themselves, problems stay', () => {
  messages.say('copy', 'info', 'copied');
  messages.say('save', 'error', 'failed');
  vi.advanceTimersByTime(10_000);
  expect(texts()).toEqual(['failed']);
});

test('fields of a link that were not taken over are listed with what is accepted; a good link clears them', () => {
  messages.report([
    { key: 'seed', value: 'x', message: 'expected an integer from 0 to 9' },
    { key: 'v', value: '7', message: 'this page reads version 1' },
  ]);
  expect(texts()).toEqual([
    'Not taken over from the link: seed=x (expected an integer from 0 to 9); v=7 (this page reads version 1).',
  ]);
  messages.report([]);
  expect(texts()).toEqual([]);
});

test('a long list of refused fields is cut to five, in brief', () => {
  const problem = {
    key: 'k'.repeat(900),
    value: 'x'.repeat(900),
    message: 'expected '.repeat(99),
    brief: 'no key',
  };
  messages.report(Array.from({ length: 3000 }, () => problem));
  const [text] = texts();
  expect(text).toMatch(/; and 2995 more\.$/);
  expect(text!.match(/no key/g)).toHaveLength(5);
  expect(text!.length).toBeLessThan(600);
});

test('a tab that was hidden while something ran says so when it comes back', () => {
  hide(true);
  vi.advanceTimersByTime(42_000);
  hide(false);
  expect(texts()).toEqual(['The tab was in the background for 42 s; the simulation went on meanwhile.']);
});

test('a tab that was hidden while nothing ran says nothing', () => {
  running = false;
  hide(true);
  vi.advanceTimersByTime(42_000);
  hide(false);
  expect(texts()).toEqual([]);
});
