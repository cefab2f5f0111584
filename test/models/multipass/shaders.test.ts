/** What WebGPU guarantees on every device, kept by the kernels in all configs. */
import { expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { bindingsOf } from '../../../src/gpu/layout.ts';
import type { StagedShader } from '../../../src/models/model.ts';
import { parameters, type MultipassConfig } from '../../../src/models/multipass/parameters.ts';
import { processes } from '../../../src/models/multipass/processes.ts';
import { sampleCount } from '../../../src/models/multipass/trainingRows.ts';

const defaults = defaultsOf(parameters);
const shaders = Object.entries(processes).map(
  ([name, { shader }]) => [name, shader as StagedShader] as const,
);

/** Of 128 MiB in 4-byte numbers: the least that every device holds in one array. */
const LEAST = 2 ** 25;

const configs: MultipassConfig[] = [
  defaults,
  { ...defaults, hiddenUnits: 3, teacherUnits: 3 },
  { ...defaults, dimension: 16384, sampleRatio: 4 },
  { ...defaults, dimension: 16384, sampleRatio: 100, runs: 1 },
  { ...defaults, dimension: 16, sampleRatio: 0.1, runs: 256 },
];

test.each(shaders)('%s: at most 8 storage buffers', async (_name, shader) => {
  for (const config of configs) {
    const code = (await shader.modules(config)).map((module) => module.code).join('\n');
    const bindings = Object.values(bindingsOf(code));
    expect(bindings.filter(({ kind }) => kind !== 'uniform').length).toBeLessThanOrEqual(8);
    const places = bindings.map(({ group, binding }) => `${group} ${binding}`);
    expect(new Set(places).size).toBe(places.length);
  }
});

test.each(shaders)('%s: at most 65,535 workgroups in a row', (_name, { prepare, step, record }) => {
  for (const config of configs) {
    for (const { parts } of [...prepare, ...step, ...record]) {
      expect(parts(config)).toBeGreaterThanOrEqual(1);
      expect(parts(config)).toBeLessThanOrEqual(65535);
    }
  }
});

test.each(shaders)('%s keeps all samples where there is room, else whole ones that fit', (_name, shader) => {
  const room = (config: MultipassConfig) => shader.scratch(config, LEAST)['samples']!;
  expect(room(defaults)).toBe(defaults.dimension * sampleCount(defaults) * defaults.runs);
  for (const config of configs) {
    const row = 4 * Math.ceil(config.dimension / 4) * config.runs;
    const most = row * Math.min(sampleCount(config), Math.floor(LEAST / row));
    expect(room(config)).toBe(most);
  }
});
