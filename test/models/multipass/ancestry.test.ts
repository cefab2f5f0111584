import { expect, test } from 'vitest';
import { Ancestry } from '../../../src/models/multipass/ancestry.ts';

/** Rows by name, as each path has them. */
function follow(steps: readonly (number | readonly number[])[], paths: number) {
  const ancestry = new Ancestry(paths);
  let histories: string[][] = Array.from({ length: paths }, () => []);
  let rows = 0;
  for (const step of steps) {
    if (typeof step === 'number') {
      for (let n = 0; n < step; n++, rows++)
        histories.forEach((history, i) => history.push(`${rows} of ${i}`));
    } else {
      ancestry.split(rows, Uint32Array.from(step));
      histories = step.map((from) => [...histories[from]]);
    }
  }
  return { ancestry, histories, rows };
}

test.each([
  ['no split', [5]],
  ['one split', [3, [0, 0, 2, 0], 4]],
  ['splits of splits', [2, [1, 1, 1, 3], 1, [0, 3, 2, 2], 6, [3, 3, 3, 3]]],
])('%s: each row is shared by the paths that have it', (_, steps) => {
  const { ancestry, histories, rows } = follow(steps, 4);
  const values = Float64Array.of(1, -2, 0.5, 7);
  const expected = histories.map((history) =>
    history.reduce((sum, row) => {
      const sharing = [0, 1, 2, 3].filter((i) => histories[i].includes(row));
      return sum + sharing.reduce((all, i) => all + values[i], 0);
    }, 0),
  );
  const shared = values.slice();
  ancestry.share(rows, shared);
  expect([...shared]).toEqual(expected);
});
