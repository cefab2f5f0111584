import { expect, test } from 'vitest';
import { Program } from '../../src/engine/wasmProgram.ts';
import { dln } from '../../src/models/dln/index.ts';

const binary = await dln.processes['sgd']!.wasm!.binary();

const vectorsOf = (count: number, dimension: number) =>
  Float32Array.from({ length: count * dimension }, (_, i) => i + 1);

/** What lies in memory from an address on. */
function numbersAt(program: Program, address: number, length: number): number[] {
  const numberAt = (at: number) => program.download({ address: at, length: 1, double: false })[0]!;
  return Array.from({ length }, (_, i) => numberAt(address + 4 * i));
}

test.each([16, 17, 22, 67])('%i coordinates: every vector of an array has groups of its own', (dimension) => {
  const program = new Program('test', binary, dimension);
  const all = vectorsOf(3, dimension);
  const stored = program.upload('student', all, -7);
  const size = 16 * Math.ceil(dimension / 16);
  for (const k of [0, 1, 2]) {
    const alone = program.upload('student', all.slice(k * dimension, (k + 1) * dimension), -7);
    expect(numbersAt(program, stored.address + 4 * k * size, size)).toEqual(
      numbersAt(program, alone.address, size),
    );
  }
  const blocks = Math.ceil(dimension / 4);
  const numbers = numbersAt(program, stored.address, 3 * size);
  // Number 16g + 4w + l of a vector is coordinate w⌈d/4⌉ + 4g + l.
  expect(numbers[2 * size + 4 + 1]).toBe(2 * dimension + blocks + 1 + 1);
  expect(numbers.filter((value) => value === -7).length).toBe(3 * (size - dimension));
  expect([...program.download(stored)]).toEqual([...all]);
});

test('single numbers and tables are copied as they are', () => {
  const program = new Program('test', binary, 16);
  const single = program.upload('noiseTime', Float64Array.from([1 / 3]), 0);
  expect([...program.download(single)]).toEqual([1 / 3]);
  const table = program.copy(Float32Array.from([3, 1, 4, 1, 5]));
  expect(numbersAt(program, table.address, 5)).toEqual([3, 1, 4, 1, 5]);
});

test('vectors of another length are refused by name', () => {
  const program = new Program('test', binary, 16);
  expect(() => program.upload('teacher', new Float32Array(33), 0)).toThrow(
    'array teacher: expected a length that is a multiple of dimension 16, got 33',
  );
});

test('room is reserved for whole vectors with their padding, else for as many numbers', () => {
  const program = new Program('test', binary, 17);
  const room = (length: number) => {
    const at = program.reserve(length);
    return program.allocate(1) - at;
  };
  expect(room(3 * 17)).toBe(3 * 2 * 64);
  expect(room(20)).toBe(128);
});
