/** What a reader should know about a config. */
import { networkProblemOf } from './grids.ts';
import { steepest } from './networkProblem.ts';
import type { MultipassConfig } from './parameters.ts';
import { measuredSamples } from './sgd.ts';
import { keptSamples, sampleCount } from './trainingRows.ts';

/** Largest share of the dimension for which a batch is small. */
const SMALL_BATCH = 0.1;

/** Integrators follow a decay of rate r to a few per cent where r·dt is below this. */
const RESOLVED = 0.5;

function roundingRemarks(config: MultipassConfig): string[] {
  const { dimension, sampleRatio } = config;
  const samples = sampleCount(config);
  const ratio = samples / dimension;
  if (Math.abs(ratio / sampleRatio - 1) <= 0.005) return [];
  return [
    `sampleRatio: ${sampleRatio}·${dimension} is rounded to ${samples} samples, δ = ${ratio.toPrecision(3)}`,
  ];
}

function batchRemarks({ batchSize, dimension }: MultipassConfig): string[] {
  if (batchSize <= SMALL_BATCH * dimension) return [];
  return [
    `batchSize: ${batchSize} is not small beside d = ${dimension}; samples of one batch then feel one another, which the limit neglects`,
  ];
}

function stepRemarks(config: MultipassConfig): string[] {
  const { stepSize, sampleRatio, ridge, dt } = config;
  const largest = (1 + Math.sqrt(sampleRatio)) ** 2 / sampleRatio;
  const rate = stepSize * (largest * steepest(networkProblemOf(config)) + ridge);
  if (rate * dt <= RESOLVED) return [];
  const wanted = Number((RESOLVED / rate).toPrecision(1));
  return [
    `dt: gradient flow moves by a factor of ${(rate * dt).toPrecision(2)} in one step; it and the modified equation are accurate for dt below about ${wanted}`,
  ];
}

function memoryRemarks(config: MultipassConfig): string[] {
  const [samples, kept] = [sampleCount(config), keptSamples(config)];
  const measured = measuredSamples(kept, samples);
  if (measured === samples) return [];
  return [
    `samples: ${samples} of each run do not fit into memory and are drawn again when visited; the train loss of SGD is that of the first ${measured}`,
  ];
}

function networkRemarks(config: MultipassConfig): string[] {
  if (config.activation !== 'softplus' || config.loss !== 'logisticSign') return [];
  return [
    'activation: outputs of softplus are positive, so that without label noise every label is +1; take tanh or erf for classes',
  ];
}

export function remarks(config: MultipassConfig): string[] {
  return [roundingRemarks, batchRemarks, stepRemarks, memoryRemarks, networkRemarks].flatMap((of) =>
    of(config),
  );
}
