// Problem of multi-index models, common to their kernels (theory: multi-index models, section 0). The columns of
// U = [E | X*] are STUDENTS errors, E = X − X* where MATCHED and E = X where not, and TEACHERS teachers. Of a vector
// of length d, coordinate w⌈d/4⌉ + j is component w of element j.

struct Params {
  seed: u32,
  dimension: u32,
  runs: u32,
  batchSize: u32,
  stepSize: f32,
  labelNoise: f32,
  ridge: f32,
  largest: f32,
  runaway: f32,
}

const COLUMNS = STUDENTS + TEACHERS;
// Pairs of columns, and those of them with a student.
const PAIRS = COLUMNS * (COLUMNS + 1u) / 2u;
const MOVING = STUDENTS * (STUDENTS + 1u) / 2u + STUDENTS * TEACHERS;

// Settings; a run has diverged above `largest` in an output of a sample, or `runaway` in the variance of one.
@group(0) @binding(0) var<uniform> params: Params;
// Root of the variance of each feature. Length d.
@group(0) @binding(2) var<storage, read> root: array<vec4f>;
// Teachers X*, vector after vector. Length TEACHERS·d.
@group(0) @binding(3) var<storage, read> teacher: array<vec4f>;
// ⟨λ X* X*ᵀ⟩. Length TEACHERS².
@group(0) @binding(4) var<storage, read> teacherMoments: array<f32>;
// Errors E of each run, vector after vector. Length STUDENTS·d per run.
@group(1) @binding(2) var<storage, read_write> errors: array<vec4f>;

// γ at time t.
fn stepSizeAt(t: f32) -> f32 {
  return params.stepSize;
}

fn blockCount() -> u32 {
  return (params.dimension + 3u) / 4u;
}

// Where block j of the errors of student a lies.
fn place(run: u32, a: u32, j: u32) -> u32 {
  return (run * STUDENTS + a) * blockCount() + j;
}

// Block j of a column of U.
fn columnAt(run: u32, a: u32, j: u32) -> vec4f {
  if (a < STUDENTS) {
    return errors[place(run, a, j)];
  }
  return teacher[(a - STUDENTS) * blockCount() + j];
}

// The four words of block j, and their normals.
fn wordsOf(j: u32, step: u32, run: u32, stream: u32, sample: u32) -> vec4u {
  return threefry(vec4u(j, step, numberOf(run), stream), vec4u(params.seed, 0u, sample, 0u));
}

fn draw(j: u32, step: u32, run: u32, stream: u32, sample: u32) -> vec4f {
  return normals(wordsOf(j, step, run, stream, sample));
}

// σε of a sample.
fn noiseOfLabel(step: u32, run: u32, sample: u32) -> f32 {
  if (params.labelNoise > 0.0) {
    return params.labelNoise * draw(0u, step, run, STREAM_LABEL_NOISE, sample).x;
  }
  return 0.0;
}

// The column of the teacher that errors of student a are measured from, where MATCHED.
fn starOf(a: u32) -> u32 {
  return STUDENTS + a % TEACHERS;
}

// X of student a, from a block of errors and of the teacher of the same number.
fn studentOf(e: vec4f, star: vec4f) -> vec4f {
  if (MATCHED) {
    return e + star;
  }
  return e;
}
