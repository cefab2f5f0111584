/** How far down a process resolves what it measures. */
import type { AnyModel } from '../models/model.ts';
import type { Source } from './experiment.ts';

/** Value below which an observable of this process is rounding; 0 for limits and for what does not decay over decades. */
export function precisionOf(
  { observables, processes }: AnyModel,
  { kind, name, trajectory }: Pick<Source, 'kind' | 'name' | 'trajectory'>,
  observable: string,
): number {
  const relative = kind === 'process' && observables[observable]!.scale === 'log' && processes[name]!.floor;
  return relative ? relative * trajectory.column(observable, 'q50')[0]! : 0;
}

/** Number of values before the first one that lies below the precision. */
export function resolved(values: Float64Array, precision: number): number {
  const sunk = precision > 0 ? values.findIndex((value) => value < precision) : -1;
  return sunk < 0 ? values.length : sunk;
}
