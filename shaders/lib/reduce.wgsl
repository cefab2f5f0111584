// Sum over the lanes of a workgroup: at most WIDTH/16 + 16 serial terms, two barriers.

const GROUPS = 16u;

var<workgroup> lanes: array<f32, WIDTH>;
var<workgroup> groups: array<f32, GROUPS>;

// Every lane calls it, in uniform control flow, and every lane gets the same sum. Two calls in a row need no
// barrier between them: who writes `lanes` again has seen all readers of it pass the second barrier.
fn sum(value: f32, lane: u32) -> f32 {
  lanes[lane] = value;
  workgroupBarrier();
  if (lane < GROUPS) {
    var part = 0.0;
    for (var i = lane; i < WIDTH; i += GROUPS) {
      part += lanes[i];
    }
    groups[lane] = part;
  }
  workgroupBarrier();
  var total = 0.0;
  for (var i = 0u; i < GROUPS; i++) {
    total += groups[i];
  }
  return total;
}

fn sum4(value: vec4f, lane: u32) -> f32 {
  return sum((value.x + value.y) + (value.z + value.w), lane);
}
