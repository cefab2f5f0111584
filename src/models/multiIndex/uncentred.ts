/** An even loss of one student in coordinates E = X, where an overlap of 0 with the teacher stays 0. */
import { toErrors, type Loss } from './loss.ts';

/** `meanGradient` is that of the uncentred loss; what does not tell X* from −X* follows from the centred one. */
export function uncentredOf(loss: Loss, meanGradient: Loss['meanGradient']): Loss {
  const centre = (moments: Float64Array) => {
    const out = new Float64Array(moments.length);
    toErrors(loss, moments, out);
    return out;
  };
  return {
    ...loss,
    matched: false,
    excessRisk: (moments) => loss.excessRisk(centre(moments)),
    meanGradient,
    gradientCovariance: (moments, labelNoise, out) =>
      loss.gradientCovariance(centre(moments), labelNoise, out),
    gradient(outputs, draw, out) {
      loss.gradient(Float64Array.of(outputs[0]! - outputs[1]!, outputs[1]!), draw, out);
    },
  };
}
