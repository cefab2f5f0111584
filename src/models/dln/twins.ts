/** What the faster twins of the oracles start from, on GPU and CPU. */
import type { Twin } from '../model.ts';
import { hyperbolicState, initialState } from './initial.ts';
import type { DlnInstance } from './instance.ts';
import type { DlnConfig } from './parameters.ts';
import { runawayRisk, sdeRunawayRisk } from './runaway.ts';

function instanceArrays(
  _config: DlnConfig,
  { eigenvalue, teacher }: DlnInstance,
): Record<string, Float32Array> {
  return { eigenvalue: new Float32Array(eigenvalue), teacher: new Float32Array(teacher) };
}

function params(config: DlnConfig, runaway: number): Record<string, number> {
  const { stepSize, batchSize, labelNoise, degreesOfFreedom } = config;
  return { stepSize, batchSize, labelNoise, degreesOfFreedom, runaway };
}

/** Streaming SGD. */
export const sgdTwin: Twin = {
  params: (config: DlnConfig, instance: DlnInstance) => params(config, runawayRisk(config, instance)),
  instance: instanceArrays,
  state(config: DlnConfig, { teacher }: DlnInstance, run) {
    const { u, v } = initialState(config, run);
    const error = teacher.map((value, i) => u[i]! * v[i]! - value);
    return { u: new Float32Array(u), v: new Float32Array(v), error: new Float32Array(error) };
  },
  padding: {},
};

/** The SDE in hyperbolic coordinates. */
export const sdeTwin: Twin = {
  params: (config: DlnConfig, instance: DlnInstance) => params(config, sdeRunawayRisk(config, instance)),
  instance: instanceArrays,
  state(config: DlnConfig, _instance, run) {
    const { xi, lnC0 } = hyperbolicState(config, run);
    return { xi: new Float32Array(xi), lnC0: new Float32Array(lnC0), noiseTime: new Float32Array(1) };
  },
  // Padding must count nothing: ln c → −∞ makes it β = 0 and u² + v² = 0.
  padding: { lnC0: -1e4 },
};
