// f = (r² − r*² − σε)²/2; twin of `phaseRetrieval` in src/models/multiIndex/smoothLosses.ts.

fn labelOf(step: u32, run: u32, sample: u32) -> f32 {
  return noiseOfLabel(step, run, sample);
}

fn slopesOf(outputs: array<f32, COLUMNS>, label: f32) -> array<f32, STUDENTS> {
  let e = outputs[0];
  let star = outputs[1];
  return array<f32, STUDENTS>(2.0 * (e + star) * (e * (e + 2.0 * star) - label));
}

fn setMeanGradient() {
  let pair = pairOf();
  meanGradient[0] = 6.0 * pair.p - 2.0 * pair.s;
  meanGradient[1] = 8.0 * pair.cross + 6.0 * pair.error;
}

fn setCovariance() {
  let pair = pairOf();
  let excess = 2.0 * pair.cross + pair.error;
  let noiseless = 15.0 * pair.p * excess * excess + 12.0 * (2.0 * pair.p - pair.s) * pair.determinant;
  covariance[0] = 4.0 * (noiseless + params.labelNoise * params.labelNoise * pair.p);
}
