// What an engine tells a kernel about one dispatch, and what it learns about runs that diverge.

// Steps step … step+steps−1 of length dt, the first one starting at time t; then statistics go to `slot`. A step that
// is too long for one dispatch is cut: workgroup 0 of a piece stands for workgroup `part` of run `run`.
// Where runs are split into groups, the arrays begin with run number `first`.
struct Span {
  step: u32,
  steps: u32,
  slot: u32,
  part: u32,
  run: u32,
  first: u32,
  t: f32,
  dt: f32,
}

// One dispatch's span.
@group(0) @binding(1) var<uniform> span: Span;
// Step at which each run diverged, ALIVE while it is finite. Length runs.
@group(1) @binding(1) var<storage, read_write> blowUpStep: array<u32>;

const NO_SLOT = 0xffffffffu;
const ALIVE = 0xffffffffu;

// Number of the run that has this place in the arrays, which its random numbers are drawn by.
fn numberOf(run: u32) -> u32 {
  return span.first + run;
}

// Whether |x| > bound, also for infinities and NaN, which WGSL allows comparisons to misjudge.
fn exceeds(x: f32, bound: f32) -> bool {
  return (bitcast<u32>(x) & 0x7fffffffu) > bitcast<u32>(bound);
}
