// Features uniform on [−√3, √3]. Twin of src/math/features.ts.
const ROOT_3 = 1.7320508075688772;

fn features(counter: vec4u, key: vec4u, degreesOfFreedom: f32) -> vec4f {
  let words = threefry(counter, key);
  return ROOT_3 * (2.0 * vec4f(uniforms(words.xy), uniforms(words.zw)) - 1.0);
}
