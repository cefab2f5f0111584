/** The law of the coordinates: live, dragged through time, exported, closed. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, exported, finished, open, small, test } from './page.ts';

const view = (page: Page) => page.locator('sgd-distribution');
const time = (page: Page) => view(page).getByRole('slider', { name: 'Time' });
const shown = (page: Page) => view(page).locator('.time output');

test('a link shows the law of every class, which follows the run to its end', async ({ page }) => {
  await open(page, `${small}&distribution=beta`);
  await finished(page);
  await expect(view(page).getByRole('img')).toHaveCount(2);
  await expect(view(page).getByRole('img').first()).toHaveAccessibleName(
    /^β\* = 0: law of β, .* distance to the limit SGD 0\.\d+, SDE 0\.\d+/,
  );
  await expect(shown(page)).toHaveText('t = 2.00');
});

test('keys move the time, "live" follows the run again, and pointing at a chart shows its time', async ({
  page,
}) => {
  await open(page, `${small}&distribution=xi`);
  await finished(page);
  await time(page).focus();
  await page.keyboard.press('Home');
  await expect(shown(page)).toHaveText('t = 0');
  await expect(view(page).getByRole('img').first()).toHaveAccessibleName(/all at ξ = 0/);
  await page.keyboard.press('ArrowRight');
  await expect(shown(page)).not.toHaveText('t = 0');
  await view(page).getByRole('button', { name: 'live' }).click();
  await expect(shown(page)).toHaveText('t = 2.00');
  const plot = (await page.locator('sgd-chart .u-over').first().boundingBox())!;
  await page.mouse.move(plot.x + plot.width / 2, plot.y + plot.height / 2);
  await expect(shown(page)).toHaveText(/t = (0\.9\d+|1\.0\d)$/);
});

test('playing runs through all times', async ({ page }) => {
  await open(page, `${small}&distribution=beta`);
  await finished(page);
  await view(page).getByRole('button', { name: 'Play through the times' }).click();
  await expect(shown(page)).toHaveText(/t = 0\.\d/);
  await expect(view(page).getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(shown(page)).toHaveText('t = 2.00');
  await expect(view(page).getByRole('button', { name: 'Play through the times' })).toBeVisible();
});

test('it is chosen among the settings, kept in the link, and closed', async ({ page }) => {
  await open(page, small);
  await expect(view(page)).toHaveCount(0);
  await page.locator('sgd-parameter[key=distribution] select').selectOption('beta');
  await expect(view(page).getByRole('img')).toHaveCount(2);
  await expect(page).toHaveURL(/distribution=beta/);
  await page.locator('sgd-parameter[key=logDensity] input').check();
  await expect(page).toHaveURL(/logDensity=true/);
  await view(page).getByRole('button', { name: 'Close the law' }).click();
  await expect(view(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(/distribution/);
});

test('the time shown leaves as CSV', async ({ page }) => {
  await open(page, `${small}&distribution=beta`);
  await finished(page);
  await view(page).getByRole('button', { name: 'Save the law' }).click();
  const waiting = page.waitForEvent('download');
  await view(page).getByRole('button', { name: 'CSV of this time' }).click();
  expect((await waiting).suggestedFilename()).toBe('sgdscope-dln-law-beta.csv');
});

test('charts leave as before beside the law', async ({ page }) => {
  await open(page, `${small}&distribution=beta`);
  await finished(page);
  expect((await exported(page, 'CSV of all points')).content.toString()).toContain('sgd,risk,mean,');
});

for (const [screen, viewport] of Object.entries({
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
})) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing: ${screen}, ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await open(page, `${small}&distribution=beta`);
      await finished(page);
      await expect(view(page).getByRole('img')).toHaveCount(2);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        viewport.width,
      );
    });
  }
}
