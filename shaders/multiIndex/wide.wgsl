// Recording with many workgroups per run.

fn rowCount() -> u32 {
  return max(params.batchSize * COLUMNS, STATISTICS);
}

// All columns at block j.
fn blockAt(run: u32, j: u32) -> array<vec4f, COLUMNS> {
  var block: array<vec4f, COLUMNS>;
  for (var a = 0u; a < COLUMNS; a++) {
    block[a] = columnAt(run, a, j);
  }
  return block;
}

// First stage of the statistics: sums by workgroup.
@compute @workgroup_size(WIDTH)
fn measure(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  for (var i = 0u; i < COLUMNS; i++) {
    for (var k = i; k < COLUMNS; k++) {
      var heavy = vec4f();
      var plain = vec4f();
      for (var j = firstBlock(group, lane); j < blockCount(); j += STRIDE) {
        let product = columnAt(group.y, i, j) * columnAt(group.y, k, j);
        plain += product;
        heavy += root[j] * root[j] * product;
      }
      let weighted = sum4(heavy, lane);
      let unweighted = sum4(plain, lane);
      if (lane == 0u) {
        let pair = pairIndex(i, k, COLUMNS);
        partials[partialAt(group.y, freeHalf(), pair, group.x)] = weighted;
        partials[partialAt(group.y, freeHalf(), PAIRS + pair, group.x)] = unweighted;
      }
    }
  }
}
