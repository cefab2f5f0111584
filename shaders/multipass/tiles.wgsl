// Preactivations of TILE neighbouring samples at once. A workgroup of a run has every TILE_GROUPS-th tile.

// By run: labels of the samples that are measured, losses by workgroup, and KICKS numbers of every sample.
@group(1) @binding(4) var<storage, read_write> held: array<f32>;

// Workgroups of a run.
fn groupCount(count: u32) -> u32 {
  return min((count + TILE - 1u) / TILE, TILE_GROUPS);
}

fn labelIndex(run: u32, i: u32) -> u32 {
  return run * (params.measured + groupCount(params.measured) + KICKS * params.samples) + i;
}

fn lossIndex(run: u32, group: u32) -> u32 {
  return labelIndex(run, params.measured) + group;
}

fn kickIndex(run: u32, a: u32, i: u32) -> u32 {
  return lossIndex(run, groupCount(params.measured)) + a * params.samples + i;
}

fn columnAt(run: u32, ofTeacher: bool, a: u32, j: u32) -> vec4f {
  if (ofTeacher) {
    return teacher[a * blockCount() + j];
  }
  return weights[place(run, a, j)];
}

// Sets totals[t·columns + a] = ⟨x, column a⟩ of the tile's sample number t; every lane calls it, in uniform control
// flow. Numbers from `count` on stand for the last sample.
fn multiply(run: u32, tile: u32, count: u32, ofTeacher: bool, lane: u32) {
  let columns = select(UNITS, TEACHERS, ofTeacher);
  var products = array<f32, SUMS>();
  for (var j = lane; j < blockCount(); j += WIDTH) {
    for (var t = 0u; t < TILE; t++) {
      let x = sampleAt(run, min(tile * TILE + t, count - 1u), j);
      for (var a = 0u; a < columns; a++) {
        products[t * columns + a] += dot(x, columnAt(run, ofTeacher, a, j));
      }
    }
  }
  addUp(&products, lane);
}

// Preactivations of the tile's sample number t, of the student after `multiply`.
fn preactivations(t: u32) -> array<f32, UNITS> {
  var r: array<f32, UNITS>;
  for (var a = 0u; a < UNITS; a++) {
    r[a] = totals[t * UNITS + a] / sqrt(f32(params.dimension));
  }
  return r;
}
