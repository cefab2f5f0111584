/**
 * The contract a model fulfils. A model says what can be set, what is simulated, what is measured and which
 * deterministic limits predict it; engines, page and command line know nothing else about it.
 *
 * Type parameters: P the parameters, S the names of the statistics, O the names of the observables.
 * Methods are declared with method syntax so that a concrete model can be handled as `AnyModel`.
 */
import type { AnyConfig, ConfigOf, Parameters } from '../config/parameter.ts';
import type { DataSet } from '../data/dataSet.ts';
import type { Frame, Instance, Kernel } from './kernel.ts';
import type { Distributions } from './laws.ts';

export type {
  Frame,
  Instance,
  Kernel,
  Oracle,
  Segment,
  Shader,
  ShaderModule,
  Sizes,
  Span,
  Stage,
  StagedShader,
  Twin,
  Wasm,
  WideShader,
} from './kernel.ts';
export type { BinnedLaw, Distributions, Quantity } from './laws.ts';

/** A function of the statistics: one definition for every process and limit. */
export interface Observable<S extends string = string> {
  /** "population risk" */
  readonly label: string;
  /** "R" */
  readonly symbol: string;
  /** One sentence with the formula in words and symbols. */
  readonly doc: string;
  readonly scale: 'log' | 'linear';
  of(statistics: Readonly<Record<S, number>>, config: AnyConfig): number;
  /** Why this observable has no meaning under this config; undefined where it has. */
  absent?(config: AnyConfig): string | undefined;
  /** Offered only where it has a meaning; others are offered with the reason why they have none. */
  readonly optional?: true;
}

/** Width that theory gives to a curve of a limit, to be drawn around it. */
export interface Band {
  /** Name of a process: the standard deviation of one of its runs. 'limit': the standard error of the curve itself. */
  readonly around: string;
  readonly observable: string;
  /** One entry per frame of the update. */
  readonly deviation: Float64Array;
}

/** A function of two times that a limit knows, such as the correlation C(t, s) of residuals: drawn as a map. */
export interface Field {
  /** In files: "correlation". */
  readonly name: string;
  /** "correlation C(t, s)" */
  readonly label: string;
  /** Increasing, length n. */
  readonly t: Float64Array;
  /** n × n, row t, column s; NaN where it has no meaning, as a response to the future. */
  readonly values: Float64Array;
}

export interface LimitUpdate<S extends string = string> {
  /** Frames from saved time index `first` on; later updates refine and replace earlier ones. */
  readonly first: number;
  readonly frames: readonly Frame<S>[];
  /** Estimated relative error of the frames sent so far; NaN while it is not known. */
  readonly error: number;
  /** The limit ceases to exist at time t, known up to ± error. */
  readonly blowUp?: { readonly t: number; readonly error: number };
  readonly bands?: readonly Band[];
  /** All fields as they are known now; later ones replace them. */
  readonly fields?: readonly Field[];
}

/** A deterministic limit; `predicts` names the process whose mean it is. */
export interface Limit<S extends string = string> {
  readonly label: string;
  readonly doc: string;
  readonly predicts: string;
  /** Solved and drawn only when asked for. */
  readonly optional?: true;
  solve(config: AnyConfig, saveAt: Float64Array, signal: AbortSignal): AsyncIterable<LimitUpdate<S>>;
}

/** A limit solved up to the horizon, for closed forms that need it. */
export interface SolvedLimit {
  /** Recorded times. */
  readonly t: Float64Array;
  /** An observable at these times. */
  column(observable: string): Float64Array;
}

/** A closed-form fact, drawn as a guide on the chart of an observable. */
export interface Readout<O extends string = string> {
  readonly observable: O;
  /** "stability edge 2B/γ" */
  readonly label: string;
  readonly doc: string;
  /** Height of a horizontal guide, or of a curve at time t; the time of a vertical guide. */
  readonly level: number | ((t: number) => number) | { readonly time: number };
  /** Whether theory guarantees what the guide shows. */
  readonly guaranteed?: true;
}

/** What theory says about a config, in a few words. */
export interface Fact {
  /** "phase" */
  readonly label: string;
  /** "converges" */
  readonly value: string;
  /** Sentences that explain both. */
  readonly doc: string;
  /** Whether theory proves it. */
  readonly guaranteed?: true;
}

/** A named starting point with what to look at. */
export interface Preset {
  readonly name: string;
  readonly title: string;
  /** Two sentences: what to look at, and why it happens. */
  readonly doc: string;
  /** Field → text, as in a link; everything else at its default. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A formula of the model, as the build makes it from a .tex file. */
export interface Equation {
  readonly title: string;
  /** A `<math display="block">` element. */
  readonly mathml: string;
  /** What it says and what its symbols mean. */
  readonly note: string;
}

export interface Citation {
  readonly text: string;
  readonly url: string;
  readonly bibtex: string;
}

/** How a finite-d study compares a dimension with its limit. */
export interface FiniteSize {
  /** The config in another dimension. */
  at(config: AnyConfig, dimension: number): AnyConfig;
  /** Which limit that is, in one sentence. */
  note(config: AnyConfig): string;
  /** Every dimension has one and the same limit, which is solved once. */
  readonly sameLimit?: true;
}

/** A small picture beside a parameter: ascending values as a histogram or spikes, whichever reads better. */
export interface Sketch {
  /** "eigenvalues" */
  readonly label: string;
  readonly values: Float64Array;
}

/** What there is to read about a model. */
export interface Texts {
  readonly equations: readonly Equation[];
  readonly citations: readonly Citation[];
}

/** What there is to tell about a model before it is loaded. */
export interface About {
  /** As in links: "dln". */
  readonly name: string;
  /** "Diagonal linear network" */
  readonly label: string;
  /** One sentence. */
  readonly doc: string;
}

export interface Model<P extends Parameters, S extends string, O extends string> extends About {
  readonly parameters: P;
  /** Iterations per unit of t. */
  clock(config: ConfigOf<P>): number;
  /** Samples that one iteration uses. */
  samplesPerIteration(config: ConfigOf<P>): number;
  /** Time in which every sample is visited once on average; a model without this never sees one twice. */
  epoch?(config: ConfigOf<P>): number;
  /** Why these values do not go together, in one sentence that names them and what is expected; undefined where they do. */
  problem?(config: ConfigOf<P>): string | undefined;
  /** The values with which a data set that has been opened takes effect; a model without this takes no files. */
  opened?(dataSet: DataSet): AnyConfig;
  instance(config: ConfigOf<P>): Instance;
  /** What a reader should know about this config: rounding of proportions, … */
  remarks(config: ConfigOf<P>): readonly string[];
  readonly statistics: readonly S[];
  readonly observables: Readonly<Record<O, Observable<S>>>;
  /** Observables that the page shows at first. */
  readonly shown: readonly O[];
  readonly processes: Readonly<Record<string, Kernel<S>>>;
  readonly limits: Readonly<Record<string, Limit<S>>>;
  readonly distributions?: Distributions;
  /** Guides; those that need the solved limit are left out without it. */
  readouts(config: ConfigOf<P>, limit?: SolvedLimit): readonly Readout<O>[];
  /** What the solved limit shows; `blowsUp`: it ceases to exist before the horizon. */
  facts?(config: ConfigOf<P>, limit: SolvedLimit, blowsUp: boolean): readonly Fact[];
  /** Without it every dimension is compared with the limit as it is. */
  readonly finiteSize?: FiniteSize;
  /** What is drawn beside the parameter of this key, if anything. */
  sketch?(key: string, config: ConfigOf<P>): Sketch | undefined;
  readonly presets: readonly Preset[];
  /** Not part of the first load. */
  texts(): Promise<Texts>;
}

export type AnyModel = Model<Parameters, string, string>;
