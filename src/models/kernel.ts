/** What simulates a process: the oracle, slow and obvious, and its twins on GPU and CPU. Part of the contract in model.ts. */
import type { AnyConfig } from '../config/parameter.ts';

/**
 * Arrays shared by all runs, processes and limits of one config, by name (eigenvalue, teacher, …). What has one number
 * per coordinate has length d; m such vectors are one array of length m·d, vector after vector.
 */
export type Instance = Readonly<Record<string, Float64Array>>;

/** Consecutive steps of equal length: step indices step … step+steps−1, the first one starting at time t. */
export interface Span {
  readonly step: number;
  readonly steps: number;
  /** Time at the start of the span, one unit = d iterations. */
  readonly t: number;
  /** Time per step. */
  readonly dt: number;
}

/** A span that ends at a recorded time. A segment of 0 steps records the state as it stands. */
export interface Segment extends Span {
  /** The recorded time. */
  readonly end: number;
}

/** One recorded time of one process or limit. */
export interface Frame<S extends string = string> {
  readonly t: number;
  /** One entry per run (limits: one entry); NaN for a run that has diverged. */
  readonly values: Readonly<Record<S, Float64Array>>;
  /** Time at which each run diverged, NaN while it is finite. */
  readonly blowUp: Float64Array;
  /** Where histograms are asked for, summed over finite runs: for each group below, bin after bin, above. */
  readonly counts?: Uint32Array;
}

/** The slow, obvious simulation of one run in float64: the reference for every faster kernel. */
export interface Oracle<S extends string = string> {
  /** Advance by all steps of the span, or to the step where the run diverges. */
  advance(span: Span): void;
  /** Means over the d coordinates at the present state. */
  statistics(): Record<S, number>;
  /** What `advance` does, in pieces: for steps that may take long alone. */
  advancing?(span: Span): Generator<void>;
  /** What `statistics` would otherwise have to do first, in pieces. */
  measuring?(): Generator<void>;
  /** A quantity of `Distributions` at the present state, by coordinate. */
  coordinates?(quantity: string): Float64Array;
  /** Time at which the run diverged, NaN while it is finite; a diverged run stays where it was. */
  readonly blowUp: number;
}

/** A WGSL source file; an ordered list of them is concatenated into one shader. */
export interface ShaderModule {
  /** Path under shaders/, for error messages. */
  readonly name: string;
  readonly code: string;
  /** Takes its place on devices with subgroups. */
  readonly subgroups?: ShaderModule;
}

/** What the faster twins of an oracle start from. Arrays are in order of coordinates; engines rearrange them. */
export interface Twin<Values = Float32Array> {
  /** What this kernel cannot do under this config, in one sentence; undefined where it can. */
  refusal?(config: AnyConfig): string | undefined;
  /** Values of a kernel's parameters by name, without those that the engine fills in (dimension, runs, …). */
  params(config: AnyConfig, instance: Instance): Record<string, number>;
  /** Read-only arrays of length m·d, m vectors one after the other, the same for all runs. */
  instance(config: AnyConfig, instance: Instance): Record<string, Float32Array>;
  /** Read-only arrays of any length, the same for all runs, which engines take as they are; none by default. */
  tables?(config: AnyConfig, instance: Instance): Record<string, Float32Array>;
  /** Initial state of one run: arrays of length m·d as in `instance`, and arrays of length 1 for per-run scalars. */
  state(config: AnyConfig, instance: Instance, run: number): Record<string, Values>;
  /** Values that padding coordinates beyond d take, by state or instance array; 0 where not listed. */
  readonly padding: Readonly<Record<string, number>>;
}

/**
 * The GPU twin of an oracle. Its modules declare `struct Params` and `struct Statistics` (4-byte scalars, matched by
 * name) and storage bindings matched by variable name with the arrays of `instance`, `tables` and `state`. Where the
 * type is `array<vec4f>`, vector k of m vectors starts at element k⌈d/4⌉, that of run r at (rm + k)⌈d/4⌉; coordinate
 * w⌈d/4⌉ + j is component w of its element j. Other types hold the numbers in their order, as tables do.
 *
 * An entry point adds `span.run` to the number of the run that its workgroup has, and with many workgroups per run
 * `span.part` to the number of its part: so a step that would take too long is cut into pieces.
 */
export interface Shader extends Twin {
  /** Largest m of an array of `state`; 1 by default. */
  vectors?(config: AnyConfig): number;
  /** Choices pick modules; numbers are members of `struct Params`, so that a slider compiles nothing. Loaded when asked for. */
  modules(config: AnyConfig): Promise<readonly ShaderModule[]>;
  /** Largest dimension that one workgroup holds, which is what `modules` use for a run. */
  readonly maxDimension: number;
  /** For larger dimensions; without it they are refused. */
  readonly wide?: WideShader | undefined;
  /**
   * The kernel that counts quantity number QUANTITY of `Distributions`, with shaders/lib/histogram.wgsl; bindings
   * named as in `modules` are the same arrays.
   */
  coordinates?(): Promise<readonly ShaderModule[]>;
}

/**
 * The same kernel with PARTS workgroups for each run, run y being workgroups (x, y). One dispatch leaves sums to the
 * next one in the storage array `partials`, and takes one step or, when its span has none, prepares the first one.
 * Entry point `measure` leaves the sums of the statistics, `conclude`, with one workgroup per run, stores them.
 */
export interface WideShader {
  modules(config: AnyConfig): Promise<readonly ShaderModule[]>;
  /** Entry points that take a step, in order; the last one also prepares. */
  readonly step: readonly string[];
  /** Sums that a workgroup leaves: `partials` begins with 2·rows·PARTS·runs of them. */
  rows(config: AnyConfig): number;
  /** Further numbers of each run behind the sums, kept from one dispatch to the next; none by default. */
  held?(config: AnyConfig): number;
  /** What it costs to record, in steps, roughly. */
  record(config: AnyConfig): number;
}

/** An entry point with so many workgroups for each run: workgroup (x, y) is part x of run y. */
export interface Stage {
  readonly entry: string;
  parts(config: AnyConfig): number;
}

/**
 * A GPU twin in the form of lists of stages: every stage is over before the next one begins. Modules and bindings are
 * those of `Shader`; `span.steps` is 0 in a dispatch that prepares.
 */
export interface StagedShader extends Twin {
  vectors?(config: AnyConfig): number;
  coordinates?(): Promise<readonly ShaderModule[]>;
  modules(config: AnyConfig): Promise<readonly ShaderModule[]>;
  /** Before the first step, and again where a run goes on after a loss of the device. */
  readonly prepare: readonly Stage[];
  readonly step: readonly Stage[];
  /** Stores the statistics of the present state. */
  readonly record: readonly Stage[];
  /** Steps that one dispatch of `step` takes at most. */
  readonly longest: number;
  /** Lengths of the arrays that are 0 at first and are not kept when the device is lost, none above `most`. */
  scratch(config: AnyConfig, most: number): Record<string, number>;
  /** What it costs to prepare and to record, in steps. */
  sizes(config: AnyConfig): Sizes;
}

export interface Sizes {
  readonly prepare: number;
  readonly record: number;
}

/**
 * The CPU twin of an oracle: a WebAssembly module that exports its memory, mutable variables and two functions.
 * Matched by name with the variables are params, seed, dimension, run and statistics, and as addresses the arrays of
 * `instance`, `tables`, `state` and `scratch`. A vector is in float32 and in groups of 16: number 16g + 4w + l is
 * coordinate w⌈d/4⌉ + 4g + l, and the next vector of the array starts 64⌈d/16⌉ bytes later. Arrays of length 1, tables
 * and scratch of a length other than m·d are plain.
 */
export interface Wasm extends Twin<Float32Array | Float64Array> {
  /** Loads the module, in base64. */
  binary(): Promise<string>;
  /** Exported (step, steps, t, dt) → number: takes a span's steps, or all before a divergence; returns how many. */
  readonly advance: string;
  /** Exported () → void: sets the statistics of the present state. Without it `statistics` gives all. */
  readonly measure?: string;
  /**
   * Functions that the module imports from "model". `array` gives, when called there, the float64 numbers from the
   * address that the module exports by that name.
   */
  imports?(
    config: AnyConfig,
    instance: Instance,
    array: (name: string, length: number) => () => Float64Array,
  ): Record<string, (...values: number[]) => number>;
  /** Lengths of the arrays that hold nothing between calls. */
  scratch(config: AnyConfig): Record<string, number>;
  /** Statistics that `measure` does not set, from the arrays of `state` as they are now. */
  statistics?(
    state: () => Readonly<Record<string, Float32Array | Float64Array>>,
    config: AnyConfig,
    instance: Instance,
  ): Record<string, number>;
  /** A quantity of `Distributions`, by coordinate, from the arrays of `state`. */
  coordinates?(
    quantity: string,
    state: Readonly<Record<string, Float32Array | Float64Array>>,
    config: AnyConfig,
    instance: Instance,
  ): Float64Array;
}

/** A stochastic process that is simulated: SGD, its SDE, … */
export interface Kernel<S extends string = string> {
  /** "SGD", as legends show it. */
  readonly label: string;
  readonly doc: string;
  /** The steps to take between recorded times; SGD rounds times to whole iterations. */
  plan(config: AnyConfig, saveAt: Float64Array): readonly Segment[];
  /** Precision of an observable that decays, relative to its start: what falls below is rounding. */
  readonly floor?: number;
  /** Coordinate-steps that one step of one run costs. */
  cost(config: AnyConfig): number;
  /** Coordinate-steps that it costs to record one run once; 0 by default. */
  recordCost?(config: AnyConfig): number;
  oracle(config: AnyConfig, instance: Instance, run: number): Oracle<S>;
  /** Loads the same oracle on faster arithmetic, for machines with WebAssembly SIMD; where there is no `wasm`. */
  quick?(): Promise<Kernel<S>['oracle']>;
  /** Without it only the CPU runs the process. */
  readonly shader?: Shader | StagedShader;
  /** Without it, or where it refuses, the CPU runs the oracle. */
  readonly wasm?: Wasm;
}
