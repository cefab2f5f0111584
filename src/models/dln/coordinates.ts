/** Quantities of every coordinate (theory: diagonal linear networks, section 2); twin of shaders/dln/*Coordinate.wgsl. */

type Values = Float32Array | Float64Array;

/** Of SGD with weights u and v: β = uv, or ξ = ½ ln|p/q| with p, q ∝ u ± v. */
export function sgdCoordinates(quantity: string, u: Values, v: Values): Float64Array {
  if (quantity === 'beta') return Float64Array.from(u, (a, i) => a * v[i]!);
  return Float64Array.from(u, (a, i) => 0.5 * Math.log(Math.abs((a + v[i]!) / (a - v[i]!))));
}

/** Of the SDE, whose state is ξ and ln c = ln c₀ − λS: β = c sinh 2ξ, or ξ. */
export function sdeCoordinates(
  quantity: string,
  xi: Values,
  lnC0: Values,
  eigenvalue: Values,
  noiseTime: number,
): Float64Array {
  if (quantity === 'xi') return Float64Array.from(xi);
  return Float64Array.from(xi, (angle, i) => {
    const lnC = lnC0[i]! - eigenvalue[i]! * noiseTime;
    return (Math.exp(lnC + 2 * angle) - Math.exp(lnC - 2 * angle)) / 2;
  });
}
