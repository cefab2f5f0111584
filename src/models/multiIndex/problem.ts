/** What the limit of a multi-index model is solved for (theory: multi-index models, section 1). */
import type { Distribution } from '../../math/distribution.ts';
import type { Loss } from './loss.ts';

export interface Problem {
  readonly loss: Loss;
  /** σ */
  readonly labelNoise: number;
  /** δ: each step shrinks X by γδ/d. */
  readonly ridge: number;
  readonly batchSize: number;
  /** Law of the eigenvalues. */
  readonly spectrum: Distribution;
  /** γ(t) */
  stepSizeAt(t: number): number;
  /** L×L second moments at t = 0 of the entries of W = [X | X*] at coordinates with this eigenvalue. */
  start(eigenvalue: number): Float64Array;
}

/** Row-major L×L means over coordinates of the products of two columns. */
export interface SecondMoments {
  /** ⟨· ·ᵀ⟩ */
  readonly plain: Float64Array;
  /** ⟨λ · ·ᵀ⟩ */
  readonly weighted: Float64Array;
  /** ⟨λ² · ·ᵀ⟩ */
  readonly squared: Float64Array;
}

/** The state of a limit at one time. */
export interface Moments {
  /** Of W = [X | X*]. */
  readonly weights: SecondMoments;
  /** Of [X − sign·X* | sign·X*] where the loss is matched, exact as X → sign·X*; of W where it is not. */
  readonly errors: SecondMoments;
  /** −1 where the loss is even in X* and −X* was nearer at the start. */
  readonly sign: 1 | -1;
}
