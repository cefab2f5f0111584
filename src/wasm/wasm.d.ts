/** An AssemblyScript entry, compiled while building (see vite.config.ts): its WebAssembly module in base64. */
declare module '*.ts?wasm' {
  const base64: string;
  export default base64;
}
