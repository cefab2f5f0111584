/** How far processes are from the limits that predict them, in words. */
import { largestDeviation, type Deviation } from '../engine/deviation.ts';
import type { Experiment } from '../engine/experiment.ts';
import { formatValue } from './charts/format.ts';

/** "SGD is at most 12 ± 2 % above the limit, at t = 3.00" or "SGD reaches 31 times the limit, at t = 10.0". */
export function deviationText(
  process: string,
  limit: string,
  { t, relative, standardError }: Deviation,
): string {
  const time = `at t = ${formatValue(t)}`;
  if (relative > 1) return `${process} reaches ${formatValue(1 + relative, 2)} times the ${limit}, ${time}`;
  const size = formatValue(100 * Math.abs(relative), 2);
  const error = Number.isNaN(standardError) ? '' : ` ± ${formatValue(100 * standardError, 1)}`;
  const side = relative > 0 ? 'above' : 'below';
  return `${process} is at most ${size}${error} % ${side} the ${limit}, ${time}`;
}

/** One sentence for every limit that is always drawn, on the first observable of the model. */
export function deviationTexts({ model, sources }: Pick<Experiment, 'model' | 'sources'>): string[] {
  const observable = model.shown[0]!;
  return sources.flatMap((source) => {
    const limit = source.kind === 'limit' ? model.limits[source.name]! : undefined;
    if (!limit || limit.optional) return [];
    const process = sources.find(({ kind, name }) => kind === 'process' && name === limit.predicts);
    const found = process && largestDeviation(process.trajectory, source.trajectory, observable);
    const { label } = model.observables[observable]!;
    return found ? [`${label}: ${deviationText(process.label, limit.label, found)}`] : [];
  });
}
