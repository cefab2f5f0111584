// Threefry4x32-20 (Salmon, Moraes, Dror, Shaw, SC 2011). Twin of src/math/threefry.ts, bit for bit.
// Counter (block, step, run, stream), key (seed, 0, sample, 0).

const STREAM_FEATURES = 1u;
const STREAM_LABEL_NOISE = 2u;
const STREAM_BROWNIAN = 3u;
const STREAM_INITIAL = 4u;
const STREAM_FEATURE_ANGLES = 5u;
const STREAM_LABELS = 7u;
const STREAM_TRAINING_SAMPLES = 11u;
const STREAM_TRAINING_NOISE = 12u;
const STREAM_VISITS = 13u;

const FIRST_A = vec4u(10u, 11u, 13u, 23u);
const FIRST_C = vec4u(26u, 21u, 27u, 5u);
const SECOND_A = vec4u(6u, 17u, 25u, 18u);
const SECOND_C = vec4u(20u, 11u, 10u, 20u);

fn rotate(x: vec2u, bits: vec2u) -> vec2u {
  return (x << bits) | (x >> (32u - bits));
}

// Four rounds: (x0, x2) take up (x1, x3), which are rotated, mixed and exchanged.
fn fourRounds(x: vec4u, bitsA: vec4u, bitsC: vec4u) -> vec4u {
  var a = x.xz;
  var b = x.yw;
  a += b;
  b = (rotate(b, vec2u(bitsA.x, bitsC.x)) ^ a).yx;
  a += b;
  b = (rotate(b, vec2u(bitsA.y, bitsC.y)) ^ a).yx;
  a += b;
  b = (rotate(b, vec2u(bitsA.z, bitsC.z)) ^ a).yx;
  a += b;
  b = (rotate(b, vec2u(bitsA.w, bitsC.w)) ^ a).yx;
  return vec4u(a.x, b.x, a.y, b.y);
}

fn threefry(counter: vec4u, key: vec4u) -> vec4u {
  let k = key;
  let parity = 0x1bd11bdau ^ k.x ^ k.y ^ k.z ^ k.w;
  var x = counter + k;
  x = fourRounds(x, FIRST_A, FIRST_C) + vec4u(k.y, k.z, k.w, parity + 1u);
  x = fourRounds(x, SECOND_A, SECOND_C) + vec4u(k.z, k.w, parity, k.x + 2u);
  x = fourRounds(x, FIRST_A, FIRST_C) + vec4u(k.w, parity, k.x, k.y + 3u);
  x = fourRounds(x, SECOND_A, SECOND_C) + vec4u(parity, k.x, k.y, k.z + 4u);
  return fourRounds(x, FIRST_A, FIRST_C) + vec4u(k.x, k.y, k.z, k.w + 5u);
}
