// Recording with many workgroups per run.

fn rowCount() -> u32 {
  return max(params.batchSize, STATISTICS);
}

// First stage of the statistics: sums by workgroup, of blocks added by addBlock(sums, run, j).
@compute @workgroup_size(WIDTH)
fn measure(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  var sums: Summands;
  for (var j = firstBlock(group, lane); j < blockCount(); j += STRIDE) {
    addBlock(&sums, group.y, j);
  }
  var totals = reduced(&sums, lane);
  if (lane == 0u) {
    for (var row = 0u; row < STATISTICS; row++) {
      partials[partialAt(group.y, freeHalf(), row, group.x)] = totals[row];
    }
  }
}
