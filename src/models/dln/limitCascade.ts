/**
 * The limit for many classes from that for few. The classes act on each other through the risk R(t) alone. Given R
 * they are independent, and a pass over many of them yields the risk F(R) that they make. Few coupled classes say how
 * the risk answers: with a factor e^{m(t)} that makes up for what they lack of the risk of many,
 *
 *     m ← m + ln F(R) − ln R ,   R ← F(R)·(answer of the few classes to the change of m) .
 *
 * What is left after a pass is second order: the error of the few classes' answer times the change of R.
 */
import { Quintic } from '../../math/quintic.ts';
import type { Coefficients } from './feedback.ts';
import { LimitIntegrator, type Accuracy } from './limitIntegrator.ts';
import { finer, nearest, placeOf, type Solved } from './limitNeighbours.ts';
import { solveClass, type Grids, type PassAccuracy } from './limitPass.ts';
import type { MachineFor } from './limitCompiled.ts';
import { omitUnknown, VANISHED } from './limitSolution.ts';
import { statisticCount } from './statistics.ts';
import { curve, type SpreadClass } from './limitSpread.ts';
import type { LimitClass } from './transportMap.ts';

/** Risks outside this range, in units of the natural scale above and of 1 below, are left to the few classes. */
const [LARGEST, SMALLEST] = [30, 1e-250];

interface Few {
  readonly classes: readonly LimitClass[];
  readonly accuracy: Accuracy;
  /** Whether classes with copies ask for the risk past the last saved time. */
  readonly goesOn?: boolean;
}

/** Classes that a pass sums over, and how finely they are solved. */
export interface Part {
  readonly classes: readonly SpreadClass[];
  readonly accuracy: PassAccuracy;
  /** −1 where the part is taken away. */
  readonly sign: 1 | -1;
}

export class LimitCascade {
  /** Largest relative change of the risk in the last pass, and that part of it which is the answer of the few classes. */
  change = 0;
  answer = 0;
  /** Share of classes in the last pass whose maps the finest grid did not hold to the end. */
  unresolved = 0;
  /** Largest share of a statistic in the terms at the ends of the maps. */
  beyond = 0;
  /** Shares of the statistics at the saved times in what all parts of the last pass but the first add up to. */
  corrections: readonly Float64Array[] = [];
  /** Time of blow-up. */
  blowUp: { readonly t: number; readonly error: number } | undefined;
  readonly #few: Few;
  readonly #machineFor: MachineFor;
  readonly #coefficients: Coefficients;
  readonly #saveAt: Float64Array;
  /** √t after each step of the few classes that is taken again in every pass. */
  readonly #taus: number[];
  /** Times that a pass records: √t of these steps, in between, and saved times. */
  readonly #samples: Float64Array;
  readonly #precise: Uint8Array;
  /** #samples and the saved times after them. */
  readonly #times: Float64Array;
  readonly #grids = new Map<string, Grids>();
  #lnFactor: Float64Array;
  #answer: LimitIntegrator;
  #lnRisk: Quintic;
  #totals: readonly Float64Array[];

  /**
   * @param first the few classes, solved up to the end
   * @param machineFor what computes single classes; by default the plain solver
   */
  constructor(
    few: Few,
    coefficients: Coefficients,
    saveAt: Float64Array,
    first: LimitIntegrator,
    machineFor: MachineFor = () => undefined,
  ) {
    this.#machineFor = machineFor;
    this.#few = few;
    this.#coefficients = coefficients;
    this.#saveAt = saveAt;
    const blown = first.blowUp ? LARGEST * first.naturalRisk : Infinity;
    let length = 0;
    while (length < first.taus.length && first.risks[length]! < blown && first.risks[length]! > SMALLEST)
      length++;
    this.#taus = first.taus.slice(0, length);
    const end = length > 0 ? this.#timeOf(length - 1) : 0;
    const known = new Set<number>([0]);
    this.#taus.forEach((tau, i) => {
      known.add(this.#timeOf(i));
      if (i > 0) known.add((0.5 * (tau + this.#taus[i - 1]!)) ** 2);
    });
    const saved = new Set(saveAt);
    for (const t of saveAt) if (t <= end) known.add(t);
    this.#samples = Float64Array.from(known).sort();
    // After the last sample, shortly before a blow-up, all statistics go on in proportion.
    const last = this.#samples.length - 1;
    this.#precise = Uint8Array.from(this.#samples, (t, i) => (saved.has(t) || i === last ? 1 : 0));
    this.#times = Float64Array.from([...this.#samples, ...saveAt.filter((t) => t > end)]);
    this.#lnFactor = new Float64Array(length);
    this.#lnRisk = curve(
      Float64Array.from([0, ...this.#taus]),
      Float64Array.from([first.risks[0] ?? 1, ...first.risks.slice(0, length)], Math.log),
      few.goesOn,
    );
    this.#answer = this.#solveFew();
    this.#totals = this.#answer.recorded;
    this.blowUp = first.blowUp;
  }

  /** Whether a saved time lies after the last sample: up to the blow-up the few classes go on alone. */
  get proportional(): boolean {
    const last = this.#samples.at(-1)!;
    const end = this.blowUp?.t ?? last;
    return this.#saveAt.some((t) => t > last && t < end);
  }

  /** Whether there is anything to refine: the risk is not zero. */
  get possible(): boolean {
    return this.#taus.length > 1;
  }

  #timeOf(step: number): number {
    const t = this.#taus[step]! ** 2;
    const end = this.#saveAt.at(-1)!;
    return Math.abs(t - end) < 1e-14 * end ? end : t;
  }

  #solveFew(): LimitIntegrator {
    const { classes, accuracy } = this.#few;
    const lnFactor =
      this.#taus.length > 1 ? new Quintic(Float64Array.from(this.#taus), this.#lnFactor) : undefined;
    const coefficients = { ...this.#coefficients, ...(lnFactor && { lnFactor }) };
    const precise = new Uint8Array(this.#times.length).fill(1);
    precise.set(this.#precise);
    const options = { replay: this.#taus, precise };
    const run = new LimitIntegrator(classes, coefficients, this.#times, accuracy, options);
    while (run.advance());
    return run;
  }

  /**
   * Sums over classes under the present risk, added to `sums` and to their terms at the ends; yields between classes.
   *
   * @param like solved classes on whose grids similar ones are solved, or on grids finer by `steps` at least
   */
  *#add(
    { classes, accuracy, sign }: Part,
    sums: readonly Float64Array[],
    edges: readonly Float64Array[],
    like: readonly Solved[] = [],
    steps = 0,
  ): Generator<void, readonly Solved[]> {
    const all: Solved[] = [];
    const frame = {
      coefficients: { ...this.#coefficients, lnRisk: this.#lnRisk },
      samples: this.#samples,
      precise: this.#precise,
      totals: this.#totals,
      count: classes.length,
      machineFor: this.#machineFor,
      sums: this.#zeros(),
      edges: this.#zeros(),
    };
    let first: Grids = { spacing: 1, reach: 0 };
    for (const item of classes) {
      const key = `${item.teacher} ${item.lnC} ${accuracy.roughness}`;
      const known = like.length > 0 ? finer(nearest(item, like).grids, steps) : this.#grids.get(key);
      const grids = known ?? { ...first };
      if (!known) this.#grids.set(key, grids);
      const solved = solveClass(item, frame, accuracy, grids);
      all.push({ place: placeOf(item), grids: solved.grids });
      first = grids;
      const last = solved.reached - 1;
      this.unresolved += solved.missing;
      for (let i = 0; i < sums.length; i++) {
        const [sum, edge] = [frame.sums[Math.min(i, last)]!, frame.edges[Math.min(i, last)]!];
        for (let k = 0; k < statisticCount; k++) {
          sums[i]![k]! += sign * sum[k]!;
          edges[i]![k]! += sign * edge[k]!;
        }
      }
      yield;
    }
    return all;
  }

  #zeros(): Float64Array[] {
    return Array.from(this.#samples, () => new Float64Array(statisticCount));
  }

  /** Sums over classes under the present risk at the saved times; nothing changes. */
  *probe(classes: readonly SpreadClass[], accuracy: PassAccuracy): Generator<void, Float64Array[]> {
    const [sums, edges] = [this.#zeros(), this.#zeros()];
    yield* this.#add({ classes, accuracy, sign: 1 }, sums, edges);
    return sums.filter((sum, i) => {
      omitUnknown(sum, edges[i]!);
      return this.#precise[i] === 1;
    });
  }

  /** Sums of all parts. */
  *#sum([main, ...others]: readonly Part[]): Generator<void, Float64Array[]> {
    const [sums, edges, more] = [this.#zeros(), this.#zeros(), this.#zeros()];
    this.unresolved = this.beyond = 0;
    const corrections: Float64Array[] = [];
    const solved = yield* this.#add(main!, sums, edges);
    for (const part of others) {
      const steps = part.accuracy === main!.accuracy ? 0 : 1;
      yield* this.#add(part, more, edges, solved, steps);
    }
    sums.forEach((sum, i) => {
      for (let k = 0; k < statisticCount; k++) sum[k]! += more[i]![k]!;
      this.beyond = Math.max(this.beyond, omitUnknown(sum, edges[i]!));
      if (this.#precise[i] !== 1) return;
      corrections.push(
        more[i]!.map((part, k) => {
          const noise = k === 0 ? this.#coefficients.labelNoise ** 2 : 0;
          return part !== 0 && sum[k]! > VANISHED ? part / (sum[k]! + noise) : 0;
        }),
      );
    });
    this.corrections = corrections;
    return sums;
  }

  /** One pass: the statistics at the saved times up to the end or blow-up. */
  *pass(parts: readonly Part[]): Generator<void, Float64Array[]> {
    const sums = yield* this.#sum(parts);
    const nodes = Float64Array.from(this.#taus);
    const before = this.#answer;
    const roots = this.#samples.map(Math.sqrt);
    const lnSum = sums.map((all) => Math.log(0.5 * (all[0]! + this.#coefficients.labelNoise ** 2)));
    const defect = new Map(
      Array.from(this.#samples, (t, i) => [t, lnSum[i]! - this.#lnRisk.value(roots[i]!)]),
    );
    const defects = nodes.map((_, i) => defect.get(this.#timeOf(i))!);
    this.#lnFactor = this.#lnFactor.map((m, i) => m + defects[i]!);
    this.#answer = this.#solveFew();
    const answer = new Quintic(
      nodes,
      nodes.map((_, i) => Math.log(this.#answer.risks[i]! / before.risks[i]!) - defects[i]!),
    );
    this.#lnRisk = curve(
      roots,
      roots.map((tau, i) => lnSum[i]! + answer.value(tau)),
      this.#few.goesOn,
    );
    this.change = Math.max(...Array.from(defect.values(), Math.abs));
    this.answer = roots.reduce((largest, tau) => Math.max(largest, Math.abs(answer.value(tau))), 0);
    // Without an answer up to the end nothing is vouched for.
    if (this.#answer.stuck) this.unresolved = Math.max(this.unresolved, 1);
    this.blowUp = this.#answer.blowUp;
    this.#totals = sums.map((all, i) => all.map((sum, k) => sum * this.#ratio(before, i, k)));
    return this.#atSaved(sums, before);
  }

  /** Ratio of a statistic of the few classes at time i to that of an earlier solution. */
  #ratio(before: LimitIntegrator, i: number, k: number): number {
    const ratio = (this.#answer.recorded[i]?.[k] ?? NaN) / (before.recorded[i]?.[k] ?? NaN);
    return ratio > 0 && ratio < Infinity ? ratio : 1;
  }

  #atSaved(sums: readonly Float64Array[], before: LimitIntegrator): Float64Array[] {
    const last = this.#samples.length - 1;
    const index = new Map(Array.from(this.#times, (t, i) => [t, i]));
    const found: Float64Array[] = [];
    for (const t of this.#saveAt) {
      const i = index.get(t)!;
      const few = this.#answer.recorded[i];
      if (!few) break;
      // After the last sample, shortly before a blow-up, the few classes go on in proportion.
      const base = Math.min(i, last);
      found.push(
        sums[base]!.map((sum, k) => {
          const reference = before.recorded[base]?.[k] ?? NaN;
          return i <= last || !(reference > 0)
            ? sum * this.#ratio(before, base, k)
            : (few[k]! * sum) / reference;
        }),
      );
    }
    return found;
  }
}
