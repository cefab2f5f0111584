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

const STATISTICS = 8u;

// Sums over the workgroup, in the order of Statistics; every lane calls it, in uniform control flow.
fn reduced(sums: ptr<function, Summands>, lane: u32) -> array<f32, STATISTICS> {
  return array<f32, STATISTICS>(
    sum4((*sums).weightedError, lane),
    sum4((*sums).squaredError, lane),
    sum4((*sums).curvature, lane),
    sum4((*sums).gradientNorm, lane),
    sum4((*sums).l1, lane),
    sum4((*sums).l2, lane),
    sum4((*sums).imbalance, lane),
    sum4((*sums).offSupport, lane),
  );
}

// Store the means that belong to sums over all coordinates; one lane calls it.
fn record(totals: ptr<function, array<f32, STATISTICS>>, run: u32, stop: u32) {
  let d = f32(params.dimension);
  statistics[span.slot * params.runs + run] = Statistics(
    (*totals)[0] / d,
    (*totals)[1] / d,
    (*totals)[2] / d,
    (*totals)[3] / d,
    (*totals)[4] / d,
    (*totals)[5] / d,
    (*totals)[6] / d,
    (*totals)[7] / d,
    stop,
  );
}
