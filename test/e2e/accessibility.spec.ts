/** The page for those who do not see it, do not point at it, or hold it in a hand. */
import { expect, finished, open, slider, test, violations } from './page.ts';

/** Elements of the dialogs by the buttons that open them. */
const dialogs = {
  'Equations and papers': 'sgd-equations',
  'Keys and help': 'sgd-help',
  'Finite-d study': 'sgd-study',
};

const screens = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

for (const [screen, viewport] of Object.entries(screens)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing: ${screen}, ${colorScheme}`, async ({ page }) => {
      // A dark page differs in its colours alone.
      const found = (element = '') => violations(page, element, colorScheme === 'dark');
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await open(page, 'dimension=64&runs=2&horizon=1&stepSize=4&bad=1');
      await finished(page);
      if (screen === 'phone') await page.getByRole('button', { name: 'Settings' }).click();
      else await page.keyboard.press('p');
      expect(await found()).toEqual([]);
      await page.getByRole('button', { name: 'Presets' }).click();
      expect(await found('sgd-bar')).toEqual([]);
      await page.keyboard.press('Escape');
      for (const [entry, element] of Object.entries(dialogs)) {
        if (screen === 'phone') await page.getByRole('button', { name: 'More' }).click();
        await page.getByRole('button', { name: entry }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        expect(await found(element)).toEqual([]);
        await page.keyboard.press('Escape');
      }
    });
  }
}

test('everything is reached with the keyboard alone', async ({ page }) => {
  await open(page);
  const reached = new Set<string>();
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    });
    reached.add(name);
  }
  const names = [...reached].join('\n');
  for (const expected of [
    /^Presets$/m,
    /^Export$/m,
    /^step size$/m,
    /^step size, value$/m,
    /population risk/,
  ]) {
    expect(names).toMatch(expected);
  }
});

test('on a phone the charts come first and the settings in a drawer', async ({ page }) => {
  await page.setViewportSize(screens.phone);
  await open(page);
  await expect(page.locator('sgd-chart').first()).toBeInViewport();
  await expect(slider(page, 'stepSize')).toBeHidden();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(slider(page, 'stepSize')).toBeAttached();
  await slider(page, 'stepSize').scrollIntoViewIfNeeded();
  await expect(page.locator('sgd-chart').first()).toBeInViewport();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(screens.phone.width);
});

test('nothing moves while numbers change', async ({ page }) => {
  await open(page, 'dimension=1024&runs=4&horizon=3');
  const places = () =>
    page.evaluate(() =>
      [
        ...document
          .querySelector('sgd-app')!
          .shadowRoot!.querySelectorAll('sgd-bar, main, sgd-charts, sgd-status'),
      ].map((element) => JSON.stringify(element.getBoundingClientRect())),
    );
  await expect(page.locator('sgd-status')).toContainText('coordinate-steps/s');
  const before = await places();
  await finished(page);
  expect(await places()).toEqual(before);
});
