/**
 * Losses with a kink at r = 0 (theory: multi-index models, section 2), in errors e = r − r* and the angle θ between
 * student and teacher. At X = 0 their gradient is taken as 0: the student stays there.
 */
import type { Loss } from './loss.ts';
import { arcGap, pairOf, sineGap, tilt } from './pair.ts';
import { uncentredOf } from './uncentred.ts';

const noiseRisk = (_: Float64Array, labelNoise: number) => labelNoise ** 2 / 2;

const centredAmplitude: Loss = {
  name: 'amplitudeRetrieval',
  students: 1,
  teachers: 1,
  matched: true,
  even: true,
  label: 'normal',
  excessRisk(moments) {
    const { error, p, s, angle } = pairOf(moments);
    return error / 2 - (2 / Math.PI) * Math.sqrt(p * s) * arcGap(angle);
  },
  lowestRisk: noiseRisk,
  meanGradient(moments, out) {
    const pair = pairOf(moments);
    out.fill(0);
    if (pair.p === 0) return;
    const { sine, gap } = tilt(pair);
    out[0] = 1 - (2 / Math.PI) * sine;
    out[1] = (2 / Math.PI) * gap;
  },
  gradientCovariance(moments, labelNoise, out) {
    const still = pairOf(moments).p === 0;
    out[0] = still ? 0 : 2 * centredAmplitude.excessRisk(moments) + labelNoise ** 2;
  },
  gradient(outputs, noise, out) {
    const teacher = outputs[1]!;
    const student = outputs[0]! + teacher;
    // |r| − |r*| is ±e where the signs agree.
    const agree = student * teacher > 0;
    const excess = agree ? Math.sign(teacher) * outputs[0]! : Math.abs(student) - Math.abs(teacher);
    out[0] = Math.sign(student) * (excess - noise);
  },
};

/** f = (|r| − |r*| − σε)²/2 */
export const amplitudeRetrieval: Loss = {
  ...centredAmplitude,
  uncentred: uncentredOf(centredAmplitude, (moments, out) => {
    const [p, q, s] = [moments[0]!, moments[1]!, moments[3]!];
    out.fill(0);
    if (p === 0) return;
    const root = Math.sqrt(Math.max(p * s - q * q, 0));
    out[0] = 1 - ((2 / Math.PI) * root) / p;
    out[1] = (-2 / Math.PI) * Math.atan2(q, root);
  }),
};

/** f = (max(r, 0) − max(r*, 0) − σε)²/2 */
export const relu: Loss = {
  name: 'relu',
  students: 1,
  teachers: 1,
  matched: true,
  even: false,
  label: 'normal',
  excessRisk(moments) {
    const { error, p, s, angle } = pairOf(moments);
    return error / 4 - (Math.sqrt(p * s) * arcGap(angle)) / (2 * Math.PI);
  },
  lowestRisk: noiseRisk,
  meanGradient(moments, out) {
    const pair = pairOf(moments);
    out.fill(0);
    if (pair.p === 0) return;
    const { sine, gap } = tilt(pair);
    out[0] = 0.5 - sine / (2 * Math.PI);
    out[1] = gap / (2 * Math.PI);
  },
  gradientCovariance(moments, labelNoise, out) {
    const { s, p, angle } = pairOf(moments);
    const inactive = (s * sineGap(2 * angle)) / (4 * Math.PI);
    out[0] = p === 0 ? 0 : 2 * relu.excessRisk(moments) - inactive + labelNoise ** 2 / 2;
  },
  gradient(outputs, noise, out) {
    const teacher = outputs[1]!;
    const student = outputs[0]! + teacher;
    out[0] = student > 0 ? (teacher > 0 ? outputs[0]! : student) - noise : 0;
  },
};
