import { expect, test } from 'vitest';
import { SizeRecord } from '../../../src/engine/studySize.ts';
import type { Ink } from '../../../src/ui/charts/palette.ts';
import { studySvg } from '../../../src/ui/study/chart.ts';
import { studyCsv, studyPicture } from '../../../src/ui/study/exports.ts';
import { exponentText, fromText, seriesOf, seriesText } from '../../../src/ui/study/series.ts';
import { gaussians } from '../../engine/gaussians.ts';
import { model } from '../charts/fixture.ts';

const limit = Float64Array.of(1, 1);

/** Runs that deviate by d^(−½) with some noise, upwards and downwards in turn: their mean deviates by noise alone. */
function record(dimension: number, runs: number): SizeRecord {
  const next = gaussians(dimension);
  const size = new SizeRecord(dimension, limit);
  for (let run = 0; run < runs; run++) {
    const deviation = (run % 4 < 2 ? 1 : -1) * dimension ** -0.5 * (1 + 0.05 * next());
    size.add(limit.map((value) => value + deviation));
  }
  return size;
}

function study(dimensions: readonly number[]) {
  const sizes = dimensions.map((dimension) => {
    const records = { sgd: record(dimension, 40), sde: record(dimension, 40) };
    return { dimension, config: {}, records, limitError: 1e-7, spent: 1, runs: 40, batch: 40 };
  });
  return seriesOf({ model, sizes });
}

const ink: Ink = {
  dark: false,
  foreground: '#000',
  background: '#fff',
  muted: '#555',
  line: '#ddd',
  family: 'sans-serif',
  fontSize: 12,
  stroke: 1,
};
const caption = { title: 'Study', parameters: 'γ = 1', link: 'http://a/#b', version: 'v 1', engine: 'CPU' };

test('single runs have their exponent, and a mean that is lost in noise has none', () => {
  const [single, , mean] = study([64, 128, 256, 512]);
  expect(single).toMatchObject({ process: 'SGD', quantity: 'single runs', theory: { exponent: -0.5 } });
  expect(Math.abs(single!.fit!.exponent + 0.5)).toBeLessThan(3 * single!.fit!.standardError);
  expect(seriesText(single!)).toMatch(/^SGD, single runs: exponent −0\.\d+ ± 0\.0\d+, theory −1\/2$/);
  expect(exponentText(mean!)).toBe('not visible');
});

test('an exponent has the digits of its error; left out sizes are told', () => {
  const [series] = study([64, 128, 256]);
  const fit = { factor: 1, exponent: -0.49861, standardError: 0.01259, scatter: 1, from: 128 };
  expect(exponentText({ ...series!, fit })).toBe('−0.499 ± 0.013');
  expect(exponentText({ ...series!, fit: { ...fit, standardError: 0.33 } })).toBe('−0.50 ± 0.33');
  expect(fromText({ ...series!, fit })).toBe('from d = 128');
  expect(fromText({ ...series!, fit: { ...fit, from: 64 } })).toBe('');
});

test('nothing is drawn before anything is measured', () => {
  const place = { left: 0, top: 0, width: 600, height: 400 };
  expect(studySvg(study([]), 'y', place, ink, 'a')).toBe('');
  expect(studySvg(study([64]), 'y', place, ink, 'a')).not.toMatch(/NaN|Infinity|undefined/);
});

test('picture and table say settings, link, values and exponents', () => {
  const series = study([64, 128, 256]);
  const { svg } = studyPicture(series, 'deviation', ['What is measured.'], caption, ink);
  for (const text of ['Study', 'γ = 1', 'http://a/#b', 'What is measured.', 'slope −1/2', '>256<']) {
    expect(svg).toContain(text);
  }
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  // In the legend a point as in the chart: full for single runs, hollow for the mean of runs.
  const points = svg.slice(0, svg.indexOf('>deviation<')).match(/<circle[^>]*>/g);
  expect(points?.map((point) => point.includes('fill="#fff"'))).toEqual(
    series.map(({ quantity }) => quantity === 'mean of runs'),
  );
  const lines = studyCsv(series, ['What is measured.'], caption).trimEnd().split('\n');
  expect(lines).toContain('# note: What is measured.');
  expect(lines).toContain('process,quantity,dimension,runs,diverged,deviation,standardError');
  expect(lines.filter((line) => /^SGD,single runs,\d+,40,0,0\.\d+,0\.\d+$/.test(line))).toHaveLength(3);
});
