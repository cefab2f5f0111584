/**
 * The browser that tests run in. `findBrowser` is what vite.config.ts and the Playwright configuration use;
 * run as a program, this file installs a browser where there is none, or says in one line what to install.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';

/** WebGPU on Chromium's own software adapter, so that every machine tests the same device. */
export const browserArgs = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--no-sandbox'];

const WELL_KNOWN = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe')),
];

/** Present and able to start: a downloaded Chromium without its system libraries is not. */
function starts(path) {
  if (!existsSync(path)) return false;
  // On Windows --version opens a window.
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0;
}

/**
 * Path of a Chrome or Chromium: $CHROMIUM, Playwright's own, or one in a usual place; undefined if there is none.
 * Throws where $CHROMIUM is set to something that does not start.
 */
export function findBrowser() {
  const chosen = process.env.CHROMIUM;
  if (chosen) {
    if (!starts(chosen)) throw new Error(`CHROMIUM is ${chosen}: expected the path of a Chrome or Chromium`);
    return chosen;
  }
  return [chromium.executablePath(), ...WELL_KNOWN].find(starts);
}

/** What these print belongs to whoever reads the test's log, not to its standard output. */
function run(command, args, env, errors) {
  const stdio = ['ignore', 2, errors];
  return spawnSync(command, args, { stdio, env: { ...process.env, ...env } }).status === 0;
}

function playwright(...args) {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
  const env = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
  // It reports every failed mirror at length; that there is no browser is what ensureBrowser says.
  return run(process.execPath, [cli, ...args], env, 'ignore');
}

function aptGet(...args) {
  return run('apt-get', args, { DEBIAN_FRONTEND: 'noninteractive' }, 2);
}

function isDebian() {
  return existsSync('/etc/debian_version') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** The least intrusive way first; each is tried only while there is no browser that starts. */
function install() {
  console.error('no browser found: trying to install one');
  const root = process.getuid?.() === 0;
  const downloaded = playwright('install', '--no-shell', 'chromium');
  if (downloaded && !findBrowser() && root) playwright('install-deps', 'chromium');
  if (!findBrowser() && root && isDebian()) {
    aptGet('update');
    aptGet('install', '-y', '--no-install-recommends', 'chromium');
  }
}

function ensureBrowser() {
  if (!findBrowser()) install();
  const path = findBrowser();
  if (path) {
    console.log(`browser: ${path}`);
    return;
  }
  console.error(
    'no Chrome or Chromium that starts: install one (Debian: apt-get install chromium, ' +
      'elsewhere: npx playwright install --with-deps chromium) or set CHROMIUM to its path',
  );
  process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  try {
    ensureBrowser();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
