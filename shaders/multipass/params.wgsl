// Problem of multi-pass SGD, common to its kernels (theory: multi-pass SGD, sections 0 and 6). The student has UNITS
// vectors of weights, the teacher TEACHERS. Of a vector of length d, coordinate w⌈d/4⌉ + j is component w of element j.

struct Params {
  seed: u32,
  dimension: u32,
  runs: u32,
  samples: u32,
  measured: u32,
  batchSize: u32,
  stepSize: f32,
  sampleRatio: f32,
  labelNoise: f32,
  ridge: f32,
}

// Preactivation beyond which a run has diverged.
const RUNAWAY = 1e6;

// Settings; the train loss is that of the first `measured` of n = `samples` samples.
@group(0) @binding(0) var<uniform> params: Params;
// Teacher θ*, vector after vector. Length TEACHERS·d.
@group(0) @binding(2) var<storage, read> teacher: array<vec4f>;
// Output weight a of each unit of the student; what is beyond UNITS does not count.
@group(0) @binding(3) var<uniform> secondLayer: vec4f;
// Weights θ of each run, vector after vector. Length UNITS·d per run.
@group(1) @binding(2) var<storage, read_write> weights: array<vec4f>;

fn blockCount() -> u32 {
  return (params.dimension + 3u) / 4u;
}

// Where block j of the weights of unit a lies.
fn place(run: u32, a: u32, j: u32) -> u32 {
  return (run * UNITS + a) * blockCount() + j;
}

// The four words of block j, and their normals.
fn wordsOf(j: u32, step: u32, run: u32, stream: u32, sample: u32) -> vec4u {
  return threefry(vec4u(j, step, numberOf(run), stream), vec4u(params.seed, 0u, sample, 0u));
}

fn draw(j: u32, step: u32, run: u32, stream: u32, sample: u32) -> vec4f {
  return normals(wordsOf(j, step, run, stream, sample));
}
