// Means over the d coordinates that are recorded. Twin of src/models/dln/statistics.ts.

struct Statistics {
  weightedError: f32,
  squaredError: f32,
  curvature: f32,
  gradientNorm: f32,
  l1: f32,
  l2: f32,
  imbalance: f32,
  offSupport: f32,
  blowUpStep: u32,
}

// One record per slot and run. Length slots·runs.
@group(1) @binding(0) var<storage, read_write> statistics: array<Statistics>;

struct Summands {
  weightedError: vec4f,
  squaredError: vec4f,
  curvature: vec4f,
  gradientNorm: vec4f,
  l1: vec4f,
  l2: vec4f,
  imbalance: vec4f,
  offSupport: vec4f,
}

// Add four coordinates: e = β − β*, kappa = u² + v², gap = |u² − v²|.
fn add(sums: ptr<function, Summands>, e: vec4f, kappa: vec4f, gap: vec4f, lambda: vec4f, star: vec4f) {
  let beta = e + star;
  let weighted = lambda * e * e;
  (*sums).weightedError += weighted;
  (*sums).squaredError += e * e;
  (*sums).curvature += lambda * kappa;
  (*sums).gradientNorm += weighted * lambda * kappa;
  (*sums).l1 += abs(beta);
  (*sums).l2 += beta * beta;
  (*sums).imbalance += gap;
  (*sums).offSupport += select(vec4f(), e * e, star == vec4f());
}

// Reduce over the workgroup and store; every lane calls it, in uniform control flow.
fn record(sums: ptr<function, Summands>, run: u32, stop: u32, lane: u32) {
  let d = f32(params.dimension);
  var means: Statistics;
  means.weightedError = sum4((*sums).weightedError, lane) / d;
  means.squaredError = sum4((*sums).squaredError, lane) / d;
  means.curvature = sum4((*sums).curvature, lane) / d;
  means.gradientNorm = sum4((*sums).gradientNorm, lane) / d;
  means.l1 = sum4((*sums).l1, lane) / d;
  means.l2 = sum4((*sums).l2, lane) / d;
  means.imbalance = sum4((*sums).imbalance, lane) / d;
  means.offSupport = sum4((*sums).offSupport, lane) / d;
  means.blowUpStep = stop;
  if (lane == 0u) {
    statistics[span.slot * params.runs + run] = means;
  }
}
