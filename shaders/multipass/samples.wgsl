// The n samples of a run, x_i ~ N(0, I_d): numbers of a counter, so that those that have no room are drawn again
// whenever they are needed, and are the same. Twin of src/models/multipass/trainingRows.ts. Loops over samples are two,
// of those that are kept and of the others: emulated adapters run both sides of a branch.

// First samples of each run, row by row: as many as there is room for. Length kept·d per run, or 1.
@group(1) @binding(3) var<storage, read_write> samples: array<vec4f>;

fn keptSamples() -> u32 {
  return arrayLength(&samples) / (params.runs * blockCount());
}

// Where the samples of a run lie: what a loop over them must not divide for again and again.
struct Shelf {
  run: u32,
  kept: u32,
  blocks: u32,
  start: u32,
}

fn shelfOf(run: u32) -> Shelf {
  let kept = keptSamples();
  return Shelf(run, kept, blockCount(), run * kept * blockCount());
}

// Block j of a sample that is kept.
fn keptSample(shelf: Shelf, i: u32, j: u32) -> vec4f {
  return samples[shelf.start + i * shelf.blocks + j];
}

// Block j of sample i; padding is 0, so that it moves no weights.
fn drawSample(run: u32, i: u32, j: u32) -> vec4f {
  let x = draw(j, 0u, run, STREAM_TRAINING_SAMPLES, i);
  let padding = 3u * blockCount() + j >= params.dimension;
  return vec4f(x.xyz, select(x.w, 0.0, padding));
}

// σε of sample i.
fn noiseOf(run: u32, i: u32) -> f32 {
  if (params.labelNoise > 0.0) {
    return params.labelNoise * draw(0u, 0u, run, STREAM_TRAINING_NOISE, i).x;
  }
  return 0.0;
}
