/** End-to-end tests: the production build, as `vite preview` serves it. */
import { defineConfig } from '@playwright/test';
import { browserArgs, findBrowser } from '../ensureBrowser.mjs';

const executablePath = findBrowser();
const url = 'http://localhost:4519/';

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  reporter: 'list',
  forbidOnly: true,
  // The page runs simulations in workers: a second page at a time would only slow both.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 30_000 },
  use: {
    baseURL: url,
    launchOptions: { args: browserArgs, ...(executablePath && { executablePath }) },
  },
  webServer: {
    command: 'npx vite preview --port 4519 --strictPort',
    cwd: '../..',
    url,
    reuseExistingServer: false,
  },
});
