/**
 * What a loss f(r, r*) must offer so that SGD, its SDE and its limit can be computed (theory: multi-index models,
 * sections 1 and 2). With l students X and l* teachers X*, outputs are r = ⟨x, X⟩/√d and r* = ⟨x, X*⟩/√d.
 *
 * Everything is written in the coordinates U = [E | X*], L = l + l* columns: the errors E_a = X_a − X*_a where the
 * loss is `matched`, so that what vanishes with E keeps all its digits, and E = X where it is not. Matrices are
 * row-major Float64Arrays, students first; `moments` is the L×L matrix ⟨λ U Uᵀ⟩, the covariance of the outputs.
 */
export interface Loss {
  readonly name: string;
  /** Output weights of students, and of teachers with the other sign, where there are any: v and −v*. */
  readonly weights?: Float64Array;
  /** l */
  readonly students: number;
  /** l* */
  readonly teachers: number;
  /** Whether the risk is smallest at X = X*: then l = l* and E = X − X*, else E = X. */
  readonly matched: boolean;
  /** Whether the loss is the same for −X*: whoever carries errors may turn the teacher to the nearer sign. */
  readonly even: boolean;
  /** What the label of a sample needs: a normal ε (times σ), a uniform u in (0, 1), or nothing. */
  readonly label: 'normal' | 'uniform' | 'none';
  /** The same loss with E = X, exact as the overlap ⟨λXX*⟩ → 0: an even loss keeps a student there that has none. */
  readonly uncentred?: Loss;
  /** E f less `lowestRisk`: the risk above that of X = X*. */
  excessRisk(moments: Float64Array): number;
  /** The risk at X = X*, or the infimum 0 of the separable case; labelNoise is σ. */
  lowestRisk(moments: Float64Array, labelNoise: number): number;
  /**
   * L×l into `out`: E ∂_ρ(∇_r f)ᵀ with ρ = (errors, r*), so that −γλ U·out is the mean step of X. Rows of students
   * are M_rr of theory; rows of teachers are M_r*r, plus M_rr where the loss is matched.
   */
  meanGradient(moments: Float64Array, out: Float64Array): void;
  /** l×l into `out`: E ∇_r f ∇_r fᵀ. */
  gradientCovariance(moments: Float64Array, labelNoise: number, out: Float64Array): void;
  /** l into `out`: ∇_r f of one sample with outputs ρ = (errors, r*); `draw` is σε, u or nothing, as `label` says. */
  gradient(outputs: Float64Array, draw: number, out: Float64Array): void;
}

/** Population risk E f. */
export function riskOf(loss: Loss, moments: Float64Array, labelNoise: number): number {
  return loss.excessRisk(moments) + loss.lowestRisk(moments, labelNoise);
}

/** Second moments of [E | X*] from those of W = [X | X*], or back with sign = −1; both L×L, may be the same array. */
export function toErrors(loss: Loss, moments: Float64Array, out: Float64Array, sign: 1 | -1 = 1): void {
  const { students, teachers, matched } = loss;
  const size = students + teachers;
  if (out !== moments) out.set(moments);
  if (!matched) return;
  for (let a = 0; a < students; a++) {
    for (let j = 0; j < size; j++) out[a * size + j]! -= sign * out[(students + a) * size + j]!;
  }
  for (let i = 0; i < size; i++) {
    for (let a = 0; a < students; a++) out[i * size + a]! -= sign * out[i * size + students + a]!;
  }
}

/** M of theory (L×l, for W = [X | X*]) from what `meanGradient` gives; in place. */
export function toStudents(loss: Loss, gradient: Float64Array): void {
  const { students, matched } = loss;
  if (!matched) return;
  for (let i = 0; i < students * students; i++) gradient[students * students + i]! -= gradient[i]!;
}
