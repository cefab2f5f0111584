// f = (r − r* − σε)²/2; twin of `leastSquares` in src/models/multiIndex/smoothLosses.ts.

fn labelOf(step: u32, run: u32, sample: u32) -> f32 {
  return noiseOfLabel(step, run, sample);
}

fn slopesOf(outputs: array<f32, COLUMNS>, label: f32) -> array<f32, STUDENTS> {
  return array<f32, STUDENTS>(outputs[0] - label);
}

fn setMeanGradient() {
  meanGradient[0] = 1.0;
  meanGradient[1] = 0.0;
}

fn setCovariance() {
  covariance[0] = moments[0] + params.labelNoise * params.labelNoise;
}
