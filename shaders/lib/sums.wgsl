// SUMS sums over the lanes of a workgroup at once: two barriers, WIDTH serial terms.

var<workgroup> addends: array<f32, SUMS * WIDTH>;
var<workgroup> totals: array<f32, SUMS>;

// Every lane calls it, in uniform control flow; then `totals` holds the sums of all lanes. Two calls in a row need no
// barrier between them: who writes `totals` again has passed a barrier after all have read it.
fn addUp(values: ptr<function, array<f32, SUMS>>, lane: u32) {
  for (var i = 0u; i < SUMS; i++) {
    addends[i * WIDTH + lane] = (*values)[i];
  }
  workgroupBarrier();
  for (var i = lane; i < SUMS; i += WIDTH) {
    var result = 0.0;
    // Lanes begin at different places, which lie in different banks of the memory.
    for (var k = 0u; k < WIDTH; k++) {
      result += addends[i * WIDTH + (k + i) % WIDTH];
    }
    totals[i] = result;
  }
  workgroupBarrier();
}
