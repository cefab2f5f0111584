/** Losses that are polynomials of the outputs (theory: multi-index models, section 2), in errors e = r − r*. */
import type { Loss } from './loss.ts';
import { pairOf } from './pair.ts';
import { uncentredOf } from './uncentred.ts';

const noiseRisk = (_: Float64Array, labelNoise: number) => labelNoise ** 2 / 2;

/** f = (r − r* − σε)²/2 */
export const leastSquares: Loss = {
  name: 'leastSquares',
  students: 1,
  teachers: 1,
  matched: true,
  even: false,
  label: 'normal',
  excessRisk: (moments) => moments[0]! / 2,
  lowestRisk: noiseRisk,
  meanGradient(_, out) {
    out[0] = 1;
    out[1] = 0;
  },
  gradientCovariance(moments, labelNoise, out) {
    out[0] = moments[0]! + labelNoise ** 2;
  },
  gradient(outputs, noise, out) {
    out[0] = outputs[0]! - noise;
  },
};

const centredPhaseRetrieval: Loss = {
  name: 'phaseRetrieval',
  students: 1,
  teachers: 1,
  matched: true,
  even: true,
  label: 'normal',
  excessRisk(moments) {
    const { error, cross, determinant } = pairOf(moments);
    const excess = 2 * cross + error; // p − s
    return 1.5 * excess * excess + 2 * determinant;
  },
  lowestRisk: noiseRisk,
  meanGradient(moments, out) {
    const { error, cross, p, s } = pairOf(moments);
    out[0] = 6 * p - 2 * s;
    out[1] = 8 * cross + 6 * error;
  },
  gradientCovariance(moments, labelNoise, out) {
    const { error, cross, p, s, determinant } = pairOf(moments);
    const excess = 2 * cross + error;
    const noiseless = 15 * p * excess * excess + 12 * (2 * p - s) * determinant;
    out[0] = 4 * (noiseless + labelNoise ** 2 * p);
  },
  gradient(outputs, noise, out) {
    const [e, teacher] = [outputs[0]!, outputs[1]!];
    out[0] = 2 * (e + teacher) * (e * (e + 2 * teacher) - noise);
  },
};

/** f = (r² − r*² − σε)²/2 */
export const phaseRetrieval: Loss = {
  ...centredPhaseRetrieval,
  uncentred: uncentredOf(centredPhaseRetrieval, (moments, out) => {
    out[0] = 6 * moments[0]! - 2 * moments[3]!;
    out[1] = -4 * moments[1]!;
  }),
};
