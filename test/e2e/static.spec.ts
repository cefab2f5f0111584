/** The build is a folder of files: any server will do, below any path, once. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';

/** The run has begun: worker, models and page are all there. */
async function showsARun(page: Page): Promise<void> {
  await expect(page.getByText('coordinate-steps/s')).toBeVisible();
}

test('asks no other host, and works offline after the first visit', async ({ page, context, baseURL }) => {
  const foreign: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(baseURL!)) foreign.push(request.url());
  });
  await page.goto('./');
  await showsARun(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

  await context.setOffline(true);
  // Without a network the very same request fails when no service worker answers it.
  await expect(page.evaluate(() => fetch('./precache.js?').then((r) => r.ok))).rejects.toThrow();
  await page.reload();
  await showsARun(page);
  const again = await context.newPage();
  await again.goto('./?again#v=1&dimension=64');
  await showsARun(again);
  // What is loaded only when asked for is there as well.
  await again.getByRole('button', { name: 'Equations and papers' }).click();
  await expect(again.getByRole('dialog').locator('math').first()).toBeVisible();
  expect(foreign).toEqual([]);
});

test('works below any path', async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const folder = 'http://localhost:9/any/folder/';
  const missing: string[] = [];
  await context.route('**/*', (route) => {
    const { href, pathname } = new URL(route.request().url());
    const path = pathname.slice('/any/folder/'.length) || 'index.html';
    if (href.startsWith(folder) && existsSync(join('dist', path))) {
      return route.fulfill({ path: join('dist', path) });
    }
    missing.push(href);
    return route.fulfill({ status: 404 });
  });
  const page = await context.newPage();
  await page.goto(folder);
  await showsARun(page);
  expect(missing).toEqual([]);
  await context.close();
});
