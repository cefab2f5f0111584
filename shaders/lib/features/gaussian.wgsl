// Standard normal features.
fn features(counter: vec4u, key: vec4u, degreesOfFreedom: f32) -> vec4f {
  return normals(threefry(counter, key));
}
