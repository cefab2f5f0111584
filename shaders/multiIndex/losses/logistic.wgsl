// f = log(1 + eʳ) − y r, y = 1 with probability S(r*); twin of `logistic` in src/models/multiIndex/logisticLosses.ts.

// A uniform number.
fn labelOf(step: u32, run: u32, sample: u32) -> f32 {
  return uniforms(wordsOf(0u, step, run, STREAM_LABELS, sample).xy).x;
}

fn slopesOf(outputs: array<f32, COLUMNS>, label: f32) -> array<f32, STUDENTS> {
  let star = outputs[1];
  let y = select(0.0, 1.0, label < logistic(star));
  return array<f32, STUDENTS>(logistic(outputs[0] + star) - y);
}

fn setMeanGradient() {
  let pair = pairOf();
  meanGradient[0] = 0.0;
  meanGradient[1] = 0.0;
  for (var k = 0u; k < NODES; k++) {
    let own = sqrt(mixture[NODES + k] + pair.p);
    let best = sqrt(mixture[NODES + k] + pair.s);
    let weight = mixture[k] / ROOT_TWO_PI;
    meanGradient[0] += weight / own;
    meanGradient[1] -= weight * (2.0 * pair.cross + pair.error) / (own * best * (own + best));
  }
}

fn setCovariance() {
  let pair = pairOf();
  let own = tauProduct(pair.p, pair.p, pair.p, 0.0);
  covariance[0] = 0.25 + own - 2.0 * tauProduct(pair.p, pair.q, pair.s, pair.determinant);
}
