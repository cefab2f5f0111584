// Streaming SGD at batch size 1 with many workgroups per run: sgdWide.wgsl with the sample held between two dispatches,
// see lib/heldSample.wgsl, instead of drawn again, so that one loop updates with the sample of step k and draws that of step k + 1.

@compute @workgroup_size(WIDTH)
fn advance(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  let run = group.y;
  let rootD = sqrt(f32(params.dimension));
  let next = span.step + span.steps;
  let key = vec4u(params.seed, 0u, 0u, 0u);

  var stop: bool;
  var residual = 0.0;
  if (span.steps == 0u) {
    stop = blowUpStep[run] != ALIVE;
  } else {
    residual = total(run, span.step, 0u) / rootD;
    if (params.labelNoise > 0.0) {
      residual -= params.labelNoise * draw(0u, span.step, run, STREAM_LABEL_NOISE, 0u).x;
    }
    stop = exceeds(residual, largestResidual());
  }

  let scale = stepSizeAt(span.t) * residual / rootD;
  var product = vec4f();
  if (!stop) {
    for (var j = firstBlock(group, lane); j < blockCount(); j += STRIDE) {
      let at = run * blockCount() + j;
      let sample = held(run, j);
      var e = error[at];
      if (span.steps > 0u) {
        let g = scale * recall(sample);
        let a = u[at];
        let b = v[at];
        u[at] = a - g * b;
        v[at] = b - g * a;
        e += g * (g * a * b - (a * a + b * b));
        error[at] = e;
      }
      let z = features(vec4u(j, next, numberOf(run), STREAM_FEATURES), key, params.degreesOfFreedom);
      let x = sqrt(eigenvalue[j]) * z;
      hold(sample, x);
      product += x * e;
    }
  }
  let part = sum4(product, lane);
  if (lane == 0u) {
    partials[partialAt(run, next, 0u, group.x)] = select(part, DIVERGED, stop);
    // Only this lane ever reads or writes it while steps are taken.
    if (stop && span.steps > 0u && group.x == 0u && blowUpStep[run] == ALIVE) {
      blowUpStep[run] = span.step;
    }
  }
}

fn addBlock(sums: ptr<function, Summands>, run: u32, j: u32) {
  let at = run * blockCount() + j;
  addWeights(sums, u[at], v[at], error[at], j);
}
