/**
 * Runs a bench: `npm run bench` the kernels, `npm run bench multipass` those of multi-pass SGD, `npm run bench limit` the
 * solver of the limit, bundled for Node; in a browser `npm run bench blocks` how long the page is blocked, `npm run
 * bench soak` what it keeps.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const entry = process.argv[2] ?? 'main';
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

async function bundle() {
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
  return join(root, 'dist-cli/bench/bench.js');
}

const script = join(root, `test/bench/${entry}.mjs`);
await import(pathToFileURL(existsSync(script) ? script : await bundle()).href);
