import { dump } from 'npyjs';
import { describe, expect, test } from 'vitest';
import { MOST_NUMBERS, requireBytes } from '../../src/data/size.ts';
import { readTable } from '../../src/data/table.ts';

const text = (content: string) => new TextEncoder().encode(content).buffer as ArrayBuffer;

describe('CSV', () => {
  test.each(['1,2\n3,-4e-1\n', '1;2\n3;-0.4', '1\t2\r\n3\t-.4\r\n', 'a,b\n1, 2\n\n"3",-0.4\n'])(
    '%j is two samples of two features',
    async (content) => {
      const { samples, features, values } = await readTable('x.csv', text(content));
      expect([samples, features]).toEqual([2, 2]);
      expect([...values]).toEqual([1, 2, 3, -0.4]);
    },
  );

  test.each([
    ['', 'x.csv is empty; expected rows of numbers'],
    ['\n\n', 'x.csv is empty; expected rows of numbers'],
    ['a,b\n', 'x.csv is empty; expected rows of numbers'],
    ['1,2\n3\n', 'x.csv: row 2 has 1 values; expected 2 as in the first row'],
    ['a,b\n1,2\n3,setosa\n', 'x.csv: row 3, column 2 is "setosa"; expected a number'],
    ['1,2\n3,\n', 'x.csv: row 2, column 2 is ""; expected a number'],
    ['1,2\n3,NaN\n', 'x.csv: row 2, column 2 is "NaN"; expected a number'],
    ['1,2\n3,"4\n', /^x\.csv: row 2: .*quot/i],
  ])('%j is refused with what is wrong with it', async (content, message) => {
    await expect(readTable('x.csv', text(content))).rejects.toThrow(message);
  });
});

describe('NPY', () => {
  test.each([
    new Float64Array([1, 2, 3, -4, 5, 6]),
    new Float32Array([1, 2, 3, -4, 5, 6]),
    new Int16Array([1, 2, 3, -4, 5, 6]),
    new BigInt64Array([1n, 2n, 3n, -4n, 5n, 6n]),
  ])('reads arrays of each type', async (data) => {
    const { samples, features, values } = await readTable('x.npy', dump(data as Float64Array, [3, 2]));
    expect([samples, features]).toEqual([3, 2]);
    expect([...values]).toEqual([1, 2, 3, -4, 5, 6]);
  });

  test('reads columns first where the header says so', async () => {
    const bytes = new Uint8Array(dump(new Float64Array([1, 2, 3, 4, 5, 6]), [3, 2]));
    const header = new TextDecoder('latin1').decode(bytes);
    const at = header.indexOf('False');
    bytes.set(new TextEncoder().encode(' True'), at);
    const { values } = await readTable('x.npy', bytes.buffer);
    expect([...values]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  test('refuses other shapes, numbers that are not finite, and files that are none', async () => {
    const flat = dump(new Float64Array(3), [3]);
    await expect(readTable('x.npy', flat)).rejects.toThrow(
      'x.npy has shape (3); expected (samples, features)',
    );
    const infinite = dump(new Float64Array([1, Infinity]), [2, 1]);
    await expect(readTable('x.npy', infinite)).rejects.toThrow('x.npy: row 2, column 1 is Infinity');
    await expect(readTable('x.npy', text('1,2\n3,4'))).rejects.toThrow(
      'expected an array saved by numpy.save',
    );
  });
});

test('refuses what is too large, and other kinds of files', async () => {
  const huge = dump(new Int8Array(MOST_NUMBERS + 2), [MOST_NUMBERS / 2 + 1, 2]);
  await expect(readTable('x.npy', huge)).rejects.toThrow(`expected at most ${MOST_NUMBERS} numbers in all`);
  await expect(readTable('x.png', text('1'))).rejects.toThrow('x.png: expected a file that ends in .csv');
  expect(() => requireBytes('x.csv', 2 ** 28)).toThrow('x.csv has 256 MB; expected at most 160 MB');
});
