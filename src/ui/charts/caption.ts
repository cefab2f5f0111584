/** What exported pictures and tables say about an experiment. */
export interface Caption {
  /** "Diagonal linear network" */
  readonly title: string;
  /** "d = 1024, γ = 0.5, …" */
  readonly parameters: string;
  /** Address that reproduces the experiment. */
  readonly link: string;
  /** "sgdscope 0.1.0" */
  readonly version: string;
  /** "cpu, 2 workers" */
  readonly engine: string;
}
