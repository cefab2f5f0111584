import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { law } from '../../../src/models/dln/law.ts';
import { limitClasses } from '../../../src/models/dln/limitStart.ts';
import { parameters, type DlnConfig } from '../../../src/models/dln/parameters.ts';

const defaults = defaultsOf(parameters);
const sum = (classes: readonly { weight: number }[]): number =>
  classes.reduce((total, { weight }) => total + weight, 0);

describe('the stated law', () => {
  it('is the product of independent laws', () => {
    const classes = law({ ...defaults, spectrum: 'twoPoint', condition: 3, density: 0.25 });
    expect(classes).toHaveLength(4);
    expect(classes).toContainEqual({ eigenvalue: 0.5, teacher: 0, weight: 0.375 });
    expect(classes).toContainEqual({ eigenvalue: 1.5, teacher: 1, weight: 0.125 });
  });

  it('merges mirror images and drops classes without weight', () => {
    const teacherAtoms = [
      { value: -1, weight: 1 },
      { value: 1, weight: 3 },
    ];
    expect(law({ ...defaults, teacher: 'atoms', teacherAtoms })).toEqual([
      { eigenvalue: 1, teacher: 1, weight: 1 },
    ]);
    expect(law({ ...defaults, density: 0 })).toHaveLength(1);
    expect(law({ ...defaults, density: 1 })).toHaveLength(1);
  });

  it('has the moments of continuous laws', () => {
    const classes = law({ ...defaults, spectrum: 'logUniform', teacher: 'gaussian', amplitude: 2 }, 24, 32);
    expect(sum(classes)).toBeCloseTo(1, 12);
    const mean = classes.reduce((total, c) => total + c.weight * c.eigenvalue * c.teacher ** 2, 0);
    expect(mean).toBeCloseTo(4, 7);
  });
});

describe('the rounded law', () => {
  it('counts the coordinates', () => {
    const classes = law({ ...defaults, limitLaw: 'rounded', dimension: 25 });
    expect(classes).toHaveLength(2);
    expect(sum(classes)).toBeCloseTo(1, 12);
    for (const { weight } of classes) expect(25 * weight).toBeCloseTo(Math.round(25 * weight), 10);
  });

  it('has one class per coordinate for continuous spectra, and a bound', () => {
    const config: DlnConfig = { ...defaults, limitLaw: 'rounded', spectrum: 'logUniform' };
    expect(law({ ...config, dimension: 64 })).toHaveLength(64);
    expect(() => law({ ...config, dimension: 32769 })).toThrow(
      new RangeError('law of (λ, β*) has 32769 classes: expected at most 32768'),
    );
  });
});

describe('classes at t = 0', () => {
  it('zero output: c = α²/2 and ξ = 0', () => {
    for (const { lnC, angle } of limitClasses(
      { ...defaults, initScale: 0.3 },
      { budget: 100, refinement: 1 },
    )) {
      expect(Math.exp(lnC)).toBeCloseTo(0.045, 14);
      expect(angle(1.7)).toBe(0);
    }
  });

  it('random: E(u² + v²) = 2α² and E|u² − v²| = 4α²/π, E(uv)² = α⁴', () => {
    const alpha = 0.7;
    let [kappa, imbalance, square] = [0, 0, 0];
    for (const { weight, lnC, angle } of limitClasses(
      { ...defaults, init: 'random', initScale: alpha },
      { budget: 100, refinement: 3 },
    )) {
      const c = Math.exp(lnC);
      imbalance += weight * 2 * c;
      for (let j = -35; j <= 35; j++) {
        const mass = (weight * 0.2 * Math.exp(-0.02 * j * j)) / Math.sqrt(2 * Math.PI);
        kappa += mass * 2 * c * Math.cosh(2 * angle(0.2 * j));
        square += mass * (c * Math.sinh(2 * angle(0.2 * j))) ** 2;
      }
    }
    expect(kappa).toBeCloseTo(2 * alpha ** 2, 7);
    expect(imbalance).toBeCloseTo((4 * alpha ** 2) / Math.PI, 7);
    expect(square).toBeCloseTo(alpha ** 4, 7);
  });

  it('keeps to the budget with continuous laws', () => {
    for (const init of ['zero', 'random'] as const) {
      const config: DlnConfig = { ...defaults, init, spectrum: 'logUniform' };
      const { length } = limitClasses(config, { budget: 400, refinement: 1 });
      expect(length).toBeGreaterThan(15);
      expect(length).toBeLessThanOrEqual(450);
    }
  });
});
