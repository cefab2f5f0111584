// Streaming SGD at batch size 1 with many workgroups per run: sgdWide.wgsl with the sample held between two dispatches,
// see lib/heldSample.wgsl, instead of drawn again, so that one loop updates with the sample of step k and draws that of
// step k + 1.

var<workgroup> outputs: array<f32, COLUMNS>;
var<workgroup> slopes: array<f32, STUDENTS>;

@compute @workgroup_size(WIDTH)
fn advance(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  let run = group.y;
  let rootD = sqrt(f32(params.dimension));
  let now = stepSizeAt(span.t);
  let shrink = now * params.ridge / f32(params.dimension);
  let next = span.step + span.steps;

  for (var a = lane; a < COLUMNS && span.steps > 0u; a += WIDTH) {
    outputs[a] = total(run, span.step, a) / rootD;
  }
  workgroupBarrier();
  if (lane == 0u && span.steps > 0u) {
    slopes = slopesOf(outputs, labelOf(span.step, run, 0u));
  }
  workgroupBarrier();
  var moves: array<f32, STUDENTS>;
  for (var a = 0u; a < STUDENTS; a++) {
    moves[a] = now / rootD * slopes[a];
  }
  var stop = span.steps == 0u && blowUpStep[run] != ALIVE;
  for (var a = 0u; a < COLUMNS && span.steps > 0u; a++) {
    stop = stop || exceeds(outputs[a], params.largest);
  }

  var products = array<vec4f, COLUMNS>();
  for (var j = firstBlock(group, lane); j < blockCount() && !stop; j += STRIDE) {
    let sample = held(run, j);
    var block = blockAt(run, j);
    if (span.steps > 0u) {
      let x = recall(sample);
      for (var a = 0u; a < STUDENTS; a++) {
        let e = block[a] - moves[a] * x - shrink * studentOf(block[a], block[starOf(a)]);
        errors[place(run, a, j)] = e;
        block[a] = e;
      }
    }
    let x = root[j] * draw(j, next, run, STREAM_FEATURES, 0u);
    hold(sample, x);
    for (var a = 0u; a < COLUMNS; a++) {
      products[a] += x * block[a];
    }
  }
  for (var a = 0u; a < COLUMNS; a++) {
    let part = sum4(products[a], lane);
    if (lane == 0u) {
      partials[partialAt(run, next, a, group.x)] = select(part, DIVERGED, stop);
    }
  }
  // Only this lane ever reads or writes it while steps are taken.
  if (stop && span.steps > 0u && group.x == 0u && lane == 0u && blowUpStep[run] == ALIVE) {
    blowUpStep[run] = span.step;
  }
}
