// Gradient flow by Heun's method; see src/models/multipass/flow.ts. `lean` puts the weights to the end of a step by
// Euler's method, and `correct` to that by the mean of the rates at both ends.

// Weights at the start of the step, and the rate there, of each run and unit. Length 2·UNITS·d per run.
@group(1) @binding(5) var<storage, read_write> starts: array<vec4f>;

fn driveOf(run: u32, i: u32) -> f32 {
  return 1.0 / params.sampleRatio;
}

fn startIndex(run: u32, a: u32, j: u32) -> u32 {
  return 2u * place(run, a, 0u) + j;
}

fn rateOf(moved: vec4f, at: u32) -> vec4f {
  return moved - params.stepSize * params.ridge * weights[at];
}

@compute @workgroup_size(WIDTH)
fn lean(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  let j = blockOf(group, lane);
  let moves = movesOf(group.y, j, lane);
  if (isMover(j, lane)) {
    for (var a = 0u; a < UNITS; a++) {
      let at = place(group.y, a, j);
      let start = startIndex(group.y, a, j);
      let rate = rateOf(moves[a], at);
      starts[start] = weights[at];
      starts[start + blockCount()] = rate;
      weights[at] += span.dt * rate;
    }
  }
}

@compute @workgroup_size(WIDTH)
fn correct(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  let j = blockOf(group, lane);
  let moves = movesOf(group.y, j, lane);
  let stop = stops(group, lane);
  if (isMover(j, lane)) {
    for (var a = 0u; a < UNITS; a++) {
      let at = place(group.y, a, j);
      let start = startIndex(group.y, a, j);
      let mean = 0.5 * (starts[start + blockCount()] + rateOf(moves[a], at));
      // A run that has diverged stays where it was.
      weights[at] = starts[start] + select(span.dt * mean, vec4f(), stop);
    }
  }
}
