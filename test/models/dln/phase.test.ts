import { expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { parameters, type DlnConfig } from '../../../src/models/dln/parameters.ts';
import { integrator, levels } from '../../../src/models/dln/limitSolutions.ts';
import { classify, type Phase } from '../../../src/models/dln/phase.ts';

/** Solves the limit up to the horizon at low accuracy and classifies it; label noise counts as it is. */
function phaseOf(config: DlnConfig): Phase {
  const points = 400;
  const saveAt = Float64Array.from({ length: points + 1 }, (_, i) => config.horizon * (i / points) ** 2);
  const run = integrator(config, saveAt, levels[0]!);
  while (run.advance());
  const risk = run.recorded.map((sums) => (sums[0]! + config.labelNoise ** 2) / 2);
  return classify(config, risk, run.blowUp !== undefined);
}

const config: DlnConfig = { ...defaultsOf(parameters), horizon: 20 };

test.each<[Partial<DlnConfig>, Phase]>([
  [{ stepSize: 0.05, initScale: 0.5 }, 'certified'],
  [{ stepSize: 0.5 }, 'converges'],
  [{ stepSize: 3 }, 'catapult'],
  [{ stepSize: 3.5 }, 'blowUp'],
  [{ stepSize: 4 }, 'blowUp'],
  [{ stepSize: 3, horizon: 0.3 }, 'rises'],
])('%o: %s', (changes, phase) => {
  expect(phaseOf({ ...config, ...changes })).toBe(phase);
});

test('the initial edge γα² = 2B separates a risk that falls from one that first rises', () => {
  for (const [initScale, batchSize] of [
    [1, 1],
    [0.7, 1],
    [1, 3],
  ] as const) {
    const edge = (2 * batchSize) / initScale ** 2;
    const at = (share: number) =>
      phaseOf({ ...config, initScale, batchSize, density: 0.01, stepSize: share * edge, horizon: 0.2 });
    expect(at(0.97)).toBe('converges');
    expect(at(1.05)).not.toBe('converges');
  }
});
