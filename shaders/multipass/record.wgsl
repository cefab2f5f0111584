// Train loss, and mean products of the entries of units: those of PRODUCTS in the order of `struct Statistics`.

// One record of RECORD words, as in `struct Statistics`, per slot and run. Length RECORD·slots·runs.
@group(1) @binding(0) var<storage, read_write> statistics: array<u32>;

// Losses, summed over the samples of each workgroup.
@compute @workgroup_size(WIDTH)
fn measure(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  let run = group.y;
  let count = params.measured;
  var loss = 0.0;
  for (var tile = group.x; tile * TILE < count; tile += TILE_GROUPS) {
    multiply(run, tile, count, false, lane);
    for (var t = lane; t < TILE; t += WIDTH) {
      let i = tile * TILE + t;
      if (i < count) {
        loss += lossOf(outputOf(preactivations(t)), held[labelIndex(run, i)]);
      }
    }
  }
  let result = sum(loss, lane);
  if (lane == 0u) {
    held[lossIndex(run, group.x)] = result;
  }
}

// Component c of the record; one lane calls it.
fn record(run: u32, c: u32, value: u32) {
  statistics[(span.slot * params.runs + run) * RECORD + c] = value;
}

@compute @workgroup_size(WIDTH)
fn conclude(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = id.y + span.run;
  var loss = 0.0;
  for (var group = lane; group < groupCount(params.measured); group += WIDTH) {
    loss += held[lossIndex(run, group)];
  }
  let trainLoss = sum(loss, lane) / f32(params.measured);
  if (lane == 0u) {
    record(run, 0u, bitcast<u32>(trainLoss));
    record(run, RECORD - 1u, blowUpStep[run]);
  }
  for (var n = 0u; n < PRODUCT_COUNT; n++) {
    // Numbers of a student, of another one or UNITS and more of a teacher, and of the statistic.
    let product = PRODUCTS[n];
    let other = select(product.y, product.y - UNITS, product.y >= UNITS);
    var total = vec4f();
    for (var j = lane; j < blockCount(); j += WIDTH) {
      total += weights[place(run, product.x, j)] * columnAt(run, product.y >= UNITS, other, j);
    }
    let mean = sum4(total, lane) / f32(params.dimension);
    if (lane == 0u) {
      record(run, product.z, bitcast<u32>(mean));
    }
  }
}
