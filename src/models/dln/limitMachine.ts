/** What computes the steps of the limit. */
import { Rodas5P, type Stepper } from '../../solvers/rodas5p.ts';
import type { Coefficients } from './feedback.ts';
import { FokkerPlanck, type Equation } from './fokkerPlanck.ts';
import { normalGrid, type Resolution } from './limitGrid.ts';
import { TransportMap, type LimitClass } from './transportMap.ts';

/** A map, its equation, and what takes steps; `state` and `between` hold what they are called with. */
export interface Machine {
  readonly map: TransportMap;
  readonly system: Equation;
  readonly stepper: Stepper;
  readonly state: Float64Array;
  readonly between: Float64Array;
}

/** All classes coupled, in plain TypeScript. */
export function plainMachine(
  classes: readonly LimitClass[],
  coefficients: Coefficients,
  resolution: Resolution,
): Machine {
  const map = new TransportMap(classes, normalGrid(resolution));
  const system = new FokkerPlanck(map, coefficients);
  const state = map.initial();
  return { map, system, stepper: new Rodas5P(system), state, between: new Float64Array(map.size) };
}
