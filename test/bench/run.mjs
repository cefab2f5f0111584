/** Bundles a bench for Node and runs it: `npm run bench` the kernels, `npm run bench limit` the solver of the limit. */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const entry = process.argv[2] ?? 'main';
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

await build({
  root,
  configFile: join(root, 'vite.config.ts'),
  logLevel: 'error',
  ssr: { noExternal: true },
  build: {
    ssr: `test/bench/${entry}.ts`,
    outDir: join(root, 'dist-cli/bench'),
    emptyOutDir: true,
    target: 'node20',
    copyPublicDir: false,
    rolldownOptions: { output: { entryFileNames: 'bench.js', codeSplitting: false } },
  },
});
await import(pathToFileURL(join(root, 'dist-cli/bench/bench.js')).href);
