// Stores the samples that are kept, and the labels of those that are measured.

@compute @workgroup_size(WIDTH)
fn prepare(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  let run = group.y;
  let count = params.measured;
  let shelf = shelfOf(run);
  for (var tile = group.x; tile * TILE < count; tile += TILE_GROUPS) {
    for (var j = lane; j < shelf.blocks; j += WIDTH) {
      for (var i = tile * TILE; i < min((tile + 1u) * TILE, shelf.kept); i++) {
        samples[shelf.start + i * shelf.blocks + j] = drawSample(run, i, j);
      }
    }
    multiply(run, tile, count, true, lane);
    for (var t = lane; t < TILE; t += WIDTH) {
      let i = tile * TILE + t;
      if (i < count) {
        var r: array<f32, TEACHERS>;
        for (var a = 0u; a < TEACHERS; a++) {
          r[a] = totals[t * TEACHERS + a] / sqrt(f32(params.dimension));
        }
        held[labelIndex(run, i)] = labelOf(run, i, r);
      }
    }
  }
}
