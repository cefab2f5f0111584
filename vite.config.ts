import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import temml from 'temml';
import { minifySync, type ConfigEnv, type Plugin, type UserConfig } from 'vite';
import { configDefaults, defineConfig, type ViteUserConfig } from 'vitest/config';
import { browserArgs, findBrowser } from './test/ensureBrowser.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const isPageBuild = (config: UserConfig, { command }: ConfigEnv) => command === 'build' && !config.build?.ssr;

/** Paths relative to `folder` of all files in it, sorted, with / on every system. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/**
 * Formulas become MathML while building, so that the page needs no TeX. A .tex file is a list of blocks
 * separated by blank lines; comment lines before the formula are its title, those after it a note:
 *
 *     % Population risk
 *     R = \tfrac12 \sum_i \lambda_i (\beta_i - \beta^*_i)^2
 *     % Expected loss of a fresh sample without its label noise.
 */
function texToMathml(): Plugin {
  function toEquation(block: string, file: string) {
    const match = /^((?:%.*\n)+)((?:[^%].*\n)+)((?:%.*\n)*)$/.exec(`${block.trim()}\n`);
    if (!match) throw new Error(`${file}: expected % title, formula, % note, got: ${block}`);
    const [, title = '', tex = '', note = ''] = match;
    const text = (comment: string) => comment.replace(/^% ?/gm, '').trim().replace(/\s+/g, ' ');
    return {
      title: text(title),
      mathml: temml.renderToString(tex, { displayMode: true, throwOnError: true }),
      note: text(note),
    };
  }
  return {
    name: 'tex-to-mathml',
    transform(code, id) {
      if (!id.endsWith('.tex')) return null;
      const blocks = code.split(/\n\s*\n/).filter((block) => block.trim() !== '');
      const equations = blocks.map((block) => toEquation(block, id));
      return { code: `export default ${JSON.stringify(equations)}`, map: null };
    },
  };
}

/**
 * An import of `x.ts?wasm` is the WebAssembly module that AssemblyScript makes of x.ts, in base64: see src/wasm. It
 * takes seconds, so what is made of the same sources is kept.
 */
function assemblyScript(): Plugin {
  const options = ['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'stub', '--disableWarning', '112'];
  async function compile(entry: string): Promise<Uint8Array> {
    const { default: asc } = await import('assemblyscript/asc');
    let binary: Uint8Array = new Uint8Array();
    const { error, stderr } = await asc.main([entry, '--outFile', 'out.wasm', ...options], {
      readFile: (name: string) => (existsSync(name) ? readFileSync(name, 'utf8') : null),
      writeFile: (_name: string, contents: Uint8Array | string) => {
        if (typeof contents !== 'string') binary = contents;
      },
    });
    if (error) throw new Error(`${entry}: ${error.message}\n${stderr.toString()}`);
    return binary;
  }
  return {
    name: 'assembly-script',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith('.ts?wasm')) return null;
      const entry = relative('.', id.slice(0, -'?wasm'.length));
      const hash = createHash('sha256').update(JSON.stringify([entry, options]));
      const sources = filesBelow('src/wasm/assembly').map((file) => `src/wasm/assembly/${file}`);
      for (const file of ['package-lock.json', ...sources]) {
        this.addWatchFile(resolve(file));
        hash.update(readFileSync(file));
      }
      const kept = join('node_modules/.cache/assembly-script', `${hash.digest('hex').slice(0, 16)}.wasm`);
      if (!existsSync(kept)) {
        mkdirSync(dirname(kept), { recursive: true });
        const unfinished = `${kept}.${process.pid}`;
        writeFileSync(unfinished, await compile(entry));
        renameSync(unfinished, kept);
      }
      return { code: `export default '${readFileSync(kept, 'base64')}'`, map: null };
    },
  };
}

/**
 * Vite bundles a worker on its own, with a second copy of all that it shares with the page. Here the worker is one
 * more entry of the page's bundle, so that the models are loaded once.
 */
function workerAsEntry(): Plugin {
  const address = "new URL('../worker.ts', import.meta.url)";
  return {
    name: 'worker-as-entry',
    apply: isPageBuild,
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/src/engine/browserPort.ts')) return null;
      if (!code.includes(address)) throw new Error(`${id}: expected ${address}`);
      const entry = this.emitFile({ type: 'chunk', id: join(id, '../../worker.ts'), name: 'worker' });
      return { code: code.replace(address, `import.meta.ROLLUP_FILE_URL_${entry}`), map: null };
    },
  };
}

/**
 * What minifiers leave alone: comments and indentation of shaders (line numbers stay; WGSL has no strings to mistake
 * for comments), and the indentation of HTML and CSS in the templates of src/ui.
 */
function bareText(): Plugin {
  return {
    name: 'bare-text',
    apply: isPageBuild,
    enforce: 'pre',
    load(id) {
      if (!id.endsWith('.wgsl?raw')) return null;
      const shader = readFileSync(id.slice(0, -'?raw'.length), 'utf8');
      return `export default ${JSON.stringify(shader.replace(/[ \t]*\/\/.*$|^[ \t]+/gm, ''))}`;
    },
    transform(code, id) {
      if (!/\/src\/ui\/.+\.ts$/.test(id)) return null;
      return { code: code.replace(/^[ \t]+/gm, ''), map: null };
    },
  };
}

/** Lists every file of the finished build, with a hash over all of them, for public/sw.js to keep; minifies that. */
function precacheList(): Plugin {
  return {
    name: 'precache-list',
    apply: isPageBuild,
    writeBundle({ dir }) {
      if (dir === undefined) throw new Error('precache-list: expected an output folder');
      const files = filesBelow(dir).filter((file) => file !== 'sw.js' && file !== 'precache.js');
      const hash = createHash('sha256');
      for (const file of files) hash.update(file).update(readFileSync(join(dir, file)));
      const list = { version: hash.digest('hex').slice(0, 16), files };
      writeFileSync(join(dir, 'precache.js'), `self.precache = ${JSON.stringify(list)};\n`);
      const worker = join(dir, 'sw.js');
      writeFileSync(worker, minifySync(worker, readFileSync(worker, 'utf8')).code);
    },
  };
}

/** A lazy chunk needs nothing that the page has not loaded before: no list of files to load with it. */
const forThePageOnly = (_file: string, files: string[], { hostType }: { hostType: 'html' | 'js' }) =>
  hostType === 'html' ? files : [];

interface ModuleGraph {
  getModuleInfo(
    id: string,
  ): { readonly importedIds: readonly string[]; readonly dynamicallyImportedIds: readonly string[] } | null;
}

/** Whether an entry imports this module, by itself or through others, before it runs; or at `anyTime`. */
function isLoadedBy(entry: string, id: string, graph: ModuleGraph, anyTime = false): boolean {
  const seen = new Set<string>();
  const visit = (at: string) => {
    if (seen.has(at)) return;
    seen.add(at);
    const found = graph.getModuleInfo(at);
    found?.importedIds.forEach(visit);
    if (anyTime) found?.dynamicallyImportedIds.forEach(visit);
  };
  visit(resolve(entry));
  return id !== resolve(entry) && seen.has(id);
}

/**
 * What is loaded at once goes into two files: what the worker needs, and the rest of the page. What is loaded when
 * asked for has a folder of its own, where what solves the limit of the first model, which a worker asks for at once,
 * is one file: .size-limit.json counts what comes without, and with it.
 */
const files = { 'src/worker.ts': 'models', 'src/main.ts': 'page', 'src/models/dln/solvers.ts': 'dlnLimit' };
/** The file of the page runs on no worker: what one may ask for later must not be in it. */
const shared = (id: string, graph: ModuleGraph) =>
  isLoadedBy('src/main.ts', id, graph) &&
  isLoadedBy('src/worker.ts', id, graph, true) &&
  !isLoadedBy('src/worker.ts', id, graph);
const output = {
  codeSplitting: {
    groups: [
      { name: (id: string, graph: ModuleGraph) => (shared(id, graph) ? 'shared' : null), priority: 4 },
      ...Object.entries(files).map(([entry, name], i) => ({
        name: (id: string, graph: ModuleGraph) => (isLoadedBy(entry, id, graph) ? name : null),
        priority: 3 - i,
      })),
    ],
  },
  chunkFileNames: ({ name }: { name: string }) =>
    `assets/${['worker', 'models', 'shared', 'page'].includes(name) ? '' : 'lazy/'}[name]-[hash].js`,
};

export default defineConfig((): ViteUserConfig => {
  // Only tests need one, and looking for it takes a moment.
  const executablePath = process.env.VITEST ? findBrowser() : undefined;
  return {
    // Relative addresses: the build works from any folder of any server.
    base: './',
    define: { __VERSION__: JSON.stringify(version) },
    plugins: [texToMathml(), assemblyScript(), workerAsEntry(), bareText(), precacheList()],
    worker: { format: 'es' },
    build: {
      target: 'es2022',
      modulePreload: { polyfill: false, resolveDependencies: forThePageOnly },
      rolldownOptions: { output },
    },
    test: {
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            include: ['test/**/*.test.ts'],
            exclude: [...configDefaults.exclude, 'test/gpu/**'],
            testTimeout: 60_000,
          },
        },
        {
          extends: true,
          test: {
            name: 'gpu',
            include: ['test/gpu/**/*.test.ts'],
            testTimeout: 120_000,
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({
                launchOptions: { args: browserArgs, ...(executablePath && { executablePath }) },
              }),
              instances: [{ browser: 'chromium' }],
            },
          },
        },
        {
          extends: true,
          test: {
            name: 'verify',
            include: ['test/verify/**/*.verify.ts'],
            testTimeout: 3_600_000,
            fileParallelism: false,
          },
        },
      ],
    },
  };
});
