import { expect, test } from 'vitest';
import { Remainder } from '../../../src/models/multipass/ownShare.ts';
import { meanProduct, PathStart } from '../../../src/models/multipass/pathStart.ts';

const start = new PathStart(512, 1, 0, 2, 1);
const [teacher, [first, second]] = [start.teacher, start.starts];
const fixed = [teacher, start.label];
const field = first.map((value, i) => 0.6 * value + 0.3 * teacher[i]);
const other = first.map((value, i) => 0.2 * value - second[i]);

function remainderOf(gradient: Float64Array, fields: readonly Float64Array[]): Float64Array {
  const remainder = new Remainder(fixed, fields.length);
  remainder.at(fields);
  const out = new Float64Array(gradient.length);
  remainder.of(gradient, out);
  return out;
}

test('nothing remains of a mean and of what is linear in fields and starts', () => {
  const gradient = field.map((value, i) => 3 - value + 2 * other[i] + 0.5 * start.label[i]);
  for (const value of remainderOf(gradient, [field, other])) expect(value).toBeCloseTo(0, 10);
});

test('what remains is orthogonal to all of that, and not changed by it', () => {
  const bent = field.map((value) => Math.tanh(2 * value) ** 2);
  const rest = remainderOf(bent, [field, other]);
  for (const row of [...fixed, field, other]) expect(meanProduct(rest, row)).toBeCloseTo(0, 10);
  expect(meanProduct(rest, rest)).toBeGreaterThan(0.01);
  const moved = remainderOf(
    bent.map((value, i) => value + 4 * field[i] - 1),
    [field, other],
  );
  moved.forEach((value, i) => expect(value).toBeCloseTo(rest[i], 10));
});

test('fields that are spanned by others change nothing', () => {
  const bent = field.map((value) => value ** 3);
  const [once, twice] = [
    remainderOf(bent, [field]),
    remainderOf(bent, [field, field.map((value) => 2 * value)]),
  ];
  twice.forEach((value, i) => expect(value).toBeCloseTo(once[i], 8));
});
