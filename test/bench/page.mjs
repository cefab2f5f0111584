/** The production page in a headless browser of its own: for benches that look at the whole page. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { browserArgs, findBrowser } from '../ensureBrowser.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * The built page on a free port, or another one of the repository; `open(fields, script)` shows it with these fields,
 * after running `script` in it.
 */
export async function startPage(input = 'index.html') {
  const outDir = mkdtempSync(join(tmpdir(), 'sgdscope-'));
  const configFile = join(root, 'vite.config.ts');
  await build({
    root,
    configFile,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: join(root, input) } },
  });
  const server = await preview({ root, configFile, build: { outDir }, preview: { port: 0 } });
  const executablePath = findBrowser();
  const args = [...browserArgs, '--enable-precise-memory-info', '--js-flags=--expose-gc'];
  const browsers = [];
  return {
    async open(fields, script) {
      // One for each page: what is left over on the adapter of one must not hold up another.
      const browser = await chromium.launch({ args, ...(executablePath && { executablePath }) });
      browsers.push(browser);
      const page = await browser.newPage({ serviceWorkers: 'block' });
      page.on('pageerror', (error) => console.error(`page: ${error.message}`));
      if (script) await page.addInitScript(script);
      await page.goto(`${server.resolvedUrls.local[0]}${input}#v=1&${fields}`);
      return page;
    },
    async close() {
      for (const browser of browsers) await browser.close();
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}
