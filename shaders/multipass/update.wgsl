// Sums of kicks times samples: a workgroup has BLOCKS blocks of the weights, and ROWS lanes for each of them.

const ROWS = WIDTH / BLOCKS;
// Terms that are added up before they are added to others.
const SERIES = 64u;

alias Moves = array<vec4f, UNITS>;

var<workgroup> rows: array<vec4f, WIDTH>;

fn blockOf(group: vec3u, lane: u32) -> u32 {
  return group.x * BLOCKS + lane % BLOCKS;
}

// Σ kick·x of block j for every unit, in lanes below BLOCKS; every lane calls it, in uniform control flow.
fn movesOf(run: u32, j: u32, lane: u32) -> Moves {
  var moves = Moves();
  if (j < blockCount()) {
    for (var first = lane / BLOCKS; first < params.samples; first += SERIES * ROWS) {
      var part = Moves();
      for (var i = first; i < min(first + SERIES * ROWS, params.samples); i += ROWS) {
        let x = sampleAt(run, i, j);
        for (var a = 0u; a < UNITS; a++) {
          part[a] += held[kickIndex(run, a, i)] * x;
        }
      }
      for (var a = 0u; a < UNITS; a++) {
        moves[a] += part[a];
      }
    }
  }
  for (var a = 0u; a < UNITS; a++) {
    rows[lane] = moves[a];
    workgroupBarrier();
    for (var row = 1u; row < ROWS && lane < BLOCKS; row++) {
      moves[a] += rows[row * BLOCKS + lane];
    }
    workgroupBarrier();
  }
  return moves;
}

// Whether the lane moves block j.
fn isMover(j: u32, lane: u32) -> bool {
  return lane < BLOCKS && j < blockCount();
}

// Whether the run has diverged, in this step or before; tells it.
fn stops(group: vec3u, lane: u32) -> bool {
  let run = group.y;
  let stop = atomicLoad(&diverged[run]) != 0u;
  // Only this lane ever reads or writes it while steps are taken.
  if (stop && group.x == 0u && lane == 0u && blowUpStep[run] == ALIVE) {
    blowUpStep[run] = span.step;
  }
  return stop;
}
