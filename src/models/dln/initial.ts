/** The state at t = 0 (theory: diagonal linear networks, section 1). */
import { fillNormals } from '../../math/normal.ts';
import { streams } from '../../math/threefry.ts';
import type { DlnConfig } from './parameters.ts';

/** The two layers of one run, each of length d. */
export interface Layers {
  readonly u: Float64Array;
  readonly v: Float64Array;
}

/** `zero`: u = α, v = 0, so that β = 0. `random`: u, v ~ N(0, α²), own numbers for each run. */
export function initialState(config: DlnConfig, run: number): Layers {
  const { dimension, initScale, init, seed } = config;
  if (init === 'zero') {
    return { u: new Float64Array(dimension).fill(initScale), v: new Float64Array(dimension) };
  }
  const draw = (index: number) => {
    const z = new Float64Array(4 * Math.ceil(dimension / 4));
    fillNormals(z, dimension, seed, streams.initial, index, run, 0);
    return z.subarray(0, dimension).map((value) => initScale * value);
  };
  return { u: draw(0), v: draw(1) };
}

/** Where the SDE starts in hyperbolic coordinates: ξ = ½ ln|p/q| and ln c₀ = ln|pq|, each of length d. */
export function hyperbolicState(config: DlnConfig, run: number): { xi: Float64Array; lnC0: Float64Array } {
  const { u, v } = initialState(config, run);
  const xi = new Float64Array(u.length);
  const lnC0 = new Float64Array(u.length);
  for (let i = 0; i < u.length; i++) {
    const lnP = Math.log(Math.abs(u[i]! + v[i]!) / Math.SQRT2);
    const lnQ = Math.log(Math.abs(u[i]! - v[i]!) / Math.SQRT2);
    xi[i] = (lnP - lnQ) / 2;
    lnC0[i] = lnP + lnQ;
  }
  return { xi, lnC0 };
}
