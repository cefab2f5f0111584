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

alias Column = array<vec4f, SUMS / TILE>;

fn addProducts(products: ptr<function, array<f32, SUMS>>, t: u32, x: vec4f, block: Column, columns: u32) {
  for (var a = 0u; a < columns; a++) {
    (*products)[t * columns + a] += dot(x, block[a]);
  }
}

// Sets totals[t·columns + a] = ⟨x, column a⟩ of the tile's sample number t below `count`; every lane calls it, in uniform
// control flow.
fn multiply(run: u32, tile: u32, count: u32, ofTeacher: bool, lane: u32) {
  let columns = select(UNITS, TEACHERS, ofTeacher);
  let shelf = shelfOf(run);
  let first = tile * TILE;
  let size = min(TILE, count - first);
  let kept = min(size, max(shelf.kept, first) - first);
  var products = array<f32, SUMS>();
  for (var j = lane; j < shelf.blocks; j += WIDTH) {
    var block: Column;
    for (var a = 0u; a < columns; a++) {
      block[a] = columnAt(run, ofTeacher, a, j);
    }
    for (var t = 0u; t < kept; t++) {
      addProducts(&products, t, keptSample(shelf, first + t, j), block, columns);
    }
    for (var t = kept; t < size; t++) {
      addProducts(&products, t, drawSample(run, first + t, j), block, columns);
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
