/**
 * SGD and SDE once more, each as one plain loop over a coordinate record, with switches that break them: the
 * oracles must equal the intact loops, and the agreement test must catch every broken one.
 */
import { fillNormals, normalAt } from '../../../src/math/normal.ts';
import { streams } from '../../../src/math/threefry.ts';
import { initialState } from '../../../src/models/dln/initial.ts';
import type { DlnInstance } from '../../../src/models/dln/instance.ts';
import type { DlnConfig } from '../../../src/models/dln/parameters.ts';
import {
  accumulate,
  statisticNames,
  toRecord,
  type StatisticName,
} from '../../../src/models/dln/statistics.ts';

export type Defect =
  'none' | 'noise is 5 % too strong' | 'batch size is ignored' | 'v sees the new u' | 'features lack √λ';

type Statistics = Record<StatisticName, number>;

function measure(u: Float64Array, v: Float64Array, { eigenvalue, teacher }: DlnInstance): Statistics {
  const sums = new Float64Array(statisticNames.length);
  u.forEach((a, i) => {
    const b = v[i]!;
    const error = a * b - teacher[i]!;
    accumulate(
      sums,
      1 / u.length,
      eigenvalue[i]!,
      teacher[i]!,
      error,
      a * b,
      a * a + b * b,
      Math.abs(a * a - b * b),
    );
  });
  return toRecord(sums);
}

/** Statistics of one run after `steps` iterations each. */
export function plainSgd(
  config: DlnConfig,
  instance: DlnInstance,
  run: number,
  steps: readonly number[],
  defect: Defect = 'none',
): Statistics[] {
  const d = config.dimension;
  const B = defect === 'batch size is ignored' ? 1 : config.batchSize;
  const sigma = config.labelNoise * (defect === 'noise is 5 % too strong' ? 1.05 : 1);
  const { u, v } = initialState(config, run);
  const x = new Float64Array(4 * Math.ceil(d / 4));
  const recorded: Statistics[] = [];
  for (let k = 0; recorded.length < steps.length; k++) {
    while (steps[recorded.length] === k) recorded.push(measure(u, v, instance));
    const gradient = new Float64Array(d);
    for (let b = 0; b < B; b++) {
      fillNormals(x, d, config.seed, streams.features, k, run, b);
      if (defect !== 'features lack √λ')
        for (let i = 0; i < d; i++) x[i]! *= Math.sqrt(instance.eigenvalue[i]!);
      let r = -sigma * normalAt(config.seed, streams.labelNoise, k, run, b);
      for (let i = 0; i < d; i++) r += (x[i]! * (u[i]! * v[i]! - instance.teacher[i]!)) / Math.sqrt(d);
      for (let i = 0; i < d; i++) gradient[i]! += (r * x[i]!) / B;
    }
    for (let i = 0; i < d; i++) {
      const g = (config.stepSize / Math.sqrt(d)) * gradient[i]!;
      const old = u[i]!;
      u[i]! -= g * v[i]!;
      v[i]! -= g * (defect === 'v sees the new u' ? u[i]! : old);
    }
  }
  return recorded;
}

/**
 * The SDE by log-Euler in p, q = (u ± v)/√2, weak order 1, with the same Brownian increments as the oracle: an
 * independent scheme for the same equation. Statistics of one run after `steps` steps of length dt each.
 */
export function plainSde(
  config: DlnConfig,
  instance: DlnInstance,
  run: number,
  steps: readonly number[],
  defect: Defect = 'none',
): Statistics[] {
  const { dimension: d, dt, stepSize } = config;
  const B = defect === 'batch size is ignored' ? 1 : config.batchSize;
  const strength = defect === 'noise is 5 % too strong' ? 1.05 : 1;
  const { u, v } = initialState(config, run);
  const z = new Float64Array(4 * Math.ceil(d / 4));
  const recorded: Statistics[] = [];
  for (let n = 0; recorded.length < steps.length; n++) {
    while (steps[recorded.length] === n) recorded.push(measure(u, v, instance));
    const now = measure(u, v, instance);
    const risk = (now.weightedError + config.labelNoise ** 2) / 2;
    fillNormals(z, d, config.seed, streams.brownian, n, run, 0);
    for (let i = 0; i < d; i++) {
      const lambda = instance.eigenvalue[i]!;
      const feature = defect === 'features lack √λ' ? 1 : lambda;
      const noise = strength * Math.sqrt((2 * risk * feature) / B);
      const dZ = lambda * (u[i]! * v[i]! - instance.teacher[i]!) * dt + noise * Math.sqrt(dt) * z[i]!;
      const shrink = (stepSize ** 2 * noise ** 2 * dt) / 2;
      const p = ((u[i]! + v[i]!) / Math.SQRT2) * Math.exp(-stepSize * dZ - shrink);
      const q = ((u[i]! - v[i]!) / Math.SQRT2) * Math.exp(stepSize * dZ - shrink);
      u[i] = (p + q) / Math.SQRT2;
      v[i] = (p - q) / Math.SQRT2;
    }
  }
  return recorded;
}
