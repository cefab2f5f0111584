/** The data sets that have been opened, in this thread: a config names one, and models find it here. */
import type { DataSet } from './dataSet.ts';

const shelf = new Map<string, DataSet>();

export function keep(dataSet: DataSet): void {
  shelf.set(dataSet.hash, dataSet);
}

/** Undefined until it has been opened. */
export function find(hash: string): DataSet | undefined {
  return shelf.get(hash);
}
