// The sample of a run, kept from one dispatch to the next behind the sums of partials.wgsl: each lane reads back what it
// has written itself.

// Where component w of block j of a run's sample lies, behind the sums.
fn held(run: u32, j: u32) -> vec4u {
  let blocks = blockCount();
  let first = partialAt(params.runs, 0u, 0u, 0u) + 4u * run * blocks;
  return first + j + vec4u(0u, 1u, 2u, 3u) * blocks;
}

fn recall(at: vec4u) -> vec4f {
  return vec4f(partials[at.x], partials[at.y], partials[at.z], partials[at.w]);
}

fn hold(at: vec4u, x: vec4f) {
  partials[at.x] = x.x;
  partials[at.y] = x.y;
  partials[at.z] = x.z;
  partials[at.w] = x.w;
}
