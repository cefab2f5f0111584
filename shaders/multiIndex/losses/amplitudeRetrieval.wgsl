// f = (|r| − |r*| − σε)²/2; twin of `amplitudeRetrieval` in src/models/multiIndex/kinkedLosses.ts.

fn labelOf(step: u32, run: u32, sample: u32) -> f32 {
  return noiseOfLabel(step, run, sample);
}

fn slopesOf(outputs: array<f32, COLUMNS>, label: f32) -> array<f32, STUDENTS> {
  let star = outputs[1];
  let student = outputs[0] + star;
  // |r| − |r*| is ±e where the signs agree.
  let apart = abs(student) - abs(star);
  let excess = select(apart, sign(star) * outputs[0], student * star > 0.0);
  return array<f32, STUDENTS>(sign(student) * (excess - label));
}

fn setMeanGradient() {
  let pair = pairOf();
  let still = pair.p == 0.0;
  meanGradient[0] = select(1.0 - 2.0 / PI * tiltOf(pair), 0.0, still);
  meanGradient[1] = select(2.0 / PI * tiltGap(pair), 0.0, still);
}

fn setCovariance() {
  let pair = pairOf();
  let noiseless = pair.error - 4.0 / PI * sqrt(pair.p * pair.s) * arcGap(pair.angle);
  covariance[0] = select(noiseless + params.labelNoise * params.labelNoise, 0.0, pair.p == 0.0);
}
