// Student t features of variance 1 by Bailey's polar method, every number with an angle of its own. Twin of
// src/math/features.ts.

// e^x − 1 for x ≥ 0 without cancellation: x = k ln 2 + f, |f| ≤ ½ ln 2.
fn growth(x: vec2f) -> vec2f {
  let k = floor(x / LN_2 + 0.5);
  let f = x - k * LN_2;
  let tail = 1.0 / 24.0 + f * (1.0 / 120.0 + f * (1.0 / 720.0 + f * (1.0 / 5040.0 + f * (1.0 / 40320.0))));
  let small = f * (1.0 + f * (1.0 / 2.0 + f * (1.0 / 6.0 + f * tail)));
  let scale = bitcast<vec2f>((vec2i(k) + 127) << vec2u(23u));
  return scale * small + (scale - 1.0);
}

fn students(words: vec2u, angles: vec2u, degreesOfFreedom: f32) -> vec2f {
  let exponent = max(vec2f(), (-2.0 / degreesOfFreedom) * logarithm(uniforms(words)));
  return polar(sqrt((degreesOfFreedom - 2.0) * growth(exponent)), angles).cosine;
}

fn features(counter: vec4u, key: vec4u, degreesOfFreedom: f32) -> vec4f {
  let words = threefry(counter, key);
  let angles = threefry(vec4u(counter.xyz, STREAM_FEATURE_ANGLES), key);
  return vec4f(
    students(words.xy, angles.xy, degreesOfFreedom),
    students(words.zw, angles.zw, degreesOfFreedom),
  );
}
