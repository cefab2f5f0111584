/** Vertical ranges: wide enough for the data, in steps so that a streaming chart seldom rescales. */
import { niceStep } from './ticks.ts';

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A log axis ends at this share of its largest value: smaller ones leave the chart at the bottom. */
const widest = 1e-30;

/** A guide is shown within this share of the data's extent beyond it, on a log axis also within these decades. */
const reach = 0.5;
const decades = 0.75;

/** Decades that a log axis covers at least: a flat line should not show its rounding errors. */
const narrowest = 0.05;

/** The extent with the guides that lie near it. */
function reaching(extent: Range, guides: readonly number[], least: number): Range {
  const margin = Math.max((extent.max - extent.min) * reach, least);
  const near = guides.filter((guide) => guide >= extent.min - margin && guide <= extent.max + margin);
  return { min: Math.min(extent.min, ...near), max: Math.max(extent.max, ...near) };
}

/** Outwards to multiples of a twentieth of the extent or so, with 3 % of air. */
function padded({ min, max }: Range): Range {
  const air = 0.03 * (max - min);
  const step = niceStep((max - min) / 20);
  return { min: Math.floor((min - air) / step) * step, max: Math.ceil((max + air) / step) * step };
}

/** Range of a linear axis; starts at 0 where the data come near it. */
export function linearRange(extent: Range, guides: readonly number[] = []): Range {
  const size = Math.max(Math.abs(extent.min), Math.abs(extent.max)) || 1;
  const { min, max } = reaching(extent, guides, reach * size);
  if (min >= 0 && min < 0.6 * max) return { min: 0, max: padded({ min: 0, max }).max };
  // A flat line gets an axis as well.
  if (max - min < 1e-6 * size) return { min: min - 0.1 * size, max: max + 0.1 * size };
  return padded({ min, max });
}

/** Range of a log axis, from positive data, 0 < min ≤ max; of more than 30 decades the upper ones. */
export function logRange(extent: Range, guides: readonly number[] = []): Range {
  const logs = { min: Math.log10(Math.max(extent.min, widest * extent.max)), max: Math.log10(extent.max) };
  const logGuides = guides.filter((guide) => guide > 0).map(Math.log10);
  const { min, max } = reaching(logs, logGuides, decades);
  const widening = Math.max(narrowest - (max - min), 0) / 2;
  const range = padded({ min: min - widening, max: max + widening });
  return { min: 10 ** range.min, max: 10 ** range.max };
}
