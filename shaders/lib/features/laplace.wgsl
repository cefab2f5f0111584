// Laplace features of variance 1: the sign bit is the sign, the other bits give the size by the inverse
// distribution function. Twin of src/math/features.ts.
const ROOT_HALF = 0.7071067811865476;

fn features(counter: vec4u, key: vec4u, degreesOfFreedom: f32) -> vec4f {
  let words = threefry(counter, key);
  let rest = words << vec4u(1u);
  let size = -ROOT_HALF * vec4f(logarithm(uniforms(rest.xy)), logarithm(uniforms(rest.zw)));
  return select(size, -size, words >= vec4u(0x80000000u));
}
