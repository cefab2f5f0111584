// One workgroup per run: a lane holds CHUNK blocks of all columns of U.

// Records the moments of the columns.
fn recordColumns(
  us: ptr<function, array<array<vec4f, COLUMNS>, CHUNK>>,
  roots: ptr<function, array<vec4f, CHUNK>>,
  run: u32,
  stop: u32,
  lane: u32,
) {
  var totals: array<f32, STATISTICS>;
  for (var i = 0u; i < COLUMNS; i++) {
    for (var j = i; j < COLUMNS; j++) {
      var heavy = vec4f();
      var plain = vec4f();
      for (var c = 0u; c < CHUNK; c++) {
        let product = (*us)[c][i] * (*us)[c][j];
        plain += product;
        heavy += (*roots)[c] * (*roots)[c] * product;
      }
      let pair = pairIndex(i, j, COLUMNS);
      totals[pair] = sum4(heavy, lane);
      totals[PAIRS + pair] = sum4(plain, lane);
    }
  }
  if (lane == 0u) {
    record(&totals, run, stop);
  }
}
