/**
 * Standard normal numbers by Box–Muller from Threefry words, with own polynomials for logarithm, sine and cosine:
 * built-in ones differ between machines, these agree with their twin shaders/lib/normal.wgsl to 5·10⁻⁶.
 * A word gives u = (f32(word) + ½)·2⁻³²; the largest normal is 6.76.
 */
import { threefry } from './threefry.ts';

const words = new Uint32Array(4);
const asFloat = new Float32Array(1);
const asBits = new Int32Array(asFloat.buffer);
const ROOT_HALF_BITS = 0x3f3504f3;

/** Uniform number in (0, 1] as float32 holds it. */
export function uniform(word: number): number {
  return Math.fround(Math.fround(word) + 0.5) * 2 ** -32;
}

/** ln u of a positive float32 u. */
export function logarithm(u: number): number {
  // u = m·2ᵉ with m in [√½, √2), ln m = 2 artanh s, s = (m − 1)/(m + 1); the series is cut at 2·10⁻⁹.
  asFloat[0] = u;
  const bits = asBits[0]!;
  const exponent = (bits - ROOT_HALF_BITS) >> 23;
  asBits[0] = bits - (exponent << 23);
  const m = asFloat[0];
  const s = (m - 1) / (m + 1);
  const q = s * s;
  const series = 1 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q * (1 / 9))));
  return exponent * Math.LN2 + 2 * s * series;
}

/** Radius √(−2 ln u) for a float32 u in (0, 1]. */
function radius(u: number): number {
  return Math.sqrt(Math.max(0, -2 * logarithm(u)));
}

// sin and cos of (π/2)f, |f| ≤ ½, interpolated at Chebyshev nodes in f²: absolute errors 2·10⁻⁹ and 2·10⁻¹⁰.
function sine(f: number): number {
  const q = f * f;
  return f * (1.57079632195 + q * (-0.645963477665 + q * (0.0796802176478 - q * 0.00460214921281)));
}

function cosine(f: number): number {
  const q = f * f;
  return 1 + q * (-1.23370054937 + q * (0.253669410357 + q * (-0.0208615283422 + q * 0.000906739898403)));
}

/** Write r cos 2πu and r sin 2πu, u from `word`, to two places of `out`. */
export function polar(out: Float64Array, atCosine: number, atSine: number, r: number, word: number): void {
  const turn = 4 * uniform(word);
  const quadrant = Math.floor(Math.fround(turn + 0.5));
  const f = turn - quadrant;
  const c = r * cosine(f);
  const s = r * sine(f);
  const swap = (quadrant & 1) !== 0;
  const x = swap ? s : c;
  const y = swap ? c : s;
  out[atCosine] = ((quadrant + 1) & 2) !== 0 ? -x : x;
  out[atSine] = (quadrant & 2) !== 0 ? -y : y;
}

/**
 * Fill `out` with the `dimension` standard normals of (seed, stream, step, run, sample), by coordinate.
 * `out` holds at least 4⌈dimension/4⌉ numbers; those from `dimension` on are padding, normal too.
 */
export function fillNormals(
  out: Float64Array,
  dimension: number,
  seed: number,
  stream: number,
  step: number,
  run: number,
  sample: number,
): void {
  const blocks = Math.ceil(dimension / 4);
  for (let j = 0; j < blocks; j++) {
    threefry(words, j, step, run, stream, seed, 0, sample, 0);
    polar(out, j, blocks + j, radius(uniform(words[0]!)), words[1]!);
    polar(out, 2 * blocks + j, 3 * blocks + j, radius(uniform(words[2]!)), words[3]!);
  }
}

const scalar = new Float64Array(4);

/** The single standard normal of (seed, stream, step, run, sample): the first one of block 0. */
export function normalAt(seed: number, stream: number, step: number, run: number, sample: number): number {
  fillNormals(scalar, 1, seed, stream, step, run, sample);
  return scalar[0]!;
}
