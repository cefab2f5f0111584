/** What the processes cost, in coordinate-steps: a product of a sample with a vector, and one that adds it to a vector. */
import type { MultipassConfig } from './parameters.ts';
import { measuredSamples } from './sgd.ts';
import { keptSamples, sampleCount } from './trainingRows.ts';

/** What it costs to draw a number again that was not kept. */
const DRAW = 20;

/** One product of each unit with the first `count` samples. */
function pass(config: MultipassConfig, count: number): number {
  const drawn = Math.max(0, count - keptSamples(config));
  return config.dimension * ((config.hiddenUnits * count) / 2 + DRAW * drawn);
}

/** A step of SGD: every visit multiplies a sample and adds it. */
export function batchCost(config: MultipassConfig): number {
  const drawn = 1 - keptSamples(config) / sampleCount(config);
  return config.batchSize * config.dimension * (config.hiddenUnits + DRAW * drawn);
}

/** The gradient of the loss of all samples. */
export function gradientCost(config: MultipassConfig): number {
  return 2 * pass(config, sampleCount(config));
}

/** Samples that a process measures the train loss on. */
export type Measured = (config: MultipassConfig) => number;

/** As SGD does. */
export const measuredBySgd: Measured = (config) => measuredSamples(keptSamples(config), sampleCount(config));

export const recordCost =
  (measured: Measured) =>
  (config: MultipassConfig): number =>
    pass(config, measured(config));

/** To draw all samples that are measured, and to label them. */
export function prepareCost(config: MultipassConfig, measured: number): number {
  return DRAW * config.dimension * measured;
}
