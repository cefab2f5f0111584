// Streaming SGD on the diagonal linear network (theory: section 1), one workgroup per run, CHUNK·WIDTH ≥ ⌈d/4⌉.

var<workgroup> stopped: u32;

@compute @workgroup_size(WIDTH)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = span.run + group.x;
  let blocks = blockCount();
  let rootD = sqrt(f32(params.dimension));
  let bound = largestResidual();

  var us: array<vec4f, CHUNK>;
  var vs: array<vec4f, CHUNK>;
  var es: array<vec4f, CHUNK>;
  var roots: array<vec4f, CHUNK>;
  for (var c = 0u; c < CHUNK; c++) {
    let j = lane + c * WIDTH;
    if (j < blocks) {
      us[c] = u[run * blocks + j];
      vs[c] = v[run * blocks + j];
      es[c] = error[run * blocks + j];
      roots[c] = sqrt(eigenvalue[j]);
    }
  }
  if (lane == 0u) {
    stopped = blowUpStep[run];
  }
  var stop = workgroupUniformLoad(&stopped);

  if (stop == ALIVE) {
    for (var k = 0u; k < span.steps; k++) {
      let step = span.step + k;
      // Explicit: without a value, some compilers zero it for the first step alone.
      var gradient = array<vec4f, CHUNK>();
      for (var sample = 0u; sample < params.batchSize; sample++) {
        var x: array<vec4f, CHUNK>;
        var product = vec4f();
        for (var c = 0u; c < CHUNK; c++) {
          let counter = vec4u(lane + c * WIDTH, step, numberOf(run), STREAM_FEATURES);
          let z = features(counter, vec4u(params.seed, 0u, sample, 0u), params.degreesOfFreedom);
          x[c] = roots[c] * z;
          product += x[c] * es[c];
        }
        if (lane == 0u && params.labelNoise > 0.0) {
          product.x -= rootD * params.labelNoise * draw(0u, step, run, STREAM_LABEL_NOISE, sample).x;
        }
        let residual = sum4(product, lane) / rootD;
        if (stop == ALIVE && exceeds(residual, bound)) {
          stop = step;
        }
        for (var c = 0u; c < CHUNK; c++) {
          gradient[c] += residual * x[c];
        }
      }
      if (stop == ALIVE) {
        let scale = stepSizeAt(span.t + f32(k) * span.dt) / (f32(params.batchSize) * rootD);
        for (var c = 0u; c < CHUNK; c++) {
          let g = scale * gradient[c];
          let a = us[c];
          let b = vs[c];
          us[c] = a - g * b;
          vs[c] = b - g * a;
          es[c] += g * (g * a * b - (a * a + b * b));
        }
      }
    }
  }

  var sums: Summands;
  for (var c = 0u; c < CHUNK; c++) {
    let j = lane + c * WIDTH;
    if (j < blocks) {
      u[run * blocks + j] = us[c];
      v[run * blocks + j] = vs[c];
      error[run * blocks + j] = es[c];
      addWeights(&sums, us[c], vs[c], es[c], j);
    }
  }
  if (lane == 0u) {
    blowUpStep[run] = stop;
  }
  if (span.slot != NO_SLOT) {
    var totals = reduced(&sums, lane);
    if (lane == 0u) {
      record(&totals, run, stop);
    }
  }
}
