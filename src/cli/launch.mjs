/**
 * Runs the command line from dist-cli/simulate.js, which it builds when that is missing or older than what it is
 * made of. Plain JavaScript, because this runs before anything is built.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const bundle = join(root, 'dist-cli/simulate.js');

/** Time of the last change below `path`; that of a folder tells of deleted files. */
function changed(path) {
  const stat = statSync(path);
  const inside = stat.isDirectory() ? readdirSync(path).map((name) => changed(join(path, name))) : [];
  return Math.max(stat.mtimeMs, ...inside);
}

function isStale() {
  const built = statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return ['src', 'shaders', 'package.json', 'vite.config.ts'].some(
    (path) => changed(join(root, path)) > built,
  );
}

async function build() {
  const { build: viteBuild } = await import('vite');
  const start = new Date();
  // Two commands started at once must not see each other's half-written file.
  const folder = join(root, `dist-cli/build-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    await viteBuild({
      root,
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'error',
      ssr: { noExternal: true },
      build: {
        ssr: 'src/cli/main.ts',
        outDir: folder,
        target: 'node20',
        copyPublicDir: false,
        rolldownOptions: { output: { entryFileNames: 'simulate.js', codeSplitting: false } },
      },
    });
    // A file saved while building is newer than this.
    utimesSync(join(folder, 'simulate.js'), start, start);
    renameSync(join(folder, 'simulate.js'), bundle);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (isStale()) await build();
await import(pathToFileURL(bundle).href);
