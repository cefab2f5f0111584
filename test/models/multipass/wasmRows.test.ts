import { expect, test } from 'vitest';
import { plainRows, type RowStore } from '../../../src/math/rows.ts';
import { returnRows, takeRows } from '../../../src/models/multipass/wasmRows.ts';

const WIDTH = 5003;

function products(
  store: RowStore,
  count: number,
): { dots: Float64Array; sum: Float64Array; third: Float64Array } {
  const rows = store.rows(count, WIDTH);
  for (let l = 0; l < count; l++) {
    rows.set(
      l,
      Float64Array.from({ length: WIDTH }, (_, i) => Math.sin(l + 2 + i * i)),
    );
  }
  const vector = Float64Array.from({ length: WIDTH }, (_, i) => Math.cos(3 * i));
  const dots = new Float64Array(count);
  rows.dots(vector, count, dots);
  const sum = vector.slice();
  rows.addTo(
    sum,
    Float64Array.from({ length: count }, (_, l) => 1 / (l + 1)),
    count,
  );
  const third = new Float64Array(WIDTH);
  rows.get(2, third);
  return { dots, sum, third };
}

test.each([3, 4, 7, 40])(
  '%s rows in WebAssembly are plain rows in float32, also after they are cleared',
  async (count) => {
    const store = await takeRows();
    expect(store).not.toBe(plainRows);
    const plain = products(plainRows, count);
    for (let round = 0; round < 3; round++) {
      if (round === 2) store.clear();
      const own = products(store, count);
      expect(own.third).toEqual(plain.third.map(Math.fround));
      const apart = (a: Float64Array, b: Float64Array) =>
        a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
      expect(apart(own.dots, plain.dots)).toBeLessThan(1e-3);
      expect(apart(own.sum, plain.sum)).toBeLessThan(1e-5);
    }
    returnRows(store);
  },
);

test('a store serves one user at a time', async () => {
  const [first, second] = [await takeRows(), await takeRows()];
  expect(first).not.toBe(second);
  returnRows(first);
  expect(await takeRows()).toBe(first);
  returnRows(first);
  returnRows(second);
});
