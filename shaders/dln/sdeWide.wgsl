// The SDE by stochastic Heun, as in sde.wgsl, with many workgroups per run and two dispatches per step: `predict`
// leaves the predicted risk, `correct` takes the step and leaves the risk of the next one. With no step to take
// `correct` only leaves the risk as it is.

// Rows of partials: sums of λe² at the start of the step and at the predicted state, and each workgroup's own S.
const RISK = 0u;
const PREDICTED = 1u;
const CLOCK = 2u;

fn twice(run: u32, row: u32) -> f32 {
  return total(run, span.step, row) / f32(params.dimension) + params.labelNoise * params.labelNoise;
}

// λe² at an angle and a clock.
fn weighted(angle: vec4f, run: u32, j: u32, clock: f32) -> vec4f {
  let e = errorOf(angle, lnC0[run * blockCount() + j] - eigenvalue[j] * clock, teacher[j]);
  return eigenvalue[j] * e * e;
}

// −γ∇/2·dt at an angle and a clock.
fn halfDrift(angle: vec4f, run: u32, j: u32, clock: f32, stepSize: f32) -> vec4f {
  let e = errorOf(angle, lnC0[run * blockCount() + j] - eigenvalue[j] * clock, teacher[j]);
  return -0.5 * stepSize * span.dt * eigenvalue[j] * e;
}

fn noise(run: u32, j: u32) -> vec4f {
  return sqrt(eigenvalue[j]) * draw(j, span.step, run, STREAM_BROWNIAN, 0u);
}

// S added by a step of constant risk.
fn clockStep(stepSize: f32, twiceRisk: f32) -> f32 {
  return stepSize * stepSize * twiceRisk * span.dt / f32(params.batchSize);
}

@compute @workgroup_size(WIDTH)
fn predict(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  let run = group.y;
  let clock = partials[partialAt(run, span.step, CLOCK, group.x)];
  let now = stepSizeAt(span.t);
  let ahead = clockStep(now, twice(run, RISK));
  var part = vec4f();
  for (var j = firstBlock(group, lane); j < blockCount(); j += STRIDE) {
    let angle = xi[run * blockCount() + j];
    let predicted = angle + 2.0 * halfDrift(angle, run, j, clock, now) - sqrt(ahead) * noise(run, j);
    part += weighted(predicted, run, j, clock + ahead);
  }
  let result = sum4(part, lane);
  if (lane == 0u) {
    partials[partialAt(run, span.step, PREDICTED, group.x)] = result;
  }
}

@compute @workgroup_size(WIDTH)
fn correct(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  let run = group.y;
  let blocks = blockCount();
  let first = firstBlock(group, lane);
  let nextStep = span.step + span.steps;
  var clock: f32;
  var stop: bool;
  if (span.steps == 0u) {
    clock = noiseTime[run];
    stop = blowUpStep[run] != ALIVE;
  } else {
    clock = partials[partialAt(run, span.step, CLOCK, group.x)];
    let bound = 2.0 * params.runaway;
    stop = exceeds(twice(run, RISK), bound) || exceeds(twice(run, PREDICTED), bound);
  }
  if (!stop && span.steps > 0u) {
    let now = stepSizeAt(span.t);
    let next = stepSizeAt(span.t + span.dt);
    let ahead = clockStep(now, twice(run, RISK));
    let increment = 0.5 * (ahead + clockStep(next, twice(run, PREDICTED)));
    for (var j = first; j < blocks; j += STRIDE) {
      let at = run * blocks + j;
      let z = noise(run, j);
      let drift = halfDrift(xi[at], run, j, clock, now);
      let predicted = xi[at] + 2.0 * drift - sqrt(ahead) * z;
      xi[at] += drift + halfDrift(predicted, run, j, clock + ahead, next) - sqrt(increment) * z;
    }
    clock += increment;
  }
  var part = vec4f();
  if (!stop) {
    for (var j = first; j < blocks; j += STRIDE) {
      part += weighted(xi[run * blocks + j], run, j, clock);
    }
  }
  let result = sum4(part, lane);
  if (lane == 0u) {
    partials[partialAt(run, nextStep, RISK, group.x)] = select(result, DIVERGED, stop);
    partials[partialAt(run, nextStep, CLOCK, group.x)] = clock;
    if (span.steps > 0u && group.x == 0u) {
      noiseTime[run] = clock;
      if (stop && blowUpStep[run] == ALIVE) {
        blowUpStep[run] = span.step;
      }
    }
  }
}

fn addBlock(sums: ptr<function, Summands>, run: u32, j: u32) {
  let at = run * blockCount() + j;
  addAngle(sums, xi[at], lnC0[at] - eigenvalue[j] * noiseTime[run], eigenvalue[j], teacher[j]);
}
