/** What WebGPU guarantees on every device, kept by the kernels in all configs. */
import { expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { designOf } from '../../../src/engine/webgpuDesign.ts';
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
  { ...defaults, dimension: 16384, sampleRatio: 4, hiddenUnits: 3 },
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

/** Bytes of the variables of a workgroup that this code declares, with these constants. */
function workgroupBytes(code: string, constants: Readonly<Record<string, number>>): number {
  const factor = (text: string) => constants[text] ?? Number(text.replace(/u$/, ''));
  const variables = code.matchAll(/var<workgroup> \w+: (?:array<)?(\w+)(?:, ([^>]+)>)?;/g);
  return Array.from(variables, ([, type, length = '1']) => {
    const count = length.split(' * ').reduce((product, text) => product * factor(text), 1);
    return count * (type === 'vec4f' ? 16 : 4);
  }).reduce((sum, bytes) => sum + bytes, 0);
}

test.each(shaders)('%s: at most 16 KiB of workgroup memory', async (_name, shader) => {
  for (const config of configs) {
    const modules = await shader.modules(config);
    const { constants } = designOf(shader, config, { software: false, most: LEAST })!;
    const shape = [...modules[0]!.code.matchAll(/const (\w+) = (\d+)u;/g)];
    const named = Object.fromEntries(shape.map(([, name, value]) => [name!, Number(value)]));
    for (const kind of ['plain', 'subgroups'] as const) {
      const chosen = modules.map((module) => (kind === 'subgroups' && module.subgroups) || module);
      const code = chosen.map((module) => module.code).join('\n');
      // What reduce.wgsl declares for itself.
      const all = { GROUPS: 16, ...named, ...constants };
      const bytes = workgroupBytes(code, all);
      expect(bytes).toBeGreaterThan(4 * named['SUMS']! * constants['WIDTH']!);
      expect(bytes).toBeLessThanOrEqual(2 ** 14);
    }
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
