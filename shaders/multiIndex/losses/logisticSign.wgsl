// f = log(1 + eʳ) − y r, y = 1 where r* > 0; twin of `logisticSign` in src/models/multiIndex/logisticLosses.ts.

fn labelOf(step: u32, run: u32, sample: u32) -> f32 {
  return 0.0;
}

fn slopesOf(outputs: array<f32, COLUMNS>, label: f32) -> array<f32, STUDENTS> {
  return array<f32, STUDENTS>(logistic(outputs[0]) - select(0.0, 1.0, outputs[1] > 0.0));
}

fn setMeanGradient() {
  meanGradient[0] = 0.0;
  for (var k = 0u; k < NODES; k++) {
    meanGradient[0] += mixture[k] / (ROOT_TWO_PI * sqrt(mixture[NODES + k] + moments[0]));
  }
  meanGradient[1] = -1.0 / (ROOT_TWO_PI * sqrt(moments[3]));
}

fn setCovariance() {
  let p = moments[0];
  let q = moments[1];
  let s = moments[3];
  let own = tauProduct(p, p, p, 0.0);
  covariance[0] = 0.25 + own - 2.0 * tauSign(q, s, max(p * s - q * q, 0.0));
}
