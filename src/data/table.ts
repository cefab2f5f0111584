/** A table of numbers from a file that a user chose: rows are samples, columns are features. */
import type { NpyArray } from 'npyjs';
import { MOST_NUMBERS, requireBytes } from './size.ts';

export interface Table {
  readonly samples: number;
  readonly features: number;
  /** Length samples·features, row after row. */
  readonly values: Float64Array;
}

const clip = (text: string) => (text.length > 20 ? `${text.slice(0, 20)}…` : text);

function requireSize(name: string, samples: number, features: number): void {
  if (samples === 0 || features === 0) throw new RangeError(`${name} is empty; expected rows of numbers`);
  if (samples * features > MOST_NUMBERS) {
    const size = `${samples} rows of ${features} numbers`;
    throw new RangeError(`${name} has ${size}; expected at most ${MOST_NUMBERS} numbers in all`);
  }
}

/** Cells of a CSV file, spaces trimmed; the delimiter is found out. */
async function cellsOf(name: string, text: string): Promise<string[][]> {
  const { default: papa } = await import('papaparse');
  const { data, errors } = papa.parse<string[]>(text, {
    skipEmptyLines: 'greedy',
    transform: (cell) => cell.trim(),
  });
  // A single column has no delimiter to find.
  const error = errors.find(({ code }) => code !== 'UndetectableDelimiter');
  if (error) throw new RangeError(`${name}: row ${(error.row ?? 0) + 1}: ${error.message}`);
  return data;
}

const isNumber = (cell: string) => cell !== '' && Number.isFinite(Number(cell));

/** A first row without any number is taken for names of columns. */
async function fromCsv(name: string, bytes: ArrayBuffer): Promise<Table> {
  const cells = await cellsOf(name, new TextDecoder().decode(bytes));
  const header = cells.length > 0 && !cells[0]!.some(isNumber) ? 1 : 0;
  const samples = cells.length - header;
  const features = cells[header]?.length ?? 0;
  requireSize(name, samples, features);
  const values = new Float64Array(samples * features);
  for (let i = 0; i < samples; i++) {
    const row = cells[header + i]!;
    const place = `${name}: row ${header + i + 1}`;
    if (row.length !== features) {
      throw new RangeError(`${place} has ${row.length} values; expected ${features} as in the first row`);
    }
    for (const [j, cell] of row.entries()) {
      if (!isNumber(cell)) {
        throw new RangeError(`${place}, column ${j + 1} is "${clip(cell)}"; expected a number`);
      }
      values[i * features + j] = Number(cell);
    }
  }
  return { samples, features, values };
}

/** A two-dimensional array of real numbers as NumPy saves it. */
async function fromNpy(name: string, bytes: ArrayBuffer): Promise<Table> {
  // The first six bytes of every NPY file.
  const magic = String.fromCharCode(...new Uint8Array(bytes.slice(0, 6)));
  if (magic !== '\x93NUMPY')
    throw new RangeError(`${name} is no NPY file; expected an array saved by numpy.save`);
  const { parse } = await import('npyjs');
  let array: NpyArray;
  try {
    array = parse(bytes);
  } catch (error) {
    throw new RangeError(`${name}: ${(error as Error).message}; expected an array saved by numpy.save`, {
      cause: error,
    });
  }
  const { data, dtype, shape, fortranOrder } = array;
  if (!/^[iufb]\d$/.test(dtype)) throw new RangeError(`${name} holds ${dtype}; expected real numbers`);
  if (shape.length !== 2) {
    throw new RangeError(`${name} has shape (${shape.join(', ')}); expected (samples, features)`);
  }
  const [samples, features] = shape as [number, number];
  requireSize(name, samples, features);
  const numbers = data as unknown as ArrayLike<number | bigint>;
  const values = new Float64Array(samples * features);
  for (let i = 0; i < samples; i++) {
    for (let j = 0; j < features; j++) {
      const value = Number(numbers[fortranOrder ? j * samples + i : i * features + j]);
      if (!Number.isFinite(value)) {
        throw new RangeError(`${name}: row ${i + 1}, column ${j + 1} is ${value}; expected a finite number`);
      }
      values[i * features + j] = value;
    }
  }
  return { samples, features, values };
}

/** Throws RangeError, one line with the name of the file, on what is no table of numbers. */
export async function readTable(name: string, bytes: ArrayBuffer): Promise<Table> {
  if (bytes.byteLength === 0) throw new RangeError(`${name} is empty; expected rows of numbers`);
  requireBytes(name, bytes.byteLength);
  if (/\.npy$/i.test(name)) return fromNpy(name, bytes);
  if (/\.(csv|tsv|txt)$/i.test(name)) return fromCsv(name, bytes);
  throw new RangeError(`${name}: expected a file that ends in .csv, .tsv, .txt or .npy`);
}
