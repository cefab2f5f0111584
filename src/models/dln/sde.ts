/**
 * The SDE in hyperbolic coordinates (theory: diagonal linear networks, section 2), one run in float64: twin of
 * shaders/dln/sde.wgsl. Stochastic Heun: the noise is additive in ξ, so its weak order is 2.
 */
import { fillNormals } from '../../math/normal.ts';
import { streams } from '../../math/threefry.ts';
import type { Kernel, Oracle } from '../model.ts';
import { planSde } from '../plan.ts';
import { stepByStep } from '../stepByStep.ts';
import { sdeCoordinates } from './coordinates.ts';
import { hyperbolicState } from './initial.ts';
import type { DlnInstance } from './instance.ts';
import type { DlnConfig } from './parameters.ts';
import { sdeRunawayRisk } from './runaway.ts';
import { stepSizeAt } from './schedule.ts';
import { sdeShader } from './shaders.ts';
import { accumulate, statisticNames, toRecord, type StatisticName } from './statistics.ts';
import { sdeWasm } from './wasm.ts';

export function sdeOracle(config: DlnConfig, instance: DlnInstance, run: number): Oracle<StatisticName> {
  const { dimension, batchSize, labelNoise, seed } = config;
  const { eigenvalue, teacher } = instance;
  const { xi, lnC0 } = hyperbolicState(config, run);
  const predicted = new Float64Array(dimension);
  const drift = new Float64Array(dimension);
  const z = new Float64Array(4 * Math.ceil(dimension / 4));
  const runaway = sdeRunawayRisk(config, instance);
  /** S̃ = ∫ γ²·2R/B dt, so that ln c = ln c₀ − λS̃. */
  let noiseTime = 0;

  /** Risk at (position, time S̃), and λ(β − β*) of every coordinate in `out`. */
  function evaluate(position: Float64Array, time: number, out: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < dimension; i++) {
      const lnC = lnC0[i]! - eigenvalue[i]! * time;
      const beta = (Math.exp(lnC + 2 * position[i]!) - Math.exp(lnC - 2 * position[i]!)) / 2;
      const error = beta - teacher[i]!;
      out[i] = eigenvalue[i]! * error;
      sum += out[i]! * error;
    }
    return (sum / dimension + labelNoise ** 2) / 2;
  }

  const drift2 = new Float64Array(dimension);
  let risk = evaluate(xi, 0, drift);

  function step(index: number, t: number, dt: number): boolean {
    if (!(risk <= runaway)) return false;
    const before = stepSizeAt(config, t);
    const after = stepSizeAt(config, t + dt);
    fillNormals(z, dimension, seed, streams.brownian, index, run, 0);
    const noise = before * Math.sqrt((2 * risk * dt) / batchSize);
    for (let i = 0; i < dimension; i++) {
      predicted[i] = xi[i]! - before * drift[i]! * dt - noise * Math.sqrt(eigenvalue[i]!) * z[i]!;
    }
    const start = (2 * before ** 2 * risk * dt) / batchSize;
    const risk2 = evaluate(predicted, noiseTime + start, drift2);
    if (!(risk2 <= runaway)) return false;
    const end = (2 * after ** 2 * risk2 * dt) / batchSize;
    const averaged = Math.sqrt((start + end) / 2);
    for (let i = 0; i < dimension; i++) {
      xi[i]! -=
        0.5 * dt * (before * drift[i]! + after * drift2[i]!) + averaged * Math.sqrt(eigenvalue[i]!) * z[i]!;
    }
    noiseTime += (start + end) / 2;
    risk = evaluate(xi, noiseTime, drift);
    return true;
  }

  return stepByStep(step, {
    statistics() {
      const sums = new Float64Array(statisticNames.length);
      for (let i = 0; i < dimension; i++) {
        const lnC = lnC0[i]! - eigenvalue[i]! * noiseTime;
        const grown = Math.exp(lnC + 2 * xi[i]!);
        const shrunk = Math.exp(lnC - 2 * xi[i]!);
        const beta = (grown - shrunk) / 2;
        const error = beta - teacher[i]!;
        accumulate(
          sums,
          1 / dimension,
          eigenvalue[i]!,
          teacher[i]!,
          error,
          beta,
          grown + shrunk,
          2 * Math.exp(lnC),
        );
      }
      return toRecord(sums);
    },
    coordinates: (quantity) => sdeCoordinates(quantity, xi, lnC0, eigenvalue, noiseTime),
  });
}

export const sde: Kernel<StatisticName> = {
  label: 'SDE',
  doc: 'The stochastic differential equation of SGD, its drift and gradient noise separate, in d coordinates.',
  plan: planSde,
  // β − β* is a difference of float32 numbers: its square rounds at 1e-13 to 3e-12 of the start.
  floor: 1e-11,
  cost: (config: DlnConfig) => config.dimension,
  oracle: sdeOracle,
  shader: sdeShader,
  wasm: sdeWasm,
};
