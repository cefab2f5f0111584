// Features ±1 from the sign bits. Twin of src/math/features.ts.
fn features(counter: vec4u, key: vec4u, degreesOfFreedom: f32) -> vec4f {
  return 1.0 - 2.0 * vec4f(threefry(counter, key) >> vec4u(31u));
}
