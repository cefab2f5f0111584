import { expect, test } from 'vitest';
import type { AnyModel, Limit } from '../../../src/models/model.ts';
import { colourOf, dashOf, type Ink } from '../../../src/ui/charts/palette.ts';
import { presentCurves } from '../../../src/ui/charts/readout.ts';
import type { Curve } from '../../../src/ui/charts/scene.ts';
import { isPaired, styledOf } from '../../../src/ui/charts/styled.ts';
import { model } from './fixture.ts';

const limit = (predicts: string, optional = false): Limit => ({
  ...model.limits['limit']!,
  predicts,
  ...(optional && { optional }),
});
const [sgd, sde] = Object.values(model.processes);
const several: AnyModel = {
  ...model,
  processes: { sgd: sgd!, sme: sde!, gf: sde! },
  limits: { sgd: limit('sgd'), sme: limit('sme'), gf: limit('gf'), small: limit('sgd', true) },
};
const ink = { dark: false, foreground: '#000000' } as Ink;

test('limits of one process have the colour of the text, and dashes tell them apart', () => {
  expect(isPaired(model)).toBe(false);
  const styles = Object.keys(model.limits).map((name) => styledOf(model, 'limit', name));
  expect(styles.map((style) => colourOf(style, ink))).toEqual(['#000000', '#000000']);
  expect(styles.map(dashOf)).toEqual([[], [9, 4]]);
});

test('limits of several processes each have a shade of the colour of their own, and are solid', () => {
  expect(isPaired(several)).toBe(true);
  const styles = ['sgd', 'sme', 'gf'].map((name) => styledOf(several, 'limit', name));
  expect(styles.map(({ predicts }) => predicts)).toEqual([0, 1, 2]);
  expect(new Set(styles.map((style) => colourOf(style, ink))).size).toBe(3);
  expect(styles.map(dashOf)).toEqual([[], [], []]);
  const small = styledOf(several, 'limit', 'small');
  expect(colourOf(small, ink)).toBe(colourOf(styles[0]!, ink));
  expect(dashOf(small)).toEqual([9, 4]);
  for (const name of Object.keys(several.processes)) {
    const process = styledOf(several, 'process', name);
    expect(colourOf(process, ink)).not.toBe(colourOf(styledOf(several, 'limit', name), ink));
  }
});

test('an optional limit alone pairs nothing', () => {
  expect(isPaired({ ...model, limits: { limit: limit('sgd'), flow: limit('sde', true) } })).toBe(false);
});

test('a legend has each limit after the process it predicts', () => {
  const curves = [
    ...Object.keys(several.processes).map((name) => ({ label: name, ...styledOf(several, 'process', name) })),
    ...Object.keys(several.limits).map((name) => ({
      label: `${name} limit`,
      ...styledOf(several, 'limit', name),
    })),
  ] as Curve[];
  expect(presentCurves({ curves }).map(({ label }) => label)).toEqual([
    'sgd',
    'sgd limit',
    'small limit',
    'sme',
    'sme limit',
    'gf',
    'gf limit',
  ]);
});
