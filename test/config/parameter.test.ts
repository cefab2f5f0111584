import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  atoms,
  choice,
  conditionText,
  defaultsOf,
  file,
  flag,
  isActive,
  number,
  numbers,
  words,
  type Condition,
} from '../../src/config/parameter.ts';

fc.configureGlobal({ seed: 1 });

const described = { label: 'x', doc: 'A sentence.', group: 'problem' } as const;
const scale = number({ ...described, default: 1, min: 0.001, max: 10 });
const count = number({ ...described, default: 1, min: 1, max: 256, integer: true });
const law = atoms({ ...described, default: '0:0.5,1:0.5', min: -10, max: 10, maxCount: 3 });

describe('number', () => {
  test('reads what it has written, to the last bit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 10, noNaN: true }), (value) => {
        expect(scale.parse(scale.format(value))).toBe(value);
      }),
    );
  });

  test.each(['', ' ', 'abc', '0x1', 'Infinity', 'NaN', '1e', '1,5', '0.0009', '10.1', '-1', '1 2'])(
    'refuses %j and says what it accepts',
    (text) => expect(() => scale.parse(text)).toThrow(new RangeError('a number from 0.001 to 10')),
  );

  test.each([
    ['1e-3', 0.001],
    ['.5', 0.5],
    ['5.', 5],
    ['+2', 2],
    ['1E1', 10],
  ])('reads %j', (text, value) => expect(scale.parse(text)).toBe(value));

  test.each(['1.5', '0', '257'])('refuses %j where an integer is wanted', (text) =>
    expect(() => count.parse(text)).toThrow('an integer from 1 to 256'),
  );
});

describe('choice and flag', () => {
  const init = choice({ ...described, default: 'zero', options: { zero: 'zero output', random: 'random' } });

  test('a choice is one of its options, not a property of every object', () => {
    expect(init.parse('random')).toBe('random');
    for (const text of ['Random', 'toString', '']) {
      expect(() => init.parse(text)).toThrow('one of zero, random');
    }
  });

  test('a flag is true or false', () => {
    const log = flag({ ...described, default: false });
    expect(['true', 'false'].map(log.parse)).toEqual([true, false]);
    expect(() => log.parse('1')).toThrow('true or false');
  });
});

describe('atoms', () => {
  test('reads what it has written', () => {
    const value = fc.double({ min: -10, max: 10, noNaN: true }).map((x) => x + 0);
    const weight = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    const list = fc.array(fc.record({ value, weight }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(list, (given) => {
        expect(law.parse(law.format(given))).toEqual(given);
      }),
    );
  });

  test.each(['', '1', '1:0', '1:-1', '1:1:1', '11:1', '1:1,', '1:1,2:1,3:1,4:1', 'a:1', '1:Infinity'])(
    'refuses %j',
    (text) =>
      expect(() => law.parse(text)).toThrow(/^value:weight pairs .* at most 3, values from -10 to 10/),
  );
});

describe('numbers', () => {
  const norms = numbers({ ...described, default: '1', min: -10, max: 10, maxCount: 3 });

  test('reads what it has written', () => {
    for (const list of [[1], [0.1, -2], [1e-7, 10, 3]]) expect(norms.parse(norms.format(list))).toEqual(list);
  });

  test.each(['', '1,', '1,2,3,4', '11', 'NaN', '1 2', '1:2'])('refuses %j with what it accepts', (text) => {
    expect(() => norms.parse(text)).toThrow(RangeError(norms.accepts));
  });

  test('may be none where none is the default', () => {
    const some = numbers({ ...described, default: '', min: 0, max: 1, maxCount: 2 });
    expect([some.default, some.parse(''), some.format([])]).toEqual([[], [], '']);
    expect(some.parse('0.5,1')).toEqual([0.5, 1]);
    expect(() => some.parse(',')).toThrow('nothing, or a list of at most 2 numbers from 0 to 1');
  });
});

describe('file', () => {
  const data = file({ ...described });

  test('reads what it has written', () => {
    for (const value of [data.default, { name: 'my: file.csv', hash: '0123456789abcdef' }]) {
      expect(data.parse(data.format(value))).toEqual(value);
    }
  });

  test.each(['x.csv', 'x.csv:', ':0123456789abcdef', 'x.csv:0123'])(
    'refuses %j with what it accepts',
    (text) => {
      expect(() => data.parse(text)).toThrow(RangeError(data.accepts));
    },
  );
});

test('words are separated by commas', () => {
  const show = words(described);
  expect(show.parse('')).toEqual([]);
  expect(show.parse('risk,l1')).toEqual(['risk', 'l1']);
  expect(() => show.parse('risk,<b>')).toThrow('words of letters and digits');
});

test('a parameter is active only while those it hangs on are active and have one of its values', () => {
  const parameters = {
    spectrum: choice({ ...described, default: 'flat', options: { flat: '', steep: '' } }),
    tail: choice({
      ...described,
      default: 'thin',
      options: { thin: '', fat: '' },
      when: { key: 'spectrum', is: ['steep'] },
    }),
    exponent: number({
      ...described,
      default: 1,
      min: 0,
      max: 2,
      when: { key: 'tail', is: ['fat'] },
    }),
  };
  const active = (spectrum: string, tail: string) => isActive(parameters, { spectrum, tail }, 'exponent');
  expect(active('steep', 'fat')).toBe(true);
  expect(active('steep', 'thin')).toBe(false);
  expect(active('flat', 'fat')).toBe(false);
  expect(defaultsOf(parameters)).toEqual({ spectrum: 'flat', tail: 'thin', exponent: 1 });
});

test('alternatives to a condition: one that holds is enough', () => {
  const units = number({ ...described, default: 1, min: 1, max: 3, integer: true });
  const condition: Condition = { key: 'students', is: ['2', '3'], or: { key: 'teachers', is: ['2'] } };
  const parameters = {
    students: units,
    teachers: units,
    moments: numbers({ ...described, default: '', min: 0, max: 1, maxCount: 2, when: condition }),
  };
  const active = (students: number, teachers: number) =>
    isActive(parameters, { students, teachers }, 'moments');
  expect([active(1, 1), active(2, 1), active(1, 2), active(3, 2), active(1, 3)]).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(conditionText(parameters.moments)).toBe('with students=2 or 3, or with teachers=2');
});

test('a parameter gives way to a list that is there and has a meaning', () => {
  const list = { ...described, default: '', min: 0, max: 1, maxCount: 2 };
  const parameters = {
    law: choice({ ...described, default: 'one', options: { one: '', many: '' } }),
    moments: numbers({ ...list, when: { key: 'law', is: ['many'] } }),
    norm: number({ ...described, default: 1, min: 0, max: 1, unless: 'moments' }),
  };
  const active = (law: string, moments: readonly number[]) => isActive(parameters, { law, moments }, 'norm');
  expect([active('one', []), active('many', []), active('one', [1]), active('many', [1])]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(conditionText(parameters.norm)).toBe('without moments');
});
