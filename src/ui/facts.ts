/** What theory says about the experiment, and how far it is from theory, in short labelled facts. */
import { largestDeviation, limitOf, type Deviation } from '../engine/deviation.ts';
import type { Source } from '../engine/experiment.ts';
import { precisionOf, resolved } from '../engine/precision.ts';
import type { AnyModel, Fact } from '../models/model.ts';
import { formatValue } from './charts/format.ts';
import { solvedLimit } from './charts/guides.ts';
import type { Recorded } from './charts/pin.ts';

/** Classifying may search for roots: when the limit is solved well, and in the end. */
const cache = new WeakMap<Recorded, { readonly final: boolean; readonly facts: readonly Fact[] }>();

const isMain = (model: AnyModel, name: string) => name === Object.keys(model.limits)[0];

function theoryOf(experiment: Recorded): readonly Fact[] {
  const { model, config, sources } = experiment;
  const limit = solvedLimit(experiment);
  if (!limit || !model.facts) return [];
  const known = cache.get(experiment);
  if (known?.final === limit.final) return known.facts;
  const main = sources.find(({ kind, name }) => kind === 'limit' && isMain(model, name))!;
  const facts = model.facts(config, limit, main.blowUp !== undefined);
  cache.set(experiment, { final: limit.final, facts });
  return facts;
}

/** Whole digits up to 1000, so that a large standard error is no power of ten. */
const plain = (value: number) =>
  value >= 1 && value < 1000 ? String(Number(value.toPrecision(1))) : formatValue(value, 1);

/** "+12 ± 2 % at t = 3.00", "× 31 at t = 10.0" */
export function deviationValue({ t, relative, standardError }: Deviation): string {
  const time = `at t = ${formatValue(t)}`;
  if (relative > 1) return `× ${formatValue(1 + relative, 2)} ${time}`;
  const sign = relative > 0 ? '+' : '';
  // Equal starts have no error.
  const error = standardError > 0 ? ` ± ${plain(100 * standardError)}` : '';
  return `${sign}${formatValue(100 * relative, 2)}${error} % ${time}`;
}

function deviationFacts(experiment: Recorded): Fact[] {
  const { model, sources } = experiment;
  const observable = model.shown[0]!;
  return sources.flatMap((source) => {
    const { kind, name, label, trajectory } = source;
    if (kind !== 'process') return [];
    const predicting = limitOf(model, name);
    const main = sources.find((each) => each.kind === 'limit' && each.name === predicting);
    if (!main) return [];
    const precision = precisionOf(model, source, observable);
    const count = resolved(trajectory.column(observable, 'mean'), precision);
    const found = largestDeviation(trajectory, main.trajectory, observable, count);
    return [
      {
        label: `${label} off by`,
        value: found ? deviationValue(found) : '–',
        doc:
          `Largest relative deviation of the mean ${model.observables[observable]!.label} over ` +
          `${trajectory.runs} runs of ${label} from the ${main.label} so far, with its standard error and ` +
          'time, above rounding; the limit is that of infinite dimension.',
      },
    ];
  });
}

/** Of the limit, or of the least well known one of several. */
function errorFacts({ model, sources }: Recorded): Fact[] {
  const known = sources.filter(({ kind, error }) => kind === 'limit' && error > 0);
  const isOptional = ({ name }: Source) => model.limits[name]!.optional === true;
  const [worst] = known.filter((source) => !isOptional(source)).sort((a, b) => b.error - a.error);
  return known
    .filter((source) => source === worst || isOptional(source))
    .map(({ label, error }) => ({
      label: `${label} error`,
      value: formatValue(error, 2),
      doc: `Estimated relative error of the ${label}, from solving it at two resolutions.`,
    }));
}

export function factsOf(experiment: Recorded): Fact[] {
  return [...theoryOf(experiment), ...deviationFacts(experiment), ...errorFacts(experiment)];
}
