/** Phase retrieval off its teacher (theory: multi-index models, section 3, K = I, no noise, no ridge). */

/** Fixed points p of students without overlap, q = 0: a saddle below, and one above which the limit blows up. */
export interface Plateaus {
  readonly saddle: number;
  readonly unstable: number;
}

/**
 * @param gain γ/B
 * @param teacher s = ⟨λX*²⟩
 * @returns undefined where gain·s > (√10 − 1)/12: every start without overlap blows up.
 */
export function plateaus(gain: number, teacher: number): Plateaus | undefined {
  const half = 6 * gain * teacher + 3;
  const discriminant = half ** 2 - 60 * gain * teacher * (3 * gain * teacher + 1);
  if (discriminant < 0) return undefined;
  const unstable = (half + Math.sqrt(discriminant)) / (30 * gain);
  // The product of both roots is s(3gs + 1)/(15g).
  return { saddle: (teacher * (3 * gain * teacher + 1)) / (15 * gain * unstable), unstable };
}

/** Rate at which a small overlap grows at the saddle: q' = 6γ(s − p)q. */
export function escapeRate(stepSize: number, teacher: number, saddle: number): number {
  return 6 * stepSize * (teacher - saddle);
}

/** Time after which a small cosine between student and teacher has grown to order 1; Infinity for 0. */
export function escapeTime(stepSize: number, teacher: number, saddle: number, cosine: number): number {
  return -Math.log(Math.abs(cosine)) / escapeRate(stepSize, teacher, saddle);
}
