// Sums of kicks times samples: a workgroup has BLOCKS blocks of the weights, and ROWS lanes for each of them.

const ROWS = WIDTH / BLOCKS;
// Terms that are added up before they are added to others.
const SERIES = 64u;

alias Moves = array<vec4f, UNITS>;

var<workgroup> rows: array<vec4f, WIDTH>;

fn blockOf(group: vec3u, lane: u32) -> u32 {
  return group.x * BLOCKS + lane % BLOCKS;
}

fn addMoves(moves: ptr<function, Moves>, kicks: u32, i: u32, x: vec4f) {
  for (var a = 0u; a < UNITS; a++) {
    (*moves)[a] += held[kicks + a * params.samples + i] * x;
  }
}

// Σ kick·x of block j for every unit, in lanes below BLOCKS; every lane calls it, in uniform control flow.
fn movesOf(run: u32, j: u32, lane: u32) -> Moves {
  let shelf = shelfOf(run);
  let kicks = kickIndex(run, 0u, 0u);
  var moves = Moves();
  for (var first = lane / BLOCKS; first < params.samples && j < shelf.blocks; first += SERIES * ROWS) {
    let end = min(first + SERIES * ROWS, params.samples);
    var part = Moves();
    var i = first;
    for (; i < min(end, shelf.kept); i += ROWS) {
      addMoves(&part, kicks, i, keptSample(shelf, i, j));
    }
    for (; i < end; i += ROWS) {
      addMoves(&part, kicks, i, drawSample(run, i, j));
    }
    for (var a = 0u; a < UNITS; a++) {
      moves[a] += part[a];
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
