// Standard normals by Box–Muller with own polynomials. Twin of src/math/normal.ts, equal to 5e-6: built-in
// sin, cos and log are too inexact (8e-4).

const ROOT_HALF_BITS = 0x3f3504f3i;
const LN_2 = 0.6931471805599453;

// Uniform numbers in (0, 1]. Halves convert exactly, so their sum is rounded once; whole words are converted
// with errors on some adapters, which near u = 1 the radius magnifies.
fn uniforms(words: vec2u) -> vec2f {
  let nearest = vec2f(words >> vec2u(16u)) * 65536.0 + vec2f(words & vec2u(0xffffu));
  return (nearest + 0.5) * 0x1p-32f;
}

// ln u: u = m·2^e with m in [√½, √2), ln m = 2 artanh s with s = (m − 1)/(m + 1).
fn logarithm(u: vec2f) -> vec2f {
  let bits = bitcast<vec2i>(u);
  let exponent = (bits - ROOT_HALF_BITS) >> vec2u(23u);
  let m = bitcast<vec2f>(bits - (exponent << vec2u(23u)));
  let s = (m - 1.0) / (m + 1.0);
  let q = s * s;
  let series = 1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * (1.0 / 9.0))));
  return vec2f(exponent) * LN_2 + 2.0 * s * series;
}

struct Polar {
  cosine: vec2f,
  sine: vec2f,
}

// r cos 2πu and r sin 2πu, u from the words.
fn polar(r: vec2f, words: vec2u) -> Polar {
  let turn = 4.0 * uniforms(words);
  let nearest = floor(turn + 0.5);
  let quadrant = vec2u(nearest);
  let f = turn - nearest;
  let q = f * f;
  let sine = f * (1.57079632195 + q * (-0.645963477665 + q * (0.0796802176478 - q * 0.00460214921281)));
  let cosine =
    1.0 + q * (-1.23370054937 + q * (0.253669410357 + q * (-0.0208615283422 + q * 0.000906739898403)));
  let swap = (quadrant & vec2u(1u)) != vec2u();
  let x = r * select(cosine, sine, swap);
  let y = r * select(sine, cosine, swap);
  return Polar(
    select(x, -x, ((quadrant + 1u) & vec2u(2u)) != vec2u()),
    select(y, -y, (quadrant & vec2u(2u)) != vec2u()),
  );
}

// Four normals from four words: radius and angle of each pair of words give cosine and sine.
fn normals(words: vec4u) -> vec4f {
  let pairs = polar(sqrt(max(vec2f(), -2.0 * logarithm(uniforms(words.xz)))), words.yw);
  return vec4f(pairs.cosine.x, pairs.sine.x, pairs.cosine.y, pairs.sine.y);
}
