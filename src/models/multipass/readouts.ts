/** Guides on the charts (theory: multi-pass SGD, section 5). */
import type { Readout, SolvedLimit } from '../model.ts';
import { earlyStop } from './earlyStop.ts';
import { linearProblemOf } from './linearNetwork.ts';
import type { ObservableName } from './observables.ts';
import type { MultipassConfig } from './parameters.ts';
import { stationaryMoments } from './stationary.ts';

type Guide = Readout<ObservableName>;

function stationaryGuides(config: MultipassConfig): Guide[] {
  const problem = linearProblemOf(config);
  const state = problem && stationaryMoments(problem);
  if (!state) return [];
  const { trainLoss, testRisk } = state;
  const doc =
    'Where SGD and its modified equation settle: gradient flow’s final loss over 1 − ∫K, and its noise.';
  const guides: Guide[] = [
    { observable: 'train', label: 'final train loss', doc, level: trainLoss, guaranteed: true },
    { observable: 'test', label: 'final test risk', doc, level: testRisk, guaranteed: true },
  ];
  // Samples that can be interpolated end at loss 0, which a logarithmic axis has not.
  return guides.filter(({ level }) => (level as number) > 1e-9);
}

function epochGuides({ sampleRatio, horizon }: MultipassConfig): Guide[] {
  if (sampleRatio >= horizon) return [];
  const doc =
    't = δ: as many visits as there are samples. What was never visited twice tells no difference between train and test.';
  return [{ observable: 'train', label: 'one epoch', doc, level: { time: sampleRatio } }];
}

export function readouts(config: MultipassConfig, limit?: SolvedLimit): Guide[] {
  const stop = limit && earlyStop(limit);
  const stopGuides: Guide[] = stop
    ? [
        {
          observable: 'test',
          label: 'time of lowest test risk',
          doc: 'When the limit of SGD generalises best: stopping then would be optimal.',
          level: { time: stop.t },
        },
      ]
    : [];
  return [...stationaryGuides(config), ...epochGuides(config), ...stopGuides];
}
