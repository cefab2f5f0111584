// What every sample gives to the weights in a step of length dt: kicks, of which update.wgsl adds up the products with
// the samples. The flow says what drives a sample: fn driveOf(run, i).

// Whether a preactivation of each run ran away. Length runs.
@group(1) @binding(6) var<storage, read_write> diverged: array<atomic<u32>>;

@compute @workgroup_size(WIDTH)
fn predict(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  let run = group.y;
  let count = params.samples;
  let scale = -params.stepSize / sqrt(f32(params.dimension));
  for (var tile = group.x; tile * TILE < count; tile += TILE_GROUPS) {
    multiply(run, tile, count, false, lane);
    for (var t = lane; t < TILE; t += WIDTH) {
      let i = tile * TILE + t;
      if (i < count) {
        let r = preactivations(t);
        if (runsAway(r)) {
          atomicStore(&diverged[run], 1u);
        }
        let gradient = gradientOf(r, held[labelIndex(run, i)]);
        let drive = scale * driveOf(run, i);
        for (var a = 0u; a < UNITS; a++) {
          held[kickIndex(run, a, i)] = drive * gradient[a];
        }
      }
    }
  }
}
