/** Activations s of the hidden units of a two-layer network (theory: multi-pass SGD, section 6). */
import { normalCumulative, normalDensity } from '../../math/gaussian.ts';
import { softplus, tangent } from './losses.ts';

export interface Activation {
  /** s(r) */
  value(r: number): number;
  /** s(r), s′(r) and s″(r) of every entry of r to arrays of the same length. */
  derivatives(r: Float64Array, value: Float64Array, slope: Float64Array, curvature: Float64Array): void;
  /** Largest |s′| and |s″|. */
  readonly steepest: number;
  readonly bendiest: number;
  /** s(−r) = −s(r) */
  readonly isOdd: boolean;
}

export type ActivationName = 'identity' | 'tanh' | 'erf' | 'softplus';

const identity: Activation = {
  value: (r) => r,
  steepest: 1,
  bendiest: 0,
  isOdd: true,
  derivatives(r, value, slope, curvature) {
    value.set(r);
    slope.fill(1);
    curvature.fill(0);
  },
};

const tanh: Activation = {
  value: Math.tanh,
  steepest: 1,
  bendiest: 4 / Math.sqrt(27),
  isOdd: true,
  derivatives(r, value, slope, curvature) {
    for (let i = 0; i < r.length; i++) {
      const s = tangent(r[i]);
      value[i] = s;
      slope[i] = 1 - s * s;
      curvature[i] = -2 * s * slope[i];
    }
  },
};

/** erf(r/√2), as of committee machines, by the normal distribution function: absolute error below 4e-10. */
const errorFunction: Activation = {
  value: (r) => 2 * normalCumulative(r) - 1,
  steepest: 2 * normalDensity(0),
  bendiest: 2 * normalDensity(1),
  isOdd: true,
  derivatives(r, value, slope, curvature) {
    for (let i = 0; i < r.length; i++) {
      value[i] = 2 * normalCumulative(r[i]) - 1;
      slope[i] = 2 * normalDensity(r[i]);
      curvature[i] = -r[i] * slope[i];
    }
  },
};

/** ln(1 + e^r), a ReLU whose kink is smooth: the mean-field response needs s″. */
const smoothReLU: Activation = {
  value: softplus,
  steepest: 1,
  bendiest: 0.25,
  isOdd: false,
  derivatives(r, value, slope, curvature) {
    for (let i = 0; i < r.length; i++) {
      const small = Math.exp(-Math.abs(r[i]));
      value[i] = Math.max(r[i], 0) + Math.log1p(small);
      slope[i] = (r[i] > 0 ? 1 : small) / (1 + small);
      curvature[i] = slope[i] * (1 - slope[i]);
    }
  },
};

export const activations: Readonly<Record<ActivationName, Activation>> = {
  identity,
  tanh,
  erf: errorFunction,
  softplus: smoothReLU,
};
