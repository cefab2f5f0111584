// SGD on the diagonal linear network in C++: the algorithm and the numbers of this project's WebAssembly kernel, in
// vectors of LANES floats and in the same stages, which processors overlap. A peer of the bench.
// usage: sgd dimension runs steps repeats        (dimension a multiple of 64)
// prints: least CPU seconds that `steps` steps of all runs took, and the mean risk after the last of them
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

typedef float F __attribute__((vector_size(4 * LANES)));
typedef int32_t I __attribute__((vector_size(4 * LANES)));
typedef uint32_t U __attribute__((vector_size(4 * LANES)));

static constexpr int TILE = 1024 / LANES;  // vectors

static inline U rotate(U x, int n) { return (x << n) | (x >> (32 - n)); }
static inline F convert(I x) { return __builtin_convertvector(x, F); }
static inline F root(F x) {
  F y;
  for (int i = 0; i < LANES; i++) y[i] = __builtin_sqrtf(x[i]);
  return y;
}

template <int A, int B, int C, int D, int E, int G, int H, int J>
static void rounds(U *x, int vectors, uint32_t ka, uint32_t kb, uint32_t kc, uint32_t kd) {
  for (int i = 0; i < vectors; i += 4) {
    U a = x[i], b = x[i + 1], c = x[i + 2], d = x[i + 3];
    a += b; c += d; b = rotate(b, A) ^ a; d = rotate(d, E) ^ c;
    a += d; c += b; d = rotate(d, B) ^ a; b = rotate(b, G) ^ c;
    a += b; c += d; b = rotate(b, C) ^ a; d = rotate(d, H) ^ c;
    a += d; c += b; d = rotate(d, D) ^ a; b = rotate(b, J) ^ c;
    x[i] = a + ka; x[i + 1] = b + kb; x[i + 2] = c + kc; x[i + 3] = d + kd;
  }
}

// Threefry4x32-20, counter (block, step, run, 1), key (seed, 0, 0, 0).
static void words(U *x, int vectors, uint32_t first, uint32_t step, uint32_t run, uint32_t seed) {
  const uint32_t parity = 0x1bd11bdau ^ seed;
  U lanes;
  for (int i = 0; i < LANES; i++) lanes[i] = i;
  for (int i = 0; i < vectors; i += 4) {
    x[i] = lanes + (first + uint32_t(i / 4 * LANES) + seed);
    x[i + 1] = U{} + step;
    x[i + 2] = U{} + run;
    x[i + 3] = U{} + 1u;
  }
  rounds<10, 11, 13, 23, 26, 21, 27, 5>(x, vectors, 0, 0, 0, parity + 1);
  rounds<6, 17, 25, 18, 20, 11, 10, 20>(x, vectors, 0, 0, parity, seed + 2);
  rounds<10, 11, 13, 23, 26, 21, 27, 5>(x, vectors, 0, parity, seed, 3);
  rounds<6, 17, 25, 18, 20, 11, 10, 20>(x, vectors, parity, seed, 0, 4);
  rounds<10, 11, 13, 23, 26, 21, 27, 5>(x, vectors, seed, 0, 0, 5);
}

// Box–Muller in place, on pairs of vectors.
static void normals(F *x, int vectors) {
  for (int i = 0; i < vectors; i += 2) {
    const U word = (U)x[i];
    const F u = (convert((I)(word >> 16)) * 65536.0f + convert((I)(word & 0xffffu)) + 0.5f) * 0x1p-32f;
    const I exponent = ((I)u - 0x3f3504f3) >> 23;
    const F m = (F)((I)u - (exponent << 23));
    const F s = (m - 1.0f) / (m + 1.0f), q = s * s;
    const F series = -4.0f + q * (-4 / 3.0f + q * (-0.8f + q * (-4 / 7.0f + q * (-4 / 9.0f))));
    x[i] = root(convert(exponent) * -1.3862943611f + s * series);
  }
  for (int i = 0; i < vectors; i += 2) {
    const F r = x[i];
    const U word = (U)x[i + 1], quadrant = word + 0x20000000u;
    const F f = convert((I)(word << 2)) * 0x1p-32f, q = f * f;
    const F sine = 1.57079632195f + q * (-0.645963477665f + q * (0.0796802176478f - q * 0.00460214921281f));
    const F cosine = 1.0f + q * (-1.23370054937f + q * (0.253669410357f + q * (-0.0208615283422f + q * 0.000906739898403f)));
    const U c = (U)(r * cosine), d = (U)(r * f * sine);
    const U exchange = (U)((I)(quadrant << 1) >> 31) & (c ^ d);
    x[i] = (F)(c ^ exchange ^ ((quadrant + 0x40000000u) & 0x80000000u));
    x[i + 1] = (F)(d ^ exchange ^ (quadrant & 0x80000000u));
  }
}

struct Run { std::vector<F> u, v, e; };

// u −= g v, v −= g u with g = h x, and the change of e = uv − β* that this makes.
static void update(F *u, F *v, F *e, const F *x, int vectors, float h) {
  for (int i = 0; i < vectors; i++) {
    const F g = h * x[i], a = u[i], b = v[i], ga = g * a, gb = g * b;
    u[i] = a - gb;
    v[i] = b - ga;
    e[i] += ga * gb - (ga * a + gb * b);
  }
}

int main(int, char **argv) {
  const int d = atoi(argv[1]), runs = atoi(argv[2]), steps = atoi(argv[3]), repeats = atoi(argv[4]);
  const int vectors = d / LANES;
  std::vector<F> x(vectors), scale(vectors, F{} + 1.0f);
  // Coordinate w·d/4 + j is word w of block j; one in ten has a teacher of 1.
  Run start{std::vector<F>(vectors, F{} + 1.0f), std::vector<F>(vectors), std::vector<F>(vectors)};
  for (int j = 0; j < d / 4; j++)
    for (int w = 0; w < 4; w++) start.e[j / LANES * 4 + w][j % LANES] = (w * (d / 4) + j) % 10 ? 0 : -1;
  std::vector<Run> all(runs, start);
  const float stepSize = 0.5f;
  double best = 1e300;
  for (int repeat = 0; repeat < repeats; repeat++) {
    const clock_t began = clock();
    for (int r = 0; r < runs; r++) {
      Run &run = all[r];
      float h = 0;
      for (int k = 0; k < steps; k++) {
        double product = 0;
        for (int from = 0; from < vectors; from += TILE) {
          const int size = std::min(TILE, vectors - from);
          F *xs = &x[from], *es = &run.e[from];
          if (k > 0) update(&run.u[from], &run.v[from], es, xs, size, h);
          words((U *)xs, size, from / 4 * LANES, repeat * steps + k, r, 1);
          normals(xs, size);
          F part = {};
          for (int i = 0; i < size; i += 4) {
            for (int w = 0; w < 4; w++) xs[i + w] *= scale[from + i + w];
            part += (xs[i] * es[i] + xs[i + 1] * es[i + 1]) + (xs[i + 2] * es[i + 2] + xs[i + 3] * es[i + 3]);
          }
          for (int i = 0; i < LANES; i++) product += part[i];
        }
        h = float(stepSize * product / d);
      }
      update(run.u.data(), run.v.data(), run.e.data(), x.data(), vectors, h);
    }
    best = std::min(best, double(clock() - began) / CLOCKS_PER_SEC);
  }
  double risk = 0;
  for (const Run &run : all)
    for (const F &e : run.e)
      for (int i = 0; i < LANES; i++) risk += e[i] * e[i] / (2.0 * d * runs);
  printf("%.9g %.9g\n", best, risk);
}
