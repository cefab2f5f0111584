import { expect, test } from 'vitest';
import { deviations, limitStatistics, settingOf, simulate } from './agreement.ts';

/** Deviation of the mean risk at t = 2 from the limit, with its standard error. */
async function bias(name: string, dt: number) {
  const setting = settingOf(name, 4096, { dt });
  const limit = await limitStatistics(setting, [2]);
  const all = deviations(await simulate(setting, 'sde', [2], 48), limit, setting, [2]);
  return all.find(({ observable }) => observable === 'risk')!;
}

test.each([
  ['LS_iso', 1],
  ['LS_two_source', 0.5],
])('halving dt divides the bias of the SDE in %s by 4: weak order 2', async (name, dt) => {
  const [coarse, fine] = [await bias(name, dt), await bias(name, dt / 2)];
  const [large, small] = [Math.abs(coarse.deviation), Math.abs(fine.deviation)];
  expect(large).toBeGreaterThan(10 * coarse.standardError);
  expect(small).toBeLessThan(large / 3 + 4 * fine.standardError);
});
