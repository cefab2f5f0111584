// Second moments that are recorded: means over the coordinates of products of two columns of U, with weights λ and
// without. Names are those of pairs of NAMED columns, row by row, weighted ones first; see statistics.ts.

const NAMED_PAIRS = NAMED * (NAMED + 1u) / 2u;
const RECORD = 2u * NAMED_PAIRS + 1u;
const STATISTICS = 2u * PAIRS;

// One record of RECORD words, as in `struct Statistics`, per slot and run. Length RECORD·slots·runs.
@group(1) @binding(0) var<storage, read_write> statistics: array<u32>;

// Number of the pair (i, j), i ≤ j, of so many columns.
fn pairIndex(i: u32, j: u32, columns: u32) -> u32 {
  return i * columns - (i * (i + 1u)) / 2u + j;
}

// Store the means that belong to sums over all coordinates, weighted ones and then plain ones; one lane calls it.
fn record(totals: ptr<function, array<f32, STATISTICS>>, run: u32, stop: u32) {
  let first = (span.slot * params.runs + run) * RECORD;
  for (var i = 0u; i < COLUMNS; i++) {
    for (var j = i; j < COLUMNS; j++) {
      let pair = pairIndex(i, j, COLUMNS);
      let named = first + pairIndex(i, j, NAMED);
      statistics[named] = bitcast<u32>((*totals)[pair] / f32(params.dimension));
      statistics[named + NAMED_PAIRS] = bitcast<u32>((*totals)[PAIRS + pair] / f32(params.dimension));
    }
  }
  statistics[first + RECORD - 1u] = stop;
}
