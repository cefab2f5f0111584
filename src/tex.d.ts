/** Formulas of a .tex file, turned into MathML while building (see vite.config.ts). */
declare module '*.tex' {
  const equations: readonly {
    readonly title: string;
    /** A `<math display="block">` element. */
    readonly mathml: string;
    readonly note: string;
  }[];
  export default equations;
}

/** Version of this program, from package.json. */
declare const __VERSION__: string;
