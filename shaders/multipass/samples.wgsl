// The n samples of a run, x_i ~ N(0, I_d): numbers of a counter, so that those that have no room are drawn again
// whenever they are needed, and are the same. Twin of src/models/multipass/trainingRows.ts.

// First samples of each run, row by row: as many as there is room for. Length kept·d per run, or 1.
@group(1) @binding(3) var<storage, read_write> samples: array<vec4f>;

fn keptSamples() -> u32 {
  return arrayLength(&samples) / (params.runs * blockCount());
}

fn sampleIndex(run: u32, i: u32, j: u32) -> u32 {
  return (run * keptSamples() + i) * blockCount() + j;
}

// Block j of sample i; padding is 0, so that it moves no weights.
fn drawSample(run: u32, i: u32, j: u32) -> vec4f {
  let x = draw(j, 0u, run, STREAM_TRAINING_SAMPLES, i);
  let padding = 3u * blockCount() + j >= params.dimension;
  return vec4f(x.xyz, select(x.w, 0.0, padding));
}

fn sampleAt(run: u32, i: u32, j: u32) -> vec4f {
  if (i < keptSamples()) {
    return samples[sampleIndex(run, i, j)];
  }
  return drawSample(run, i, j);
}

// σε of sample i.
fn noiseOf(run: u32, i: u32) -> f32 {
  if (params.labelNoise > 0.0) {
    return params.labelNoise * draw(0u, 0u, run, STREAM_TRAINING_NOISE, i).x;
  }
  return 0.0;
}
