// The modified equation by Euler and Maruyama; see src/models/multipass/flow.ts.

// Λ of sample i: dt/δ + dB/√δ. Sample w⌈n/4⌉ + j takes word w of block j.
fn driveOf(run: u32, i: u32) -> f32 {
  let mean = span.dt / params.sampleRatio;
  let blocks = (params.samples + 3u) / 4u;
  let z = draw(i % blocks, span.step, run, STREAM_BROWNIAN, 0u);
  return mean + sqrt(mean) * z[i / blocks];
}

@compute @workgroup_size(WIDTH)
fn update(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  let j = blockOf(group, lane);
  let moves = movesOf(group.y, j, lane);
  if (!stops(group, lane) && isMover(j, lane)) {
    for (var a = 0u; a < UNITS; a++) {
      let at = place(group.y, a, j);
      weights[at] = (1.0 - params.stepSize * params.ridge * span.dt) * weights[at] + moves[a];
    }
  }
}
