import { expect, test, vi } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { frameText, performanceOf } from '../../src/ui/performance.ts';
import type { Machinery } from '../../src/ui/session.ts';
import { recorded, times } from './charts/fixture.ts';

test('frames are told by their median, 95 % of them and the longest', () => {
  const many = Array.from({ length: 100 }, (_, i) => (i < 96 ? 16 : 90));
  expect(frameText(many)).toBe('median 16.0 ms, 95 % within 16.0 ms, longest 90.0 ms of 100');
  expect(frameText([16, 17, 16, 90, 16])).toBe('median 16.0 ms, 95 % within 17.0 ms, longest 90.0 ms of 5');
  expect(frameText([])).toBe('not measured yet');
});

test('a report names version, engine, speed, adapter, solver time and browser', () => {
  vi.stubGlobal('__VERSION__', '1.2.3');
  vi.stubGlobal('navigator', { hardwareConcurrency: 8, userAgent: 'Browser 1' });
  const cpu = { name: 'cpu', device: '2 workers' } as Engine;
  const law = () => ({ risk: 1, curvature: 1, norm: 1, spare: 1 });
  const { sources } = recorded({ limit: { law }, sgd: { law } }, times(1, 4));
  const standing = {
    sources: sources.map((each) =>
      each.kind === 'limit' ? { ...each, took: 0.25 } : { ...each, engine: cpu },
    ),
    paused: false,
    finished: true,
    refining: false,
    progress: 1,
    speed: 2e8,
    timeLeft: 0,
  };
  const engines = { cpu, webgpu: undefined, missing: 'No adapter.', software: false };
  const machinery = { engines } as Machinery;
  expect(Object.fromEntries(performanceOf(standing, machinery, [16]))).toEqual({
    version: 'sgdscope 1.2.3',
    engine: 'CPU (2 workers)',
    speed: '2.00·10⁸ coordinate-steps/s',
    'WebGPU adapter': 'No adapter.',
    'limit solved in': 'limit 0.25 s',
    'time between frames': 'median 16.0 ms, 95 % within 16.0 ms, longest 16.0 ms of 1',
    cores: '8',
    browser: 'Browser 1',
  });
  vi.unstubAllGlobals();
});
