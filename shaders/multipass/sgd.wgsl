// SGD on the samples of a run, one workgroup per run: a lane keeps to its own blocks of the weights, so that a visit
// needs no barriers but those of the sums over lanes.

// By run: sum of the gradients of the batch so far, unit by unit, and the sample that is visited. Length
// (UNITS + 1)·d per run.
@group(1) @binding(5) var<storage, read_write> batch: array<vec4f>;

var<workgroup> stopped: u32;

// ⌊word·count/2³²⌋ from products of halves.
fn share(word: u32, count: u32) -> u32 {
  let a = vec2u(word & 0xffffu, word >> 16u);
  let b = vec2u(count & 0xffffu, count >> 16u);
  let carry = a.y * b.x + ((a.x * b.x) >> 16u);
  return a.y * b.y + (carry >> 16u) + ((a.x * b.y + (carry & 0xffffu)) >> 16u);
}

// The sample of a run's visit number `visit`, whatever the batch size.
fn visitedSample(run: u32, visit: u32) -> u32 {
  let words = wordsOf(visit / 4u, 0u, run, STREAM_VISITS, 0u);
  return share(words[visit % 4u], params.samples);
}

fn batchIndex(run: u32, a: u32, j: u32) -> u32 {
  return (run * (UNITS + 1u) + a) * blockCount() + j;
}

// Label of sample i, which lies at `row`: the one that is stored where all are.
fn visitedLabel(run: u32, i: u32, row: u32, lane: u32) -> f32 {
  if (LABELLED) {
    return held[labelIndex(run, i)];
  }
  var r: array<f32, TEACHERS>;
  for (var a = 0u; a < TEACHERS; a++) {
    var own = vec4f();
    for (var j = lane; j < blockCount(); j += WIDTH) {
      own += batch[row + j] * columnAt(run, true, a, j);
    }
    r[a] = sum4(own, lane) / sqrt(f32(params.dimension));
  }
  return labelOf(run, i, r);
}

@compute @workgroup_size(WIDTH)
fn advance(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = span.run + id.y;
  let shelf = shelfOf(run);
  let rootD = sqrt(f32(params.dimension));
  let scale = params.stepSize / rootD;
  let shrink = params.stepSize * params.ridge * f32(params.batchSize) / f32(params.dimension);
  let row = batchIndex(run, UNITS, 0u);
  let start = place(run, 0u, 0u);
  if (lane == 0u) {
    stopped = blowUpStep[run];
  }
  var stop = workgroupUniformLoad(&stopped);
  if (stop != ALIVE) {
    return;
  }

  for (var k = 0u; k < span.steps; k++) {
    let step = span.step + k;
    for (var b = 0u; b < params.batchSize; b++) {
      let i = visitedSample(run, step * params.batchSize + b);
      // Explicit: without a value, some compilers zero it in the first round of the loop alone.
      var own = array<vec4f, UNITS>();
      for (var j = lane; j < shelf.blocks && i < shelf.kept; j += WIDTH) {
        batch[row + j] = keptSample(shelf, i, j);
      }
      for (var j = lane; j < shelf.blocks && i >= shelf.kept; j += WIDTH) {
        batch[row + j] = drawSample(run, i, j);
      }
      for (var j = lane; j < shelf.blocks; j += WIDTH) {
        for (var a = 0u; a < UNITS; a++) {
          own[a] += batch[row + j] * weights[start + a * shelf.blocks + j];
        }
      }
      var r: array<f32, UNITS>;
      for (var a = 0u; a < UNITS; a++) {
        r[a] = sum4(own[a], lane) / rootD;
      }
      let label = visitedLabel(run, i, row, lane);
      if (stop == ALIVE && runsAway(r)) {
        stop = step;
      }
      let gradient = gradientOf(r, label);
      for (var j = lane; j < shelf.blocks; j += WIDTH) {
        let x = batch[row + j];
        for (var a = 0u; a < UNITS; a++) {
          let at = start + a * shelf.blocks + j;
          let sum = batchIndex(run, a, j);
          let before = select(vec4f(), batch[sum], b > 0u);
          let total = before + gradient[a] * x;
          if (b + 1u < params.batchSize) {
            batch[sum] = total;
          } else if (stop == ALIVE) {
            weights[at] -= scale * total + shrink * weights[at];
          }
        }
      }
    }
  }
  if (lane == 0u) {
    blowUpStep[run] = stop;
  }
}
