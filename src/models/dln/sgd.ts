/** Streaming SGD (theory: diagonal linear networks, section 1), one run in float64: twin of shaders/dln/sgd.wgsl. */
import { normalAt } from '../../math/normal.ts';
import { streams } from '../../math/threefry.ts';
import type { Kernel, Oracle } from '../model.ts';
import { planSgd } from '../plan.ts';
import { stepByStep } from '../stepByStep.ts';
import { sgdCoordinates } from './coordinates.ts';
import { initialState } from './initial.ts';
import type { DlnInstance } from './instance.ts';
import type { DlnConfig } from './parameters.ts';
import { runawayRisk } from './runaway.ts';
import { correlatedStatistics, samplesOf } from './samples.ts';
import { stepSizeAt } from './schedule.ts';
import { sgdShader } from './shaders.ts';
import { accumulate, statisticNames, toRecord, type StatisticName } from './statistics.ts';
import { sgdWasm } from './wasm.ts';

export function sgdOracle(config: DlnConfig, instance: DlnInstance, run: number): Oracle<StatisticName> {
  const { dimension, batchSize, correlation, labelNoise, seed } = config;
  const { eigenvalue, teacher } = instance;
  const { u, v } = initialState(config, run);
  const e = teacher.map((value, i) => u[i]! * v[i]! - value);
  const draw = samplesOf(config, instance, run);
  const x = new Float64Array(4 * Math.ceil(dimension / 4));
  const gradient = new Float64Array(dimension);
  // A residual has variance 2R: eight standard deviations at the runaway risk.
  const largest = 8 * Math.sqrt(2 * runawayRisk(config, instance));

  /** Residual of a fresh sample, which is left in x. */
  function residual(step: number, sample: number): number {
    draw(x, step, sample);
    let sum = 0;
    for (let i = 0; i < dimension; i++) sum += x[i]! * e[i]!;
    const noise = labelNoise > 0 ? labelNoise * normalAt(seed, streams.labelNoise, step, run, sample) : 0;
    return sum / Math.sqrt(dimension) - noise;
  }

  function step(index: number, t: number): boolean {
    gradient.fill(0);
    for (let sample = 0; sample < batchSize; sample++) {
      const r = residual(index, sample);
      if (!(Math.abs(r) <= largest)) return false;
      for (let i = 0; i < dimension; i++) gradient[i]! += r * x[i]!;
    }
    const factor = stepSizeAt(config, t) / (batchSize * Math.sqrt(dimension));
    for (let i = 0; i < dimension; i++) {
      const g = factor * gradient[i]!;
      const old = u[i]!;
      u[i] = old - g * v[i]!;
      v[i] = v[i]! - g * old;
      e[i] = u[i]! * v[i]! - teacher[i]!;
    }
    return true;
  }

  return stepByStep(step, {
    statistics() {
      const sums = new Float64Array(statisticNames.length);
      for (let i = 0; i < dimension; i++) {
        const [a, b] = [u[i]!, v[i]!];
        accumulate(
          sums,
          1 / dimension,
          eigenvalue[i]!,
          teacher[i]!,
          e[i]!,
          a * b,
          a * a + b * b,
          Math.abs(a * a - b * b),
        );
      }
      if (correlation === 0) return toRecord(sums);
      const kappa = u.map((a, i) => a * a + v[i]! * v[i]!);
      return { ...toRecord(sums), ...correlatedStatistics(eigenvalue, e, kappa, correlation) };
    },
    coordinates: (quantity) => sgdCoordinates(quantity, u, v),
  });
}

export const sgd: Kernel<StatisticName> = {
  label: 'SGD',
  doc: 'Stochastic gradient descent on fresh samples, in d coordinates.',
  plan: planSgd,
  // Errors are carried as such: only the products of coordinates round.
  floor: 1e-25,
  cost: (config: DlnConfig) => config.dimension * config.batchSize,
  oracle: sgdOracle,
  shader: sgdShader,
  wasm: sgdWasm,
};
