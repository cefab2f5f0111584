/** Values from an independent solver and its simulations: test/reference/multipass.json. */
import { readFileSync } from 'node:fs';
import { defaultsOf } from '../../../src/config/parameter.ts';
import type { LeastSquares } from '../../../src/models/multipass/leastSquares.ts';
import type { LossName } from '../../../src/models/multipass/losses.ts';
import { parameters, type MultipassConfig } from '../../../src/models/multipass/parameters.ts';

export interface Params {
  readonly loss: 'ls' | 'logistic' | 'tanh' | 'phase';
  readonly delta: number;
  readonly eta: number;
  readonly rho: number;
  readonly q0: number;
  readonly m0: number;
  readonly qstar: number;
  readonly sigma: number;
}

interface Curves {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** With standard errors. */
export interface MeasuredCurves extends Curves {
  readonly times: readonly number[];
  readonly train_err: readonly number[];
  readonly test_err: readonly number[];
}

export interface Reference {
  readonly linear: Readonly<
    Record<
      string,
      {
        readonly params: Params;
        readonly times: readonly number[];
        readonly sgd_and_sme: Curves & { readonly q: readonly number[]; readonly m: readonly number[] };
        readonly gf: Curves;
        readonly R_theta_t_0: readonly number[];
        readonly kernel_norm: number;
      }
    >
  >;
  readonly linear_batch: Readonly<
    Record<
      string,
      Curves & { readonly params: Params; readonly h: number; readonly times: readonly number[] }
    >
  >;
  readonly nonlinear: Readonly<
    Record<
      string,
      { readonly params: Params } & Partial<Readonly<Record<'sgd' | 'sme' | 'gf', MeasuredCurves>>>
    >
  >;
  readonly online: Readonly<
    Record<
      string,
      {
        readonly params: Omit<Params, 'delta'>;
        readonly times: readonly number[];
        readonly q: readonly number[];
        readonly m: readonly number[];
        readonly test: readonly number[];
      }
    >
  >;
}

export function reference(): Reference {
  return JSON.parse(readFileSync('test/reference/multipass.json', 'utf8')) as Reference;
}

export const lossNames: Readonly<Record<Params['loss'], LossName>> = {
  ls: 'leastSquares',
  logistic: 'logisticSign',
  tanh: 'tanh',
  phase: 'phase',
};

export function problemOf(params: Omit<Params, 'delta'> & { readonly delta?: number }): LeastSquares {
  return {
    sampleRatio: params.delta ?? NaN,
    stepSize: params.eta,
    decay: params.rho,
    initNorm: params.q0,
    initOverlap: params.m0,
    teacherNorm: params.qstar,
    labelNoise: params.sigma,
  };
}

/** The config of these values; what they do not name is at its default. */
export function configOf(params: Params): MultipassConfig {
  return {
    ...defaultsOf(parameters),
    loss: lossNames[params.loss],
    sampleRatio: params.delta,
    stepSize: params.eta,
    ridge: params.rho / params.eta,
    initNorm: params.q0,
    initOverlap: params.m0,
    teacherNorm: params.qstar,
    labelNoise: params.sigma,
  };
}
