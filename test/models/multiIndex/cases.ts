/** Configs of both models that between them use every loss and every part of the kernels. */
import { defaultsOf } from '../../../src/config/parameter.ts';
import { committee } from '../../../src/models/committee/index.ts';
import type { CommitteeConfig } from '../../../src/models/committee/parameters.ts';
import { glm } from '../../../src/models/glm/index.ts';
import type { GlmConfig } from '../../../src/models/glm/parameters.ts';
import type { AnyModel } from '../../../src/models/model.ts';
import { pairsOf } from '../../../src/models/multiIndex/statistics.ts';

export interface Case {
  readonly name: string;
  readonly model: AnyModel;
  readonly config: GlmConfig | CommitteeConfig;
}

const glms: Record<string, Partial<GlmConfig>> = {
  'least squares': { dimension: 256, stepSize: 0.7, labelNoise: 0.5 },
  'least squares, ridge, batch, atoms': {
    dimension: 200,
    stepSize: 1.5,
    labelNoise: 0.5,
    ridge: 0.2,
    batchSize: 3,
    spectrum: 'atoms',
    initNorm: [0.5, 1],
    initOverlap: [0.2, -0.3],
    teacherNorm: [2, 0.5],
  },
  'logistic, power law': {
    dimension: 2050,
    loss: 'logistic',
    teacherNorm: [4],
    stepSize: 2,
    spectrum: 'powerLaw',
  },
  'logistic, large step': { dimension: 131, loss: 'logistic', stepSize: 6 },
  'sign labels, ridge': {
    dimension: 131,
    loss: 'logisticSign',
    stepSize: 2,
    ridge: 0.1,
    initOverlap: [-0.3],
  },
  'phase retrieval': {
    dimension: 98,
    loss: 'phaseRetrieval',
    stepSize: 0.1,
    initNorm: [0.6],
    initOverlap: [0.3],
  },
  'phase retrieval, other sign, label noise': {
    dimension: 131,
    loss: 'phaseRetrieval',
    stepSize: 0.08,
    labelNoise: 0.2,
    initOverlap: [-0.6],
  },
  amplitudes: {
    dimension: 200,
    loss: 'amplitudeRetrieval',
    labelNoise: 0.1,
    initOverlap: [0.5],
    batchSize: 2,
  },
  ReLU: { dimension: 131, loss: 'relu', stepSize: 0.8, labelNoise: 0.3, initNorm: [0.5], initOverlap: [0.1] },
  'smallest dimension': { dimension: 16, stepSize: 0.3, seed: 4294967295 },
};

/** Moments of four students and three teachers that are no one's neighbours. */
const many = pairsOf(7).map(([i, j]) => (i === j ? 1 + 0.1 * i : 0.05 * ((3 * i + 5 * j) % 4) - 0.05));

const committees: Record<string, Partial<CommitteeConfig>> = {
  'two students, two teachers': { dimension: 256, stepSize: 0.5, labelNoise: 0.1, overlaps: [0.2] },
  'more students than teachers, batch, ridge': {
    dimension: 131,
    studentWeights: [1, 0.5, -0.5],
    teacherWeights: [1.5],
    batchSize: 2,
    ridge: 0.05,
    stepSize: 0.5,
  },
  'four students, three teachers': {
    dimension: 66,
    studentWeights: [1, -1, 0.5, 1],
    teacherWeights: [1, 2, -0.5],
    overlaps: many,
    spectrum: 'logUniform',
    stepSize: 0.3,
  },
};

export const cases: readonly Case[] = [
  ...Object.entries(glms).map(([name, changes]) => ({
    name,
    model: glm as AnyModel,
    config: { ...defaultsOf(glm.parameters), dt: 0.005, ...changes },
  })),
  ...Object.entries(committees).map(([name, changes]) => ({
    name,
    model: committee as AnyModel,
    config: { ...defaultsOf(committee.parameters), dt: 0.005, ...changes },
  })),
];

/** Largest difference of a moment from that of the oracle, relative to the norms of both columns. */
export function worstMoment(
  statistics: Readonly<Record<string, number>>,
  oracle: Readonly<Record<string, number>>,
): number {
  const errors = Object.entries(oracle).map(([name, value]) => {
    const [, kind, i, j] = /^(\D+)(\d)(\d)$/.exec(name)!;
    const scale = Math.sqrt(oracle[`${kind}${i}${i}`]! * oracle[`${kind}${j}${j}`]!);
    const difference = Math.abs(statistics[name]! - value);
    return difference === 0 ? 0 : difference / scale;
  });
  return Math.max(...errors);
}
