import { expect, test } from 'vitest';
import { toCsv, toJson } from '../../src/cli/report.ts';
import { recorded, type Law } from '../ui/charts/fixture.ts';

const law: Law = (t) => ({ risk: 1 + t, curvature: 1, norm: 1, spare: 1 });
const experiment = recorded({ limit: { law }, sgd: { law } }, Float64Array.of(0, 1), { runs: 2 });

test('without widths a limit has none', () => {
  expect(JSON.parse(toJson(experiment)).limit).not.toHaveProperty('widths');
});

test('widths that theory gives are told by what they are, in JSON and in CSV', () => {
  const deviation = Float64Array.of(0.25, 0.5);
  const { trajectory } = experiment.sources.find(({ name }) => name === 'limit')!;
  trajectory.acceptBands(0, [
    { around: 'sgd', observable: 'risk', deviation },
    { around: 'limit', observable: 'norm', deviation },
  ]);
  expect(JSON.parse(toJson(experiment))).toMatchObject({
    limit: {
      risk: [1, 2],
      normError: [0.25, 0.5],
      widths: { risk: { 'sd:sgd': [0.25, 0.5] } },
    },
  });
  const rows = toCsv(experiment).split('\n');
  expect(rows).toContain('limit,risk,value,1,2');
  expect(rows).toContain('limit,risk,sd:sgd,1,0.5');
  expect(rows).toContain('limit,norm,standardError,0,0.25');
  expect(rows.filter((row) => row.startsWith('sgd,risk,sd'))).toHaveLength(2);
});

test('limits of one name with parts are members of one object', () => {
  const sources = ['limit.sgd', 'limit.gf', 'sgd'].map((name) => ({
    ...experiment.sources.find(({ kind }) => (kind === 'limit') === name.startsWith('limit'))!,
    name,
  }));
  const report = JSON.parse(toJson({ ...experiment, sources })) as Record<string, Record<string, unknown>>;
  expect(Object.keys(report)).toEqual(['config', 'limit', 'sgd']);
  expect(Object.keys(report['limit']!)).toEqual(['sgd', 'gf']);
  expect(report['limit']).toMatchObject({ sgd: { t: [0, 1], risk: [1, 2] }, gf: { risk: [1, 2] } });
});
