import { expect, test } from 'vitest';
import { compile, createCompiler, locate } from '../../src/gpu/compile.ts';
import { sgdShader } from '../../src/models/dln/shaders.ts';
import { gpuUnderTest } from './compute.ts';
import { configWith } from './experiments.ts';

const sources = await sgdShader.modules(configWith({}));
const constants = { WIDTH: 16, CHUNK: 2 };

test('a compile error names file, line and column', async () => {
  const { device } = await gpuUnderTest();
  const broken = sources.map(({ name, code }) =>
    name === 'dln/statistics.wgsl'
      ? { name, code: code.replace('abs(beta)', 'absent(beta)') }
      : { name, code },
  );
  const text = broken.find(({ name }) => name === 'dln/statistics.wgsl')!.code.split('\n');
  const line = text.findIndex((content) => content.includes('absent')) + 1;
  const column = text[line - 1]!.indexOf('absent') + 1;
  await expect(compile(device, 'test', broken, constants, ['span'])).rejects.toThrow(
    `shaders/dln/statistics.wgsl:${line}:${column}: `,
  );
});

test('lines of the whole are found again in their modules', () => {
  const modules = [
    { name: 'a', code: '1\n2\n' },
    { name: 'b', code: '1' },
    { name: 'c', code: '1\n2' },
  ];
  const found = [1, 2, 3, 4, 5, 6].map((line) => locate(modules, line));
  expect(found.map(({ name, line }) => `${name}${line}`)).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'c2']);
  expect(() => locate(modules, 7)).toThrow('got 7');
});

test('what a module enables comes first, and lines stay where they are', async () => {
  const { device } = await gpuUnderTest();
  const enabling = {
    name: 'a.wgsl',
    code: '// A line.\nenable subgroups;\nfn a(x: f32) -> f32 { return subgroupAdd(x); }',
  };
  const main = {
    name: 'b.wgsl',
    code: '@compute @workgroup_size(WIDTH)\nfn main() { let y = a(1.0); absent; }',
  };
  await expect(compile(device, 'test', [enabling, main], { WIDTH: 16 })).rejects.toThrow('shaders/b.wgsl:2:');
  expect(device.features.has('subgroups')).toBe(true);
});

test('the same modules and constants are compiled once', async () => {
  const { device } = await gpuUnderTest();
  const compiler = createCompiler(device);
  const first = compiler('test', sources, constants, ['span']);
  expect(compiler('test', sources, { ...constants }, ['span'])).toBe(first);
  expect(compiler('test', sources, { ...constants, CHUNK: 1 }, ['span'])).not.toBe(first);
  await first;
});
