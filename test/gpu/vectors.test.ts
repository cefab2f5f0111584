/** Arrays of several vectors, tables, and many statistics, in a model made for that. */
import { expect, test } from 'vitest';
import type { AnyConfig } from '../../src/config/parameter.ts';
import { dln } from '../../src/models/dln/index.ts';
import type { AnyModel, Kernel, Shader } from '../../src/models/model.ts';
import span from '../../shaders/lib/span.wgsl?raw';
import { configWith, engineUnderTest, framesOf, jobOf } from './experiments.ts';

const VECTORS = 3;
const STATISTICS = 80;
const names = Array.from({ length: STATISTICS }, (_, i) => `s${i}`);

/** A step adds weight k times number k of the table to vector k; statistic i is i plus the mean of vector i mod 3. */
const kernel = `
struct Params { seed: u32, dimension: u32, runs: u32, }
struct Statistics { ${names.map((name) => `${name}: f32`).join(', ')}, blowUpStep: u32, }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(2) var<storage, read> weight: array<vec4f>;
@group(0) @binding(3) var<storage, read> table: array<f32>;
@group(1) @binding(0) var<storage, read_write> statistics: array<Statistics>;
@group(1) @binding(2) var<storage, read_write> position: array<vec4f>;
@group(1) @binding(3) var<storage, read_write> steps: array<f32>;

@compute @workgroup_size(1)
fn main(@builtin(workgroup_id) group: vec3u) {
  let blocks = (params.dimension + 3u) / 4u;
  var means: array<f32, ${VECTORS}>;
  for (var k = 0u; k < ${VECTORS}u; k++) {
    for (var j = 0u; j < blocks; j++) {
      let at = (group.x * ${VECTORS}u + k) * blocks + j;
      position[at] += f32(span.steps) * table[k] * weight[k * blocks + j];
      means[k] += dot(position[at], vec4f(1.0)) / f32(params.dimension);
    }
  }
  steps[group.x] += f32(span.steps);
  if (span.slot != NO_SLOT) {
    statistics[span.slot * params.runs + group.x] = Statistics(
      ${names.map((_, i) => `${i}.0 + means[${i % VECTORS}]`).join(', ')},
      select(blowUpStep[group.x], ALIVE, steps[group.x] >= 0.0));
  }
}`;

const table = [0.5, -1, 2, 99, 99];

const shader: Shader = {
  vectors: () => VECTORS,
  modules: async () => [
    { name: 'lib/span.wgsl', code: span },
    { name: 'test.wgsl', code: kernel },
  ],
  maxDimension: 8192,
  params: () => ({}),
  instance: ({ dimension }: AnyConfig) => ({
    weight: Float32Array.from({ length: VECTORS * Number(dimension) }, (_, i) => i % 7),
  }),
  tables: () => ({ table: Float32Array.from(table) }),
  state: ({ dimension }: AnyConfig, _instance, run) => ({
    position: Float32Array.from({ length: VECTORS * Number(dimension) }, (_, i) => run + (i % 5)),
    steps: new Float32Array(1),
  }),
  padding: {},
};

const model: AnyModel = {
  ...(dln as AnyModel),
  statistics: names,
  processes: { sgd: { ...(dln.processes['sgd'] as Kernel), shader } },
};

/** Mean of vector k of a run after so many steps. */
function expected(dimension: number, run: number, k: number, steps: number): number {
  let sum = 0;
  for (let i = k * dimension; i < (k + 1) * dimension; i++)
    sum += run + (i % 5) + steps * table[k]! * (i % 7);
  return sum / dimension;
}

test('arrays of several vectors and tables reach the kernel; 80 statistics of 256 runs come back', async () => {
  const engine = await engineUnderTest();
  const config = configWith({ dimension: 67, runs: 256 });
  // More recorded times than one submit brings back.
  const saveAt = Array.from({ length: 101 }, (_, i) => i / 67);
  const frames = await framesOf(engine, { ...jobOf('sgd', config, saveAt), model });
  expect(frames).toHaveLength(101);
  for (const steps of [0, 1, 57, 100]) {
    for (const run of [0, 3, 255]) {
      const values = names.map((name) => frames[steps]!.values[name]![run]!);
      values.forEach((value, i) => {
        expect(value - i).toBeCloseTo(expected(67, run, i % VECTORS, steps), 2);
      });
    }
  }
});

test('what does not fit an array is refused with the number of vectors', async () => {
  const engine = await engineUnderTest();
  const job = (dimension: number) => ({
    ...jobOf('sgd', configWith({ dimension, runs: 256 }), [1]),
    model: {
      ...model,
      processes: { sgd: { ...model.processes['sgd']!, shader: { ...shader, maxDimension: 2 ** 30 } } },
    },
  });
  expect(engine.refusal(job(8192))).toBeUndefined();
  expect(engine.refusal(job(2 ** 27))).toMatch(
    /^A run in dimension 134217728 times 3 vectors is more than the \d+ numbers /,
  );
});
