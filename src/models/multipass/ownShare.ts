/**
 * Every entry of C is a mean over the same paths that it drives: with n Gaussian rows that carry w, a path follows its own
 * gradient as a weight of a model with n parameters does, by the share n/M of M paths, and so does the loss of all paths
 * fall too fast. What is linear in the rows cancels, since they are orthonormal over the paths, and so does a mean, since
 * theirs are 0; the share of the remainder can be taken back. In a network of two units with 320 rows and 1024 paths it had
 * made a train loss a third too small.
 */
import { meanProduct } from './pathStart.ts';

/** Share of a row's mean square below which it counts as spanned by others. */
const SPANNED = 1e-8;

function project(values: Float64Array, basis: readonly Float64Array[]): void {
  for (const row of basis) {
    const product = meanProduct(values, row);
    for (let i = 0; i < values.length; i++) values[i] -= product * row[i];
  }
}

export class Remainder {
  readonly #fixed: readonly Float64Array[];
  readonly #fields: readonly Float64Array[];
  #basis: Float64Array[] = [];

  /**
   * @param fixed orthonormal rows of mean 0, all else that paths start from
   * @param units number of Gaussian fields that are given at every step
   */
  constructor(fixed: readonly Float64Array[], units: number) {
    this.#fixed = [new Float64Array(fixed[0].length).fill(1), ...fixed];
    this.#fields = Array.from({ length: units }, () => new Float64Array(fixed[0].length));
  }

  /** Gaussian fields w_k, one of each unit: with where paths started, nearly all that is linear in gradients. */
  at(fields: readonly Float64Array[]): void {
    const basis = [...this.#fixed];
    fields.forEach((field, a) => {
      const own = this.#fields[a];
      own.set(field);
      project(own, basis);
      const square = meanProduct(own, own);
      if (!(square > SPANNED * meanProduct(field, field))) return;
      for (let i = 0; i < own.length; i++) own[i] /= Math.sqrt(square);
      basis.push(own);
    });
    this.#basis = basis;
  }

  /** What of a gradient is not linear in the fields, to `out`. */
  of(gradient: Float64Array, out: Float64Array): void {
    out.set(gradient);
    project(out, this.#basis);
  }
}
