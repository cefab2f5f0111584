// SDE of the diagonal linear network in hyperbolic coordinates (theory: section 2) by stochastic Heun, weak order
// 2: ξ += drift·dt − √(λ dS) z and ln c = ln c(0) − λS, with S = ∫ 2γ²R/B dt the clock of the noise.
// One workgroup per run, CHUNK·WIDTH ≥ ⌈d/4⌉. The risk has a float32 floor near 1e-14.

var<workgroup> stopped: u32;

@compute @workgroup_size(WIDTH)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = span.run + group.x;
  let blocks = blockCount();
  let d = f32(params.dimension);
  let irreducible = params.labelNoise * params.labelNoise;

  var angle: array<vec4f, CHUNK>;
  var start: array<vec4f, CHUNK>;
  var lambda: array<vec4f, CHUNK>;
  var star: array<vec4f, CHUNK>;
  for (var c = 0u; c < CHUNK; c++) {
    let j = lane + c * WIDTH;
    if (j < blocks) {
      angle[c] = xi[run * blocks + j];
      start[c] = lnC0[run * blocks + j];
      lambda[c] = eigenvalue[j];
      star[c] = teacher[j];
    }
  }
  var clock = noiseTime[run];
  if (lane == 0u) {
    stopped = blowUpStep[run];
  }
  var stop = workgroupUniformLoad(&stopped);

  if (stop == ALIVE) {
    for (var k = 0u; k < span.steps; k++) {
      let step = span.step + k;
      let now = stepSizeAt(span.t + f32(k) * span.dt);
      let next = stepSizeAt(span.t + f32(k + 1u) * span.dt);
      let noisePerRisk = span.dt / f32(params.batchSize);

      var e: array<vec4f, CHUNK>;
      var part = vec4f();
      for (var c = 0u; c < CHUNK; c++) {
        e[c] = errorOf(angle[c], start[c] - lambda[c] * clock, star[c]);
        part += lambda[c] * e[c] * e[c];
      }
      let twiceRisk = sum4(part, lane) / d + irreducible;

      // Predictor: Euler with the present risk. Then e[c] becomes the mean of both drifts.
      let ahead = now * now * twiceRisk * noisePerRisk;
      var z: array<vec4f, CHUNK>;
      part = vec4f();
      for (var c = 0u; c < CHUNK; c++) {
        z[c] = sqrt(lambda[c]) * draw(lane + c * WIDTH, step, run, STREAM_BROWNIAN, 0u);
        let halfDrift = -0.5 * now * span.dt * lambda[c] * e[c];
        let predicted = angle[c] + 2.0 * halfDrift - sqrt(ahead) * z[c];
        e[c] = errorOf(predicted, start[c] - lambda[c] * (clock + ahead), star[c]);
        part += lambda[c] * e[c] * e[c];
        e[c] = halfDrift - 0.5 * next * span.dt * lambda[c] * e[c];
      }
      let twicePredicted = sum4(part, lane) / d + irreducible;

      let runaway = exceeds(twiceRisk, 2.0 * params.runaway) || exceeds(twicePredicted, 2.0 * params.runaway);
      if (stop == ALIVE && runaway) {
        stop = step;
      }
      if (stop == ALIVE) {
        let increment = 0.5 * (now * now * twiceRisk + next * next * twicePredicted) * noisePerRisk;
        for (var c = 0u; c < CHUNK; c++) {
          angle[c] += e[c] - sqrt(increment) * z[c];
        }
        clock += increment;
      }
    }
  }

  var sums: Summands;
  for (var c = 0u; c < CHUNK; c++) {
    let j = lane + c * WIDTH;
    if (j < blocks) {
      xi[run * blocks + j] = angle[c];
      addAngle(&sums, angle[c], start[c] - lambda[c] * clock, lambda[c], star[c]);
    }
  }
  if (lane == 0u) {
    noiseTime[run] = clock;
    blowUpStep[run] = stop;
  }
  if (span.slot != NO_SLOT) {
    var totals = reduced(&sums, lane);
    if (lane == 0u) {
      record(&totals, run, stop);
    }
  }
}
