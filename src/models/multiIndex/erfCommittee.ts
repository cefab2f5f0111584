/**
 * Soft committee machines (theory: multi-index models, section 2): f = (Σ v_a φ(r_a) − Σ v*_n φ(r*_n) − σε)²/2 with
 * φ(u) = erf(u/√2), whose Gaussian integrals are arcsines (Saad & Solla 1995).
 */
import { erf } from '../../math/erf.ts';
import { committeeExcess, outputDifference } from './committeeExcess.ts';
import { toErrors, type Loss } from './loss.ts';

const FRONT = 2 / Math.PI;

/** Committee of l students with output weights v and l* teachers with weights v*; matched where v = v*. */
export function erfCommittee(weights: readonly number[], teacherWeights: readonly number[]): Loss {
  const students = weights.length;
  const teachers = teacherWeights.length;
  const size = students + teachers;
  const matched = students === teachers && weights.every((v, a) => v === teacherWeights[a]);
  const signed = Float64Array.from([...weights, ...teacherWeights.map((v) => -v)]);
  const excess = committeeExcess(signed, students, matched);
  /** Moments of W, from those of U that a caller hands in. */
  const b = new Float64Array(size * size);
  const tilted = new Float64Array(size * size);
  const left = new Float64Array(size);
  const right = new Float64Array(size);

  /** Covariance of output r_a with every column of U. */
  function withOutput(moments: Float64Array, a: number, out: Float64Array): void {
    for (let j = 0; j < size; j++) {
      out[j] = moments[a * size + j]! + (matched ? moments[(students + a) * size + j]! : 0);
    }
  }

  /** g_a g_j − B_aj² */
  const minor = (a: number, j: number) =>
    (1 + b[a * size + a]!) * (1 + b[j * size + j]!) - b[a * size + j]! ** 2;

  /** One column of M where nothing vanishes at X = X*. */
  function plainColumn(a: number, out: Float64Array): void {
    let curvature = 0;
    for (let j = 0; j < size; j++) {
      const inverse = FRONT / Math.sqrt(minor(a, j));
      out[j * students + a] = signed[j]! * signed[a]! * inverse;
      curvature += signed[j]! * b[a * size + j]! * inverse;
    }
    out[a * students + a]! -= (signed[a]! * curvature) / (1 + b[a * size + a]!);
  }

  /** The same with teacher rows added to student rows, by differences that keep the digits of the errors. */
  function matchedColumn(moments: Float64Array, a: number, out: Float64Array): void {
    const own = 1 + b[a * size + a]!;
    withOutput(moments, a, left);
    let curvature = 0;
    for (let j = 0; j < students; j++) {
      const teacher = students + j;
      const [near, far] = [minor(a, j), minor(a, teacher)];
      const inverse = FRONT / Math.sqrt(near);
      const growth = 2 * moments[j * size + teacher]! + moments[j * size + j]!; // B_jj − B_j*j*
      const shared = b[a * size + teacher]!;
      const rise = left[j]! * (b[a * size + j]! + shared) - own * growth; // far − near
      const gap = (inverse * rise) / (Math.sqrt(far) * (Math.sqrt(far) + Math.sqrt(near)));
      out[j * students + a] = signed[j]! * signed[a]! * inverse;
      out[teacher * students + a] = signed[j]! * signed[a]! * gap;
      curvature += signed[j]! * (left[j]! * inverse + shared * gap);
    }
    const bend = (signed[a]! * curvature) / own;
    out[a * students + a]! -= bend;
    out[(students + a) * students + a]! -= bend;
  }

  const loss: Loss = {
    name: 'erfCommittee',
    weights: signed,
    students,
    teachers,
    matched,
    even: false,
    label: 'normal',
    excessRisk: excess,
    lowestRisk: (_, labelNoise) => labelNoise ** 2 / 2,
    meanGradient(moments, out) {
      toErrors(loss, moments, b, -1);
      for (let a = 0; a < students; a++) {
        if (matched) matchedColumn(moments, a, out);
        else plainColumn(a, out);
      }
    },
    gradientCovariance(moments, labelNoise, out) {
      toErrors(loss, moments, b, -1);
      for (let i = 0; i < students; i++) {
        withOutput(moments, i, left);
        for (let j = 0; j <= i; j++) {
          withOutput(moments, j, right);
          // φ′(r_i)φ′(r_j) is a Gaussian weight: under it U has covariance C − K(1 + Σ)⁻¹Kᵀ, K = ⟨U r⟩, Σ = ⟨r r⟩.
          const [gi, gj, shared] = [1 + b[i * size + i]!, 1 + b[j * size + j]!, b[i * size + j]!];
          const determinant = gi * gj - shared * shared;
          for (let m = 0; m < size; m++) {
            const towards = (gj * left[m]! - shared * right[m]!) / determinant;
            const across = (gi * right[m]! - shared * left[m]!) / determinant;
            for (let n = 0; n < size; n++) {
              tilted[m * size + n] = moments[m * size + n]! - towards * left[n]! - across * right[n]!;
            }
          }
          const square = 2 * excess(tilted) + labelNoise ** 2;
          const value = (signed[i]! * signed[j]! * FRONT * square) / Math.sqrt(determinant);
          out[i * students + j] = out[j * students + i] = value;
        }
      }
    },
    gradient(outputs, noise, out) {
      let residual = -noise;
      for (let a = 0; a < students; a++) {
        if (matched) residual += signed[a]! * outputDifference(outputs[a]!, outputs[students + a]!);
        else residual += signed[a]! * erf(outputs[a]! / Math.SQRT2);
      }
      if (!matched) {
        for (let n = students; n < size; n++) residual += signed[n]! * erf(outputs[n]! / Math.SQRT2);
      }
      for (let a = 0; a < students; a++) {
        const r = outputs[a]! + (matched ? outputs[students + a]! : 0);
        out[a] = residual * signed[a]! * Math.sqrt(FRONT) * Math.exp(-0.5 * r * r);
      }
    },
  };
  return loss;
}
