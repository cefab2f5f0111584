/** Steps of single classes under a prescribed risk in WebAssembly: twins of `FokkerPlanck` and `Rodas5P`. */
import { rodas5p } from '../../solvers/rodas5p.ts';
import { instantiate, missingSimd } from '../../wasm/load.ts';
import { chooseReach } from './differences.ts';
import { ratesAt, riskOf, type Coefficients } from './feedback.ts';
import { normalGrid, type NormalGrid, type Resolution } from './limitGrid.ts';
import type { Machine } from './limitMachine.ts';
import { TransportMap, type LimitClass } from './transportMap.ts';

/** In the order of src/wasm/assembly/limitClasses/layout.ts; three arrays of dense output and eight stages follow. */
const ARRAYS = [
  'state',
  'next',
  'between',
  'time',
  'byDecay',
  'error',
  'p',
  'q',
  'slope',
  'bend',
  'push',
  'pull',
  'mass',
  'reach',
] as const;
type ArrayName = (typeof ARRAYS)[number];
const [DENSE_ROWS, STAGES] = [3, 8];
/** Numbers of the tables before each part: C, A, weights of ∂f/∂t, dense output, differences, rates. */
const [A_AT, SLOPES_AT, DENSE_AT, WEIGHTS_AT, RATES_AT] = [64, 128, 136, 160, 210];
/** Points to each side that its differences reach. */
const HALF = 4;

interface Kernel {
  readonly memory: WebAssembly.Memory;
  reserve(points: number): void;
  array(index: number): number;
  tables(): number;
  setFrame(rate: number, star: number, lnP: number, lnQ: number, error: number, theta: number): void;
  locate(y: number, from: number, to: number): number;
  /** These return 0 where the map is not increasing. */
  evaluate(y: number): number;
  step(h: number, shift: number, drift: number, noise: number, growth: number): number;
  prepareDense(): void;
  interpolate(theta: number): void;
}

/** Arrays of one grid in the memory of a kernel, and their addresses. */
class Workspace {
  readonly kernel: Kernel;
  readonly grid: NormalGrid;
  readonly arrays: Readonly<Record<ArrayName, Float64Array>>;
  readonly reach: Uint8Array;
  /** Of the last stage: the error of a step. */
  readonly lastStage: Float64Array;
  readonly rates: Float64Array;
  readonly #addresses = new Map<Float64Array, number>();

  constructor(kernel: Kernel, grid: NormalGrid) {
    this.kernel = kernel;
    this.grid = grid;
    kernel.reserve(grid.points);
    const { buffer } = kernel.memory;
    const view = (index: number) => new Float64Array(buffer, kernel.array(index), grid.points + 1);
    this.arrays = Object.fromEntries(ARRAYS.map((name, i) => [name, view(i)])) as Record<
      ArrayName,
      Float64Array
    >;
    ARRAYS.forEach((name, i) => this.#addresses.set(this.arrays[name], kernel.array(i)));
    this.reach = new Uint8Array(buffer, kernel.array(ARRAYS.indexOf('reach')), grid.points);
    this.lastStage = view(ARRAYS.length + DENSE_ROWS + STAGES - 1);
    const tables = new Float64Array(buffer, kernel.tables(), RATES_AT + 3 * STAGES);
    this.rates = tables.subarray(RATES_AT);
    rodas5p.C.forEach((row, i) => tables.set(row, STAGES * i));
    rodas5p.A.forEach((row, i) => tables.set(row, A_AT + STAGES * i));
    tables.set(rodas5p.SLOPES, SLOPES_AT);
    rodas5p.DENSE.forEach((row, i) => tables.set(row, DENSE_AT + STAGES * i));
    tables.set(grid.first, WEIGHTS_AT);
    tables.set(grid.second, WEIGHTS_AT + grid.first.length);
    this.arrays.pull.set(grid.pull);
    this.arrays.mass.set(grid.mass);
  }

  addressOf(y: Float64Array): number | undefined {
    return this.#addresses.get(y);
  }
}

class CompiledMap extends TransportMap {
  readonly #work: Workspace;

  constructor(item: LimitClass, work: Workspace) {
    super([item], work.grid, work.arrays);
    this.#work = work;
    work.arrays.state.set(this.initial());
    this.setFrame();
  }

  /** Tells the kernel of the frame. */
  setFrame(): void {
    const { eigenvalue, teacher } = this.classes[0]!;
    const { lnP, lnQ, error } = this.frameOf(0);
    this.#work.kernel.setFrame(eigenvalue, teacher, lnP, lnQ, error, this.share[0]!);
  }

  override locate(y: Float64Array, from = 0, to = this.grid.points): number {
    const address = from === 0 ? this.#work.addressOf(y) : undefined;
    if (address === undefined) return super.locate(y, from, to);
    const { eigenvalue, weight } = this.classes[0]!;
    return weight * eigenvalue * this.#work.kernel.locate(address, 0, to);
  }
}

function compiledMachine(work: Workspace, item: LimitClass, coefficients: Coefficients): Machine {
  const { kernel, grid, arrays, reach, rates, lastStage } = work;
  const map = new CompiledMap(item, work);
  const { points } = grid;
  const { eigenvalue } = item;
  const system = {
    map,
    slope: arrays.slope,
    reach,
    adapt(y: Float64Array) {
      chooseReach(y, 0, points, HALF, reach);
      map.setFrame();
    },
    evaluate(tau: number, y: Float64Array) {
      return kernel.evaluate(work.addressOf(y)!) !== 0 ? riskOf(coefficients, tau, 0) : NaN;
    },
  };
  const stepper = {
    next: arrays.next,
    error: lastStage,
    step(tau: number, _y: Float64Array, h: number) {
      rodas5p.NODES.forEach((node, stage) => {
        const at = tau + node * h;
        const gamma = coefficients.stepSizeAt(at * at);
        const noise = (gamma * gamma * riskOf(coefficients, at, 0)) / coefficients.batchSize;
        rates[3 * stage] = -2 * at * gamma * eigenvalue;
        rates[3 * stage + 1] = 2 * at * noise * eigenvalue;
        rates[3 * stage + 2] = 4 * at * noise;
      });
      const now = ratesAt(coefficients, tau, riskOf(coefficients, tau, 0));
      const drift = -2 * tau * now.gamma * eigenvalue * now.driftGrowth;
      const growth = 4 * tau * now.noise * now.noiseGrowth;
      return kernel.step(h, 1 / (h * rodas5p.GAMMA), drift, 0.5 * eigenvalue * growth, growth) !== 0;
    },
    prepareDense: () => kernel.prepareDense(),
    interpolate: (theta: number) => kernel.interpolate(theta),
  };
  return { map, system, stepper, state: arrays.state, between: arrays.between };
}

/** A machine for one class at a time; undefined where the plain one has to do. */
export type MachineFor = (
  item: LimitClass,
  coefficients: Coefficients,
  resolution: Resolution,
) => Machine | undefined;

/** What makes machines, which share one memory: each ends the one before it. */
export async function machines(): Promise<MachineFor> {
  if (missingSimd() !== undefined) return () => undefined;
  const { default: binary } = await import('../../wasm/assembly/limitClasses/index.ts?wasm');
  const kernel = instantiate(binary) as unknown as Kernel;
  let work: Workspace | undefined;
  return (item, coefficients, resolution) => {
    if (item.eigenvalue === 0 || resolution.half !== HALF) return undefined;
    const grid = normalGrid(resolution);
    if (work?.grid !== grid) work = new Workspace(kernel, grid);
    return compiledMachine(work, item, coefficients);
  };
}
