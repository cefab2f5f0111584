/** The part of a model's contract that is about laws over coordinates; see model.ts. */
import type { AnyConfig } from '../config/parameter.ts';

/** A quantity that every coordinate has, and whose law over the coordinates is shown. */
export interface Quantity {
  /** "weight of the predictor" */
  readonly label: string;
  /** "β" */
  readonly symbol: string;
  readonly doc: string;
}

/** The law of a quantity in one group, over equal bins between `low` and `high`. */
export interface BinnedLaw {
  readonly low: number;
  readonly high: number;
  /** Probability below, in bin after bin, above: sum 1. */
  readonly mass: Float64Array;
}

/** Laws that a limit predicts: what the histograms of processes are compared with. */
export interface Distributions {
  readonly quantities: Readonly<Record<string, Quantity>>;
  /** Kinds of coordinates whose laws are shown apart: "β* = 1"; at most 255. */
  groups(config: AnyConfig): readonly string[];
  /** Group of each coordinate, length d. */
  groupOf(config: AnyConfig, instance: Readonly<Record<string, Float64Array>>): Uint8Array;
  /** Range of the bins where the limit gives none: before it is known, or after it has ended. */
  fallback(config: AnyConfig, quantity: string): readonly [low: number, high: number];
  /** At each saved time while the limit exists, in order: the law of every group, over bins that fit it. */
  solve(
    config: AnyConfig,
    quantity: string,
    bins: number,
    saveAt: Float64Array,
    signal: AbortSignal,
  ): AsyncIterable<readonly (readonly BinnedLaw[])[]>;
}
