// The sums of reduce.wgsl for devices with subgroups: at most WIDTH/size serial terms, one barrier.
enable subgroups;

// Two halves in turn: who writes a half again has passed a barrier after all have read it.
var<workgroup> lanes: array<f32, 2u * WIDTH>;
var<private> half = 0u;

// Every lane calls it, in uniform control flow, and every lane gets the same sum. How lanes form subgroups does not
// matter: the first lane of each stores its sum, then every subgroup adds up all that is stored, in the same order.
fn sum(value: f32, lane: u32) -> f32 {
  let part = subgroupAdd(value);
  half = WIDTH - half;
  lanes[half + lane] = select(0.0, part, subgroupElect());
  workgroupBarrier();
  let size = subgroupAdd(1u);
  var own = 0.0;
  for (var i = subgroupExclusiveAdd(1u); i < WIDTH; i += size) {
    own += lanes[half + i];
  }
  return subgroupAdd(own);
}

fn sum4(value: vec4f, lane: u32) -> f32 {
  return sum((value.x + value.y) + (value.z + value.w), lane);
}
