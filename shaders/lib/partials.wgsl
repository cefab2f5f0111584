// Many workgroups per run: workgroup (x, y) holds every PARTS-th stretch of WIDTH blocks of run y. A dispatch leaves
// sums over the coordinates of each workgroup to the next one, which adds them up; the order of dispatches is the
// only barrier. Every workgroup of a run adds the same numbers in the same order, so all decide alike.
// A model says how many rows of sums there are: fn rowCount(), and how statistics are recorded: fn record().

// Sums by run, half, row and workgroup. Steps alternate between the halves: step k reads half k mod 2.
@group(1) @binding(5) var<storage, read_write> partials: array<f32>;

// A sum that marks a run as diverged for all steps to come.
const DIVERGED = 1e30;

fn partialAt(run: u32, half: u32, row: u32, part: u32) -> u32 {
  return ((2u * run + (half & 1u)) * rowCount() + row) * PARTS + part;
}

// At most 64 serial terms.
fn total(run: u32, half: u32, row: u32) -> f32 {
  var result = 0.0;
  for (var part = 0u; part < PARTS; part++) {
    result += partials[partialAt(run, half, row, part)];
  }
  return result;
}

fn firstBlock(group: vec3u, lane: u32) -> u32 {
  return group.x * WIDTH + lane;
}

const STRIDE = WIDTH * PARTS;

// The half that the next step does not read.
fn freeHalf() -> u32 {
  return span.step + span.steps + 1u;
}

// Second stage of recording, one workgroup per run: adds up the STATISTICS rows that the first one has left.
@compute @workgroup_size(WIDTH)
fn conclude(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  if (lane == 0u) {
    var totals: array<f32, STATISTICS>;
    for (var row = 0u; row < STATISTICS; row++) {
      totals[row] = total(group.y, freeHalf(), row);
    }
    record(&totals, group.y, blowUpStep[group.y]);
  }
}
