/**
 * Features: independent numbers of mean 0 and variance 1 from Threefry words, word w of block j for coordinate
 * w⌈d/4⌉ + j as everywhere. Twin of shaders/lib/features, one file per law, equal to 5·10⁻⁶.
 */
import { fillNormals, logarithm, polar, uniform } from './normal.ts';
import { streams, threefry } from './threefry.ts';

/**
 * `gaussian`, `rademacher` (±1), `uniform` (on [−√3, √3]), `laplace` (density ∝ exp(−√2|z|)) and `studentT`
 * (scaled to variance 1, which needs more than 2 degrees of freedom).
 */
export type FeatureLaw = 'gaussian' | 'rademacher' | 'uniform' | 'laplace' | 'studentT';

/**
 * Fill `out` with the `dimension` features of (seed, step, run, sample), by coordinate. `out` holds at least
 * 4⌈dimension/4⌉ numbers; those from `dimension` on are padding of the same law.
 */
export type FillFeatures = (
  out: Float64Array,
  dimension: number,
  seed: number,
  step: number,
  run: number,
  sample: number,
) => void;

const words = new Uint32Array(4);
const angles = new Uint32Array(4);
const pair = new Float64Array(2);

/** One number from each word, the same way for all. */
function wordByWord(value: (word: number) => number): FillFeatures {
  return (out, dimension, seed, step, run, sample) => {
    const blocks = Math.ceil(dimension / 4);
    for (let j = 0; j < blocks; j++) {
      threefry(words, j, step, run, streams.features, seed, 0, sample, 0);
      for (let w = 0; w < 4; w++) out[w * blocks + j] = value(words[w]!);
    }
  };
}

/** The sign bit, 0 for +1. */
function rademacher(word: number): number {
  return word < 0x80000000 ? 1 : -1;
}

const ROOT_3 = Math.sqrt(3);

function centred(word: number): number {
  return ROOT_3 * (2 * uniform(word) - 1);
}

/** Inverse distribution function: the sign bit is the sign, the other bits give the size. */
function laplace(word: number): number {
  return rademacher(word) * Math.SQRT1_2 * -logarithm(uniform((word << 1) >>> 0));
}

/** eˣ − 1 for x ≥ 0 to all digits of float32: x = k ln 2 + f, |f| ≤ ½ ln 2, and eᶠ − 1 by its Taylor series. */
function growth(x: number): number {
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const f = x - k * Math.LN2;
  const tail = 1 / 24 + f * (1 / 120 + f * (1 / 720 + f * (1 / 5040 + f / 40320)));
  const small = f * (1 + f * (1 / 2 + f * (1 / 6 + f * tail)));
  return 2 ** k * small + (2 ** k - 1);
}

/**
 * Bailey's polar method, √(ν(u^(−2/ν) − 1)) cos 2πv, times √((ν − 2)/ν) (R. W. Bailey, "Polar generation of
 * random variates with the t-distribution", Mathematics of Computation 62, 1994). The sine would be t
 * distributed too, but not independent of the cosine: so each number takes a word of its own for v.
 */
function studentT(degreesOfFreedom: number): FillFeatures {
  return (out, dimension, seed, step, run, sample) => {
    const blocks = Math.ceil(dimension / 4);
    for (let j = 0; j < blocks; j++) {
      threefry(words, j, step, run, streams.features, seed, 0, sample, 0);
      threefry(angles, j, step, run, streams.featureAngles, seed, 0, sample, 0);
      for (let w = 0; w < 4; w++) {
        const exponent = Math.max(0, (-2 / degreesOfFreedom) * logarithm(uniform(words[w]!)));
        polar(pair, 0, 1, Math.sqrt((degreesOfFreedom - 2) * growth(exponent)), angles[w]!);
        out[w * blocks + j] = pair[0]!;
      }
    }
  };
}

/** How to draw features of a law; `degreesOfFreedom` counts for `studentT` alone. */
export function featuresOf(law: FeatureLaw, degreesOfFreedom: number): FillFeatures {
  switch (law) {
    case 'gaussian':
      return (out, dimension, seed, step, run, sample) =>
        fillNormals(out, dimension, seed, streams.features, step, run, sample);
    case 'rademacher':
      return wordByWord(rademacher);
    case 'uniform':
      return wordByWord(centred);
    case 'laplace':
      return wordByWord(laplace);
    case 'studentT':
      return studentT(degreesOfFreedom);
  }
}
