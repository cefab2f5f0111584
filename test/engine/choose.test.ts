import { describe, expect, test } from 'vitest';
import { chooseEngine, type Engines } from '../../src/engine/choose.ts';
import type { Engine, Job } from '../../src/engine/engine.ts';

function engine(name: Engine['name'], maxDimension = Infinity): Engine {
  return {
    name,
    device: 'test',
    refusal: ({ config }) => (Number(config['dimension']) > maxDimension ? 'Too large.' : undefined),
    run: async function* () {},
  };
}

const cpu = engine('cpu');
const webgpu = engine('webgpu', 100);
const real: Engines = { cpu, webgpu, missing: '', software: false };
const software: Engines = { ...real, software: true };
const none: Engines = { cpu, webgpu: undefined, missing: 'There is no adapter.', software: false };
const job = (dimension: number) => ({ config: { dimension } }) as unknown as Job;

describe('auto', () => {
  test('takes a real GPU that can run the job', () => {
    expect(chooseEngine('auto', real, job(100))).toEqual({ engine: webgpu, why: '' });
  });

  test.each([
    ['it refuses the job', real, 101, 'Too large.'],
    ['it is software', software, 100, 'The WebGPU adapter is emulated on the CPU.'],
    ['there is none', none, 100, 'There is no adapter.'],
  ])('takes the CPU where %s, and says so', (_, engines, dimension, why) => {
    expect(chooseEngine('auto', engines, job(dimension))).toEqual({ engine: cpu, why });
  });
});

describe('a wish', () => {
  test('for the CPU is always met', () => {
    for (const engines of [real, software, none]) {
      expect(chooseEngine('cpu', engines, job(101))).toEqual({ engine: cpu, why: '' });
    }
  });

  test('for WebGPU is met even in software', () => {
    expect(chooseEngine('webgpu', software, job(100))).toEqual({ engine: webgpu, why: '' });
  });

  test('for WebGPU that cannot be met fails with the reason', () => {
    expect(() => chooseEngine('webgpu', real, job(101))).toThrow('Too large.');
    expect(() => chooseEngine('webgpu', none, job(1))).toThrow('There is no adapter.');
  });
});
