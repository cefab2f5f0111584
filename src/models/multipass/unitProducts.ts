/** E s(u) s(v) of centred Gaussian u, v: what squared losses of networks are sums of (theory: multi-pass SGD, section 6). */
import { logisticMixture } from '../../math/logisticMixture.ts';
import type { ActivationName } from './activations.ts';
import { tanhProduct } from './risk.ts';

/** From E u², E uv and E v²; absolute error below 1e-10 times 1 + E u² + E v². */
type UnitProduct = (first: number, product: number, second: number) => number;

/** Variances and weights of the normal laws whose mixture is the logistic law. */
const SMOOTHING = logisticMixture(14).map(({ value, weight }) => ({ square: value ** 2, weight }));

/** E (u)₊ (v)₊, the arc-cosine kernel (Cho & Saul 2009). */
function kinkProduct(first: number, product: number, second: number): number {
  const scale = Math.sqrt(first * second);
  const cosine = Math.min(1, Math.max(-1, product / scale));
  return (scale * Math.sqrt(1 - cosine ** 2) + product * (Math.PI - Math.acos(cosine))) / (2 * Math.PI);
}

/** ln(1 + eˣ) is the mean of (x + z)₊ over the logistic law of z. */
function softplusProduct(first: number, product: number, second: number): number {
  let sum = 0;
  for (const a of SMOOTHING) {
    for (const b of SMOOTHING) {
      sum += a.weight * b.weight * kinkProduct(first + a.square, product, second + b.square);
    }
  }
  return sum;
}

export const unitProducts: Readonly<Record<ActivationName, UnitProduct>> = {
  identity: (_first, product) => product,
  erf: (first, product, second) => (2 / Math.PI) * Math.asin(product / Math.sqrt((1 + first) * (1 + second))),
  tanh: tanhProduct,
  softplus: softplusProduct,
};
