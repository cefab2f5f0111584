// ½E(Σ v_a φ(r_a) − Σ v*_n φ(r*_n))², φ(u) = erf(u/√2). Twin of src/models/multiIndex/committeeExcess.ts.

// Output weights v and −v*. Length COLUMNS.
@group(0) @binding(5) var<storage, read> weights: array<f32>;

alias Moments = array<f32, COLUMNS * COLUMNS>;

// Gauss–Legendre on (0, 1).
const NODES = 4u;
const PATH = array<f32, NODES>(0.0694318442, 0.3300094782, 0.6699905218, 0.9305681558);
const SHARE = array<f32, NODES>(0.1739274226, 0.3260725774, 0.3260725774, 0.1739274226);
// Share of the largest risk below which the arcsines cancel too much.
const SMALL = 1e-2;

// Covariance of outputs i and j, as columns of W = [X | X*].
fn unitCovariance(m: ptr<function, Moments>, i: u32, j: u32) -> f32 {
  var sum = (*m)[i * COLUMNS + j];
  if (MATCHED) {
    if (i < STUDENTS) {
      sum += (*m)[(STUDENTS + i) * COLUMNS + j];
    }
    if (j < STUDENTS) {
      sum += (*m)[i * COLUMNS + STUDENTS + j];
    }
    if (i < STUDENTS && j < STUDENTS) {
      sum += (*m)[(STUDENTS + i) * COLUMNS + STUDENTS + j];
    }
  }
  return sum;
}

fn arcsines(m: ptr<function, Moments>) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < COLUMNS; i++) {
    let own = 1.0 + unitCovariance(m, i, i);
    for (var j = 0u; j <= i; j++) {
      let both = unitCovariance(m, i, j);
      let norms = own * (1.0 + unitCovariance(m, j, j));
      let angle = angleOf(both, sqrt(max(norms - both * both, 0.0)));
      sum += select(1.0, 0.5, i == j) * weights[i] * weights[j] * angle;
    }
  }
  return 2.0 / PI * sum;
}

// E(φ(r_a) − φ(r*_a))(φ(r_b) − φ(r*_b)), integrated along both paths from X* to X.
fn pathProduct(m: ptr<function, Moments>, a: u32, b: u32) -> f32 {
  let ra = a * COLUMNS;
  let rb = b * COLUMNS;
  let ta = STUDENTS + a;
  let tb = STUDENTS + b;
  var sum = 0.0;
  for (var k = 0u; k < NODES; k++) {
    let x = PATH[k];
    let varianceA = 1.0 + (*m)[ta * COLUMNS + ta] + 2.0 * x * (*m)[ra + ta] + x * x * (*m)[ra + a];
    let ownA = (*m)[ra + ta] + x * (*m)[ra + a];
    let otherB = (*m)[rb + ta] + x * (*m)[ra + b];
    for (var n = 0u; n < NODES; n++) {
      let y = PATH[n];
      let varianceB = 1.0 + (*m)[tb * COLUMNS + tb] + 2.0 * y * (*m)[rb + tb] + y * y * (*m)[rb + b];
      let both = (*m)[ta * COLUMNS + tb] + x * (*m)[ra + tb] + y * (*m)[rb + ta] + x * y * (*m)[ra + b];
      let otherA = (*m)[ra + tb] + y * (*m)[ra + b];
      let ownB = (*m)[rb + tb] + y * (*m)[rb + b];
      let determinant = varianceA * varianceB - both * both;
      let along = varianceB * ownA * otherB - both * (ownA * ownB + otherA * otherB);
      let inside = (*m)[ra + b] - (along + varianceA * otherA * ownB) / determinant;
      sum += SHARE[k] * SHARE[n] * inside / sqrt(determinant);
    }
  }
  return 2.0 / PI * sum;
}

fn committeeExcess(m: ptr<function, Moments>) -> f32 {
  let direct = arcsines(m);
  var largest = 0.0;
  for (var i = 0u; i < COLUMNS; i++) {
    largest += abs(weights[i]);
  }
  if (!MATCHED || direct > SMALL * largest * largest) {
    return direct;
  }
  var sum = 0.0;
  for (var a = 0u; a < STUDENTS; a++) {
    for (var b = 0u; b <= a; b++) {
      sum += select(1.0, 0.5, a == b) * weights[a] * weights[b] * pathProduct(m, a, b);
    }
  }
  return sum;
}
