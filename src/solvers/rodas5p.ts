/**
 * Rodas5P, a Rosenbrock–Wanner method with 8 stages: order 5, L-stable, stiffly accurate, embedded order 4 and
 * dense output of order 4 (Steinebach 2023, BIT Numerical Mathematics 63, 27). Each step solves linear systems
 * with one matrix and no iteration, so that stiffness costs nothing where this matrix is cheap to factor.
 */

/** y' = f(t, y) with an exact Jacobian J = ∂f/∂y. */
export interface StiffSystem {
  readonly size: number;
  /** Writes f(t, y); false where y is outside the domain of f. */
  derivative(t: number, y: Float64Array, out: Float64Array): boolean;
  /** Writes ∂f/∂t and factors shift·I − J, both at (t, y); false where that fails. */
  linearise(t: number, y: Float64Array, shift: number, timeDerivative: Float64Array): boolean;
  /** x ← (shift·I − J)⁻¹ x */
  solve(x: Float64Array): void;
}

const STAGES = 8;
const GAMMA = 0.21193756319429014;

/** Rows as typed arrays: one kind of element for the compiler. */
const typed = (rows: readonly (readonly number[])[]): readonly Float64Array[] =>
  rows.map((row) => Float64Array.from(row));

const A = typed([
  [],
  [3],
  [2.849394379747939, 0.45842242204463923],
  [-6.954028509809101, 2.489845061869568, -10.358996098473584],
  [2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641],
  [-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946],
]);

const C = typed([
  [],
  [-14.155112264123755],
  [-17.97296035885952, -2.859693295451294],
  [147.12150275711716, -1.41221402718213, 71.68940251302358],
  [165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306],
  [24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125, -0.6610691825249471],
  [
    30.91273214028599, -3.1208243349937974, 77.79954646070892, 34.28646028294783, -19.097331116725623,
    -28.087943162872662,
  ],
  [
    37.80277123390563, -3.2571969029072276, 112.26918849496327, 66.9347231244047, -40.06618937091002,
    -54.66780262877968, -9.48861652309627,
  ],
]);

/** Stage times in units of the step. */
const NODES = [0, 0.6358126895828704, 0.4095798393397535, 0.9769306725060716, 0.4288403609558664, 1, 1, 1];

/** Weights of ∂f/∂t in the stages. */
const SLOPES = [
  GAMMA,
  -0.42387512638858027,
  -0.3384627126235924,
  1.8046452872882734,
  2.325825639765069,
  0,
  0,
  0,
];

const DENSE = typed([
  [
    25.948786856663858, -2.5579724845846235, 10.433815404888879, -2.3679251022685204, 0.524948541321073,
    1.1241088310450404, 0.4272876194431874, -0.17202221070155493,
  ],
  [
    -9.91568850695171, -0.9689944594115154, 3.0438037242978453, -24.495224566215796, 20.176138334709044,
    15.98066361424651, -6.789040303419874, -6.710236069923372,
  ],
  [
    11.419903575922262, 2.8879645146136994, 72.92137995996029, 80.12511834622643, -52.072871366152654,
    -59.78993625266729, -0.15582684282751913, 4.883087185713722,
  ],
]);

/** y ← y + a·k */
function addMultiple(y: Float64Array, a: number, k: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] += a * k[i];
}

/** y ← y + a·k + b·l */
function addTwo(y: Float64Array, a: number, k: Float64Array, b: number, l: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] += a * k[i] + b * l[i];
}

/** y ← y + factor·(w₀k + w₁l + w₂m + w₃n) with the weights from `at` on */
function addFour(
  y: Float64Array,
  factor: number,
  weights: Float64Array,
  at: number,
  k: Float64Array,
  l: Float64Array,
  m: Float64Array,
  n: Float64Array,
): void {
  const [a, b] = [factor * weights[at], factor * weights[at + 1]];
  const [c, d] = [factor * weights[at + 2], factor * weights[at + 3]];
  for (let i = 0; i < y.length; i++) y[i] += a * k[i] + b * l[i] + (c * m[i] + d * n[i]);
}

/** Dense output at the fraction `theta` of a step with the coefficients a, b, c. */
function interpolated(
  theta: number,
  start: Float64Array,
  end: Float64Array,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  out: Float64Array,
): void {
  const rest = 1 - theta;
  for (let i = 0; i < out.length; i++) {
    const bend = a[i] + theta * (b[i] + theta * c[i]);
    out[i] = rest * start[i] + theta * (end[i] + rest * bend);
  }
}

/** The method itself: A and C in rows by stage, stage times, weights of ∂f/∂t, dense output in rows, and γ. */
export const rodas5p = { A, C, NODES, SLOPES, DENSE, GAMMA };

/** What takes steps. */
export interface Stepper {
  readonly next: Float64Array;
  readonly error: Float64Array;
  step(t: number, y: Float64Array, h: number): boolean;
  prepareDense(): void;
  interpolate(theta: number, out: Float64Array): void;
}

/** One step at a time; the caller controls the step size, accepts or rejects. No allocation per step. */
export class Rodas5P implements Stepper {
  /** Value at the end of the last step. */
  readonly next: Float64Array;
  /** Difference to the embedded solution of order 4. */
  readonly error: Float64Array;
  readonly #system: StiffSystem;
  /** One array per stage. */
  readonly #increments: readonly Float64Array[];
  /** Coefficients of dense output. */
  readonly #dense: readonly Float64Array[];
  readonly #slope: Float64Array;
  readonly #start: Float64Array;

  constructor(system: StiffSystem) {
    const { size } = system;
    this.#system = system;
    this.#increments = Array.from({ length: STAGES }, () => new Float64Array(size));
    this.#dense = DENSE.map(() => new Float64Array(size));
    this.#slope = new Float64Array(size);
    this.#start = new Float64Array(size);
    this.next = new Float64Array(size);
    this.error = new Float64Array(size);
  }

  /** Steps from (t, y) by h; false where the system or its linearisation is not defined on the way. */
  step(t: number, y: Float64Array, h: number): boolean {
    const { next } = this;
    // The last right-hand side is the last increment, which is the error estimate.
    const right = this.error;
    this.#start.set(y);
    if (!this.#system.linearise(t, y, 1 / (h * GAMMA), this.#slope)) return false;
    for (let stage = 0; stage < STAGES; stage++) {
      if (stage < A.length) {
        next.set(y);
        this.#combine(A[stage], 1, next);
      } else {
        // The last stages each start from the end of the one before.
        addMultiple(next, 1, this.#increments[stage - 1]);
      }
      if (!this.#system.derivative(t + NODES[stage] * h, next, right)) return false;
      this.#combine(C[stage], 1 / h, right);
      const weight = h * SLOPES[stage];
      if (weight !== 0) addMultiple(right, weight, this.#slope);
      this.#system.solve(right);
      this.#increments[stage].set(right);
    }
    addMultiple(next, 1, right);
    return true;
  }

  /** y ← y + factor·Σ weights[j]·increment j */
  #combine(weights: Float64Array, factor: number, y: Float64Array): void {
    const all = this.#increments;
    let j = 0;
    for (; j + 3 < weights.length; j += 4) {
      addFour(y, factor, weights, j, all[j], all[j + 1], all[j + 2], all[j + 3]);
    }
    if (j + 1 < weights.length) {
      addTwo(y, factor * weights[j], all[j], factor * weights[j + 1], all[j + 1]);
      j += 2;
    }
    if (j < weights.length) addMultiple(y, factor * weights[j], all[j]);
  }

  /** Call once per accepted step that `interpolate` is asked about. */
  prepareDense(): void {
    this.#dense.forEach((bend, m) => {
      bend.fill(0);
      this.#combine(DENSE[m], 1, bend);
    });
  }

  /** Writes the solution at the fraction `theta` of the last step, to order 4. */
  interpolate(theta: number, out: Float64Array): void {
    const [a, b, c] = this.#dense;
    interpolated(theta, this.#start, this.next, a, b, c, out);
  }
}
