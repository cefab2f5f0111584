// Drift and noise of a step of the SDE from the covariance of the outputs (theory: multi-index models, section 1).
// Twin of src/models/multiIndex/coefficients.ts. One lane computes them for its workgroup.

// ⟨λUUᵀ⟩ at the state that the coefficients are for.
var<workgroup> moments: array<f32, COLUMNS * COLUMNS>;
// M, and covariance of the gradient of a sample, which the loss sets from them.
var<workgroup> meanGradient: array<f32, COLUMNS * STUDENTS>;
var<workgroup> covariance: array<f32, STUDENTS * STUDENTS>;
// By stage: −dE of a step by the drift is λU·drift + decay·X, by the noise √λ·noise·z.
var<workgroup> drift: array<array<f32, COLUMNS * STUDENTS>, 2>;
var<workgroup> noise: array<array<f32, STUDENTS * STUDENTS>, 2>;
var<workgroup> decay: array<f32, 2>;
// γ²dt/B times the covariance at the start of the step.
var<workgroup> startCovariance: array<f32, STUDENTS * STUDENTS>;
var<workgroup> diverged: u32;

fn setMoment(i: u32, j: u32, value: f32) {
  moments[i * COLUMNS + j] = value;
  moments[j * COLUMNS + i] = value;
}

// Those of two teachers, which never change.
fn setTeacherMoments() {
  for (var i = 0u; i < TEACHERS; i++) {
    for (var j = 0u; j < TEACHERS; j++) {
      moments[(STUDENTS + i) * COLUMNS + STUDENTS + j] = teacherMoments[i * TEACHERS + j];
    }
  }
}

// Lower triangular root of a covariance; what rounding makes of a zero pivot is 0.
fn setNoise(stage: u32) {
  for (var j = 0u; j < STUDENTS; j++) {
    for (var i = j; i < STUDENTS; i++) {
      var rest = covariance[i * STUDENTS + j];
      for (var k = 0u; k < j; k++) {
        rest -= noise[stage][i * STUDENTS + k] * noise[stage][j * STUDENTS + k];
      }
      let pivot = noise[stage][j * STUDENTS + j];
      if (i == j) {
        noise[stage][j * STUDENTS + j] = sqrt(max(rest, 0.0));
      } else {
        noise[stage][i * STUDENTS + j] = select(0.0, rest / max(pivot, 1e-30), pivot > 0.0);
      }
    }
  }
}

// Stage 0: at the start of a step, t. Stage 1: at its predicted end, with the noise of both ends. `diverged` is whether one of
// them shows it.
fn setCoefficients(stage: u32, t: f32) {
  if (stage == 0u) {
    diverged = 0u;
  }
  for (var a = 0u; a < STUDENTS; a++) {
    if (exceeds(moments[a * (COLUMNS + 1u)], params.runaway)) {
      diverged = 1u;
    }
  }
  let now = stepSizeAt(t + f32(stage) * span.dt);
  setMeanGradient();
  for (var i = 0u; i < COLUMNS * STUDENTS; i++) {
    drift[stage][i] = now * span.dt * meanGradient[i];
  }
  decay[stage] = now * params.ridge * span.dt;
  setCovariance();
  let spread = now * now * span.dt / f32(params.batchSize);
  for (var i = 0u; i < STUDENTS * STUDENTS; i++) {
    let own = spread * covariance[i];
    if (stage == 0u) {
      startCovariance[i] = own;
    }
    covariance[i] = 0.5 * (startCovariance[i] + own);
  }
  setNoise(stage);
}
