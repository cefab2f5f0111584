// f = (max(r, 0) − max(r*, 0) − σε)²/2; twin of `relu` in src/models/multiIndex/kinkedLosses.ts.

fn labelOf(step: u32, run: u32, sample: u32) -> f32 {
  return noiseOfLabel(step, run, sample);
}

fn slopesOf(outputs: array<f32, COLUMNS>, label: f32) -> array<f32, STUDENTS> {
  let star = outputs[1];
  let student = outputs[0] + star;
  let excess = select(student, outputs[0], star > 0.0);
  return array<f32, STUDENTS>(select(0.0, excess - label, student > 0.0));
}

fn setMeanGradient() {
  let pair = pairOf();
  let still = pair.p == 0.0;
  meanGradient[0] = select(0.5 - 0.5 / PI * tiltOf(pair), 0.0, still);
  meanGradient[1] = select(0.5 / PI * tiltGap(pair), 0.0, still);
}

fn setCovariance() {
  let pair = pairOf();
  let noiseless = 0.5 * pair.error - sqrt(pair.p * pair.s) * arcGap(pair.angle) / PI;
  let inactive = pair.s * sineGap(2.0 * pair.angle) / (4.0 * PI);
  let square = noiseless - inactive + 0.5 * params.labelNoise * params.labelNoise;
  covariance[0] = select(square, 0.0, pair.p == 0.0);
}
