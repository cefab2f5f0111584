/** Loads WebAssembly modules that the build has made of src/wasm/assembly. */

/** A function of no arguments that returns a vector: valid only where there is SIMD. */
const PROBE = [
  0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0, 10, 8, 1, 6, 0, 0x41, 0, 0xfd,
  15, 0x0b,
];

/** Why the modules cannot run here; undefined where they can. */
export function missingSimd(): string | undefined {
  if (typeof WebAssembly === 'undefined') return 'no WebAssembly';
  return WebAssembly.validate(Uint8Array.from(PROBE)) ? undefined : 'no WebAssembly SIMD';
}

const compiled = new Map<string, WebAssembly.Module>();

/** Functions that a module imports from "model". */
export type ModelFunctions = Readonly<Record<string, (...values: number[]) => number>>;

/** A fresh instance of the module with this base64 text; every text is compiled once. */
export function instantiate(base64: string, model: ModelFunctions = {}): WebAssembly.Exports {
  let module = compiled.get(base64);
  if (!module) {
    module = new WebAssembly.Module(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
    compiled.set(base64, module);
  }
  return new WebAssembly.Instance(module, { model }).exports;
}
