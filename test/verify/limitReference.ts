/** A solution of the limit to compare with: other few classes, finer steps and grids. */
import { LimitCascade, type Part } from '../../src/models/dln/limitCascade.ts';
import { LimitIntegrator } from '../../src/models/dln/limitIntegrator.ts';
import type { MachineFor } from '../../src/models/dln/limitCompiled.ts';
import { accuracies, MOST } from '../../src/models/dln/limitPlan.ts';
import { BUDGET, coefficientsOf, few } from '../../src/models/dln/limitSolutions.ts';
import { spreadClasses } from '../../src/models/dln/limitSpread.ts';
import { fewClasses, limitClasses, nodesOf, type Nodes } from '../../src/models/dln/limitStart.ts';
import type { DlnConfig } from '../../src/models/dln/parameters.ts';

/** Classes of a reference from which on steps of 1e-8 have to do. */
const LARGE = 8000;
/** The same for steps of 1e-9. */
const MANY = 1000;
/** Where classes stand for ranges of eigenvalues: horizons, and eigenvalues that one is interpolated from. */
const [LONGER, STENCIL] = [4, 10];

interface Reference {
  readonly recorded: Float64Array[];
  readonly blowUp: number | undefined;
  /** Share of classes that no grid held to the end. */
  readonly unresolved: number;
}

/** Passes of its own; yields between classes. */
export function* reference(
  config: DlnConfig,
  saveAt: Float64Array,
  refinement: number,
  nodes: Nodes | undefined,
  spread: boolean,
  machineFor: MachineFor,
): Generator<void, Reference> {
  const coefficients = coefficientsOf(config);
  const classes = fewClasses(config, 1.6 * BUDGET);
  const accuracy = { ...few, points: 49, tolerance: 3e-6 };
  const times = spread ? Float64Array.from([...saveAt, LONGER * saveAt.at(-1)!]) : saveAt;
  const run = new LimitIntegrator(classes, coefficients, times, accuracy);
  while (run.advance()) yield;
  const cascade = new LimitCascade(
    { classes, accuracy, goesOn: spread },
    coefficients,
    times,
    run,
    machineFor,
  );
  if (!cascade.possible) return { recorded: run.recorded, blowUp: run.blowUp?.t, unresolved: 0 };
  let recorded: Float64Array[] = [];
  for (const share of [0.5, 0.7, 1]) {
    const sampling = { budget: 2 * MOST, refinement: share * refinement, ...(nodes && { nodes }) };
    const all = spread
      ? spreadClasses(config, nodesOf(config, sampling), STENCIL)
      : limitClasses(config, sampling);
    const finest = all.length > LARGE ? accuracies[2]! : accuracies[all.length > MANY ? 3 : 4]!;
    const part: Part = { classes: all, accuracy: share < 1 ? accuracies[0]! : finest, sign: 1 };
    recorded = yield* cascade.pass([part]);
  }
  return {
    recorded: recorded.slice(0, saveAt.length),
    blowUp: cascade.blowUp?.t,
    unresolved: cascade.unresolved,
  };
}
