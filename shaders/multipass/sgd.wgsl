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

@compute @workgroup_size(WIDTH)
fn advance(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = span.run + id.y;
  let rootD = sqrt(f32(params.dimension));
  let scale = params.stepSize / rootD;
  let shrink = params.stepSize * params.ridge * f32(params.batchSize) / f32(params.dimension);
  let labelled = params.measured == params.samples;
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
      // Explicit: without a value, some compilers zero them in the first round of the loop alone.
      var own = array<vec4f, UNITS>();
      var stars = array<vec4f, TEACHERS>();
      for (var j = lane; j < blockCount(); j += WIDTH) {
        let x = sampleAt(run, i, j);
        batch[batchIndex(run, UNITS, j)] = x;
        for (var a = 0u; a < UNITS; a++) {
          own[a] += x * weights[place(run, a, j)];
        }
        if (!labelled) {
          for (var a = 0u; a < TEACHERS; a++) {
            stars[a] += x * columnAt(run, true, a, j);
          }
        }
      }
      var r: array<f32, UNITS>;
      for (var a = 0u; a < UNITS; a++) {
        r[a] = sum4(own[a], lane) / rootD;
      }
      var label: f32;
      if (labelled) {
        label = held[labelIndex(run, i)];
      } else {
        var star: array<f32, TEACHERS>;
        for (var a = 0u; a < TEACHERS; a++) {
          star[a] = sum4(stars[a], lane) / rootD;
        }
        label = labelOf(run, i, star);
      }
      if (stop == ALIVE && runsAway(r)) {
        stop = step;
      }
      let gradient = gradientOf(r, label);
      for (var j = lane; j < blockCount(); j += WIDTH) {
        let x = batch[batchIndex(run, UNITS, j)];
        for (var a = 0u; a < UNITS; a++) {
          var total = gradient[a] * x;
          if (b > 0u) {
            total += batch[batchIndex(run, a, j)];
          }
          let at = place(run, a, j);
          if (b + 1u < params.batchSize) {
            batch[batchIndex(run, a, j)] = total;
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
