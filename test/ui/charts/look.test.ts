import { describe, expect, test } from 'vitest';
import { columnsFor } from '../../../src/ui/charts/grid.ts';
import { luminance } from '../../../src/ui/charts/ink.ts';
import { colourOf, limitDash, pinDash, processColour, type Ink } from '../../../src/ui/charts/palette.ts';

/** WCAG contrast of two luminances. */
function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** '#d55e00' as computed styles give it. */
function rgb(hex: string): string {
  const channels = [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
  return `rgb(${channels.join(', ')})`;
}

test('luminance of known colours', () => {
  expect(luminance('rgb(255, 255, 255)')).toBeCloseTo(1, 9);
  expect(luminance('rgb(0, 0, 0)')).toBe(0);
  expect(luminance('color(srgb 1 0 0)')).toBeCloseTo(0.2126, 9);
});

describe('palette', () => {
  test.each([0, 1, 2, 3, 4])('process %i stands out of both themes', (index) => {
    expect(contrast(luminance(rgb(processColour(index, false))), 1)).toBeGreaterThan(3);
    // The darkest and lightest backgrounds in use.
    expect(
      contrast(luminance(rgb(processColour(index, true))), luminance('rgb(30, 33, 36)')),
    ).toBeGreaterThan(3);
  });

  test.each([0, 1, 2, 3, 4])(
    'the limit of process %i stands out of both themes and of its process',
    (index) => {
      const shade = (dark: boolean) =>
        luminance(rgb(colourOf({ kind: 'limit', index: 0, pin: -1, predicts: index }, { dark } as Ink)));
      expect(contrast(shade(false), 1)).toBeGreaterThan(7);
      expect(contrast(shade(true), luminance('rgb(30, 33, 36)'))).toBeGreaterThan(7);
      for (const dark of [false, true]) {
        expect(contrast(shade(dark), luminance(rgb(processColour(index, dark))))).toBeGreaterThan(1.5);
      }
    },
  );

  test('SGD is blue, SDE vermillion', () => {
    expect([processColour(0, false), processColour(1, false)]).toEqual(['#0072b2', '#d55e00']);
  });

  test('dashes tell limits and pins apart', () => {
    expect(limitDash(0)).toEqual([]);
    expect(new Set([0, 1, 2, 3].map((i) => limitDash(i).join())).size).toBe(4);
    expect(new Set([0, 1, 2, 3].map((i) => pinDash(i).join())).size).toBe(4);
  });
});

describe('grid', () => {
  test.each([
    [1, 1000, 700, 1],
    [2, 960, 750, 1],
    [2, 1800, 700, 2],
    [3, 1000, 700, 2],
    [4, 1000, 700, 2],
    [2, 390, 800, 1],
    [7, 390, 800, 1],
    [0, 1000, 700, 1],
  ])('%i charts in %i × %i stand in %i columns', (count, width, height, columns) => {
    expect(columnsFor(count, width, height)).toBe(columns);
  });
});
