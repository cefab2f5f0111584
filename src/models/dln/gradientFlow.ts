/**
 * The limit γ → 0 with γt fixed (theory: diagonal linear networks, section 4, gradient flow): no noise, c constant.
 * With y = e^{2ξ} the flow dξ/dτ = −λ(c sinh 2ξ − β*), τ = γt, is the Riccati equation
 * dy/dτ = −λc(y − y₊)(y − y₋), y± = (β* ± √(β*² + c²))/c, which has a closed solution.
 */
import type { Limit, LimitUpdate } from '../model.ts';
import { law } from './law.ts';
import { normalGrid } from './limitGrid.ts';
import { startClasses } from './limitStart.ts';
import type { LimitClass } from './transportMap.ts';
import type { DlnConfig } from './parameters.ts';
import { stepSizeAt } from './schedule.ts';
import { accumulate, statisticCount, toRecord, type StatisticName } from './statistics.ts';

const LAW_NODES = 24;
const START_NODES = 12;
/** Random starts spread ξ at given c₀; a zero output starts at one point. */
const GRID = normalGrid({ points: 91, reach: 6.5, half: 4 });
const ONE_POINT = { z: Float64Array.of(0), mass: Float64Array.of(1) };

/** β − β* and κ = u² + v² of a class at flow time τ, from the hyperbolic angle ξ at τ = 0. */
export function flow(
  { eigenvalue, teacher, lnC }: Pick<LimitClass, 'eigenvalue' | 'teacher' | 'lnC'>,
  angle: number,
  tau: number,
): { error: number; kappa: number } {
  const c = Math.exp(lnC);
  // y± scaled by c, with c² = −(cy₊)(cy₋) in place of the difference that cancels.
  const radius = Math.hypot(teacher, c);
  const [above, below] =
    teacher >= 0
      ? [teacher + radius, (-c * c) / (teacher + radius)]
      : [(c * c) / (radius - teacher), teacher - radius];
  const start = Math.exp(lnC + 2 * angle);
  // w = (y − y₊)/(y − y₋) decays exponentially.
  const w = ((start - above) / (start - below)) * Math.exp(-2 * eigenvalue * radius * tau);
  const grown = (above - below * w) / (1 - w);
  const error = (2 * radius * radius * w) / ((1 - w) ** 2 * grown);
  return { error, kappa: grown + (c * c) / grown };
}

async function* solve(config: DlnConfig, saveAt: Float64Array): AsyncGenerator<LimitUpdate<StatisticName>> {
  const classes = startClasses(config, law(config, LAW_NODES), START_NODES);
  const { z, mass } = config.init === 'zero' ? ONE_POINT : GRID;
  let tau = 0;
  let before = 0;
  const frames = Array.from(saveAt, (t) => {
    // Exact while the step size is constant between saved times.
    tau += stepSizeAt(config, (before + t) / 2) * (t - before);
    before = t;
    const sums = new Float64Array(statisticCount);
    for (const each of classes) {
      const { eigenvalue, teacher, weight, lnC, angle } = each;
      for (let j = 0; j < z.length; j++) {
        const { error, kappa } = flow(each, angle(z[j]!), tau);
        const imbalance = 2 * Math.exp(lnC);
        accumulate(sums, weight * mass[j]!, eigenvalue, teacher, error, teacher + error, kappa, imbalance);
      }
    }
    const values = Object.entries(toRecord(sums)).map(([name, value]) => [name, Float64Array.of(value)]);
    const byName = Object.fromEntries(values) as Record<StatisticName, Float64Array>;
    return { t, values: byName, blowUp: Float64Array.of(NaN) };
  });
  yield { first: 0, frames, error: 0 };
}

export const gradientFlow: Pick<Limit<StatisticName>, 'solve'> = { solve };
