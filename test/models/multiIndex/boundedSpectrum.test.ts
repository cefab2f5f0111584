import { expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { committee } from '../../../src/models/committee/index.ts';
import { boundedSpectrum } from '../../../src/models/multiIndex/boundedSpectrum.ts';
import { eigenvaluesOf } from '../../../src/models/spectrum.ts';
import { deviations, limitStatistics, settingOf, simulate } from './agreement.ts';

const config = { ...defaultsOf(committee.parameters), spectrum: 'powerLaw', dimension: 500 } as const;

test.each([0.1, 0.3, 0.49])(
  'a power law with exponent %f has the moments of its d coordinates',
  (exponent) => {
    const rule = boundedSpectrum({ ...config, exponent }).rule(48);
    const lambda = eigenvaluesOf({ ...config, exponent }, 500);
    const moment = (power: number) =>
      rule.reduce((sum, { value, weight }) => sum + weight * value ** power, 0);
    expect(moment(0)).toBeCloseTo(1, 12);
    expect(moment(1)).toBeCloseTo(1, 12);
    const second = lambda.reduce((sum, value) => sum + value ** 2, 0) / 500;
    expect(Math.abs(moment(2) / second - 1)).toBeLessThan(0.05);
    expect(boundedSpectrum({ ...config, exponent }).quantile(1) / lambda[499]!).toBeCloseTo(1, 1);
  },
);

test('without a cut the limit of a committee would leave SGD at once; with it SGD follows', async () => {
  const setting = settingOf('Erf22_iso', 1024, { spectrum: 'powerLaw' });
  const limit = await limitStatistics(setting, [0.5]);
  const all = deviations(await simulate(setting, 'sde', [0.5], 24), limit, setting, [0.5]);
  for (const { deviation, standardError } of all) {
    expect(Math.abs(deviation)).toBeLessThan(4 * standardError + 0.02);
  }
});
