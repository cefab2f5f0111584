// Counts of a quantity over the coordinates of each group, summed over the runs that are finite: one workgroup per
// run, first into its own memory. A row of counts has for each group: below, bin after bin, above.

const ROW = BINS + 2u;

// Group of each coordinate, −1 for padding. Length d.
@group(2) @binding(0) var<storage, read> groupOf: array<vec4f>;
// Low end of the bins and bins per unit, by slot and group.
@group(2) @binding(1) var<uniform> ranges: array<vec4f, SLOTS * GROUPS>;
// Length slots·groups·ROW, zero at the start.
@group(2) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;

var<workgroup> ownCounts: array<atomic<u32>, GROUPS * ROW>;

@compute @workgroup_size(WIDTH)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = group.x;
  if (blowUpStep[run] == ALIVE) {
    for (var j = lane; j < blockCount(); j += WIDTH) {
      let value = coordinate(run, j);
      let kind = groupOf[j];
      for (var w = 0u; w < 4u; w++) {
        if (kind[w] >= 0.0) {
          let number = u32(kind[w]);
          let bins = ranges[span.slot * GROUPS + number];
          let bin = clamp(floor((value[w] - bins.x) * bins.y), -1.0, f32(BINS));
          atomicAdd(&ownCounts[number * ROW + u32(bin + 1.0)], 1u);
        }
      }
    }
  }
  workgroupBarrier();
  for (var i = lane; i < GROUPS * ROW; i += WIDTH) {
    let own = atomicLoad(&ownCounts[i]);
    if (own > 0u) {
      atomicAdd(&counts[span.slot * GROUPS * ROW + i], own);
    }
  }
}
