// f = (Σ v_a φ(r_a) − Σ v*_n φ(r*_n) − σε)²/2; twin of src/models/multiIndex/erfCommittee.ts.

const ROOT_HALF = 0.70710678118655;
const ROOT_FRONT = 0.79788456080287;
// Largest error for which the difference of two φ is integrated along its path.
const CLOSE = 0.2;

// φ(r* + e) − φ(r*)
fn outputDifference(e: f32, star: f32) -> f32 {
  if (abs(e) > CLOSE) {
    return erf((star + e) * ROOT_HALF) - erf(star * ROOT_HALF);
  }
  var sum = 0.0;
  for (var k = 0u; k < NODES; k++) {
    let r = star + PATH[k] * e;
    sum += SHARE[k] * exp(-0.5 * r * r);
  }
  return e * ROOT_FRONT * sum;
}

fn labelOf(step: u32, run: u32, sample: u32) -> f32 {
  return noiseOfLabel(step, run, sample);
}

fn slopesOf(outputs: array<f32, COLUMNS>, label: f32) -> array<f32, STUDENTS> {
  var own = outputs;
  var residual = -label;
  for (var i = 0u; i < COLUMNS; i++) {
    if (!MATCHED) {
      residual += weights[i] * erf(own[i] * ROOT_HALF);
    } else if (i < STUDENTS) {
      residual += weights[i] * outputDifference(own[i], own[STUDENTS + i]);
    }
  }
  var slopes: array<f32, STUDENTS>;
  for (var a = 0u; a < STUDENTS; a++) {
    let r = own[a] + select(0.0, own[starOf(a)], MATCHED);
    slopes[a] = residual * weights[a] * ROOT_FRONT * exp(-0.5 * r * r);
  }
  return slopes;
}

// (1 + B_aa)(1 + B_jj) − B_aj²
fn minor(m: ptr<function, Moments>, a: u32, j: u32) -> f32 {
  let both = unitCovariance(m, a, j);
  return (1.0 + unitCovariance(m, a, a)) * (1.0 + unitCovariance(m, j, j)) - both * both;
}

// Covariance of output a with column j of U.
fn withOutput(m: ptr<function, Moments>, a: u32, j: u32) -> f32 {
  return (*m)[a * COLUMNS + j] + select(0.0, (*m)[starOf(a) * COLUMNS + j], MATCHED);
}

fn setMeanGradient() {
  var m = moments;
  for (var a = 0u; a < STUDENTS; a++) {
    let own = 1.0 + unitCovariance(&m, a, a);
    var bend = 0.0;
    for (var j = 0u; j < COLUMNS; j++) {
      let inverse = 2.0 / PI / sqrt(minor(&m, a, j));
      meanGradient[j * STUDENTS + a] = weights[j] * weights[a] * inverse;
      bend += weights[j] * unitCovariance(&m, a, j) * inverse;
    }
    if (MATCHED) {
      // Rows of teachers by differences that keep the digits of the errors.
      bend = 0.0;
      for (var j = 0u; j < STUDENTS; j++) {
        let star = starOf(j);
        let near = minor(&m, a, j);
        let far = minor(&m, a, star);
        let inverse = 2.0 / PI / sqrt(near);
        let growth = 2.0 * m[j * COLUMNS + star] + m[j * COLUMNS + j];
        let both = unitCovariance(&m, a, star);
        let along = withOutput(&m, a, j);
        let rise = along * (unitCovariance(&m, a, j) + both) - own * growth;
        let gap = inverse * rise / (sqrt(far) * (sqrt(far) + sqrt(near)));
        meanGradient[star * STUDENTS + a] = weights[j] * weights[a] * gap;
        bend += weights[j] * (along * inverse + both * gap);
      }
      meanGradient[starOf(a) * STUDENTS + a] -= weights[a] * bend / own;
    }
    meanGradient[a * STUDENTS + a] -= weights[a] * bend / own;
  }
}

// φ′(r_i)φ′(r_j) is a Gaussian weight, under which U has another covariance.
fn setCovariance() {
  var m = moments;
  for (var i = 0u; i < STUDENTS; i++) {
    for (var j = 0u; j <= i; j++) {
      let gi = 1.0 + unitCovariance(&m, i, i);
      let gj = 1.0 + unitCovariance(&m, j, j);
      let both = unitCovariance(&m, i, j);
      let determinant = gi * gj - both * both;
      var tilted: Moments;
      for (var k = 0u; k < COLUMNS; k++) {
        let left = withOutput(&m, i, k);
        let right = withOutput(&m, j, k);
        let towards = (gj * left - both * right) / determinant;
        let across = (gi * right - both * left) / determinant;
        for (var n = 0u; n < COLUMNS; n++) {
          let change = towards * withOutput(&m, i, n) + across * withOutput(&m, j, n);
          tilted[k * COLUMNS + n] = m[k * COLUMNS + n] - change;
        }
      }
      let square = 2.0 * committeeExcess(&tilted) + params.labelNoise * params.labelNoise;
      let value = weights[i] * weights[j] * 2.0 / PI * square / sqrt(determinant);
      covariance[i * STUDENTS + j] = value;
      covariance[j * STUDENTS + i] = value;
    }
  }
}
