// Problem of the diagonal linear network, common to its kernels (theory: diagonal linear networks, section 1).
// A vector of length d is an array of ⌈d/4⌉ vec4f per run: coordinate w⌈d/4⌉ + j is component w of element j.

struct Params {
  seed: u32,
  dimension: u32,
  runs: u32,
  batchSize: u32,
  stepSize: f32,
  labelNoise: f32,
  degreesOfFreedom: f32,
  runaway: f32,
}

// Settings; runaway is the risk above which a run has diverged.
@group(0) @binding(0) var<uniform> params: Params;
// Variance of each feature. Length d.
@group(0) @binding(2) var<storage, read> eigenvalue: array<vec4f>;
// Teacher β*. Length d.
@group(0) @binding(3) var<storage, read> teacher: array<vec4f>;

// γ at time t.
fn stepSizeAt(t: f32) -> f32 {
  return params.stepSize;
}

fn blockCount() -> u32 {
  return (params.dimension + 3u) / 4u;
}

// The four normals of block j at this step.
fn draw(j: u32, step: u32, run: u32, stream: u32, sample: u32) -> vec4f {
  return normals(threefry(vec4u(j, step, numberOf(run), stream), vec4u(params.seed, 0u, sample, 0u)));
}
