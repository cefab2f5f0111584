/** The finite-d study: one click, exponents, exports. */
import { expect, open, saved, state, test, violations } from './page.ts';

test('a study measures how runs approach the limit, and is taken away like a chart', async ({ page }) => {
  await open(page, 'runs=64&horizon=50');
  await page.getByRole('button', { name: /^Finite-d study/ }).click();
  const study = page.getByRole('dialog', { name: 'Finite-d study' });
  await expect(study).toBeVisible();
  await expect(state(page)).toHaveText('Paused');
  await page.keyboard.press('Escape');
  await expect(study).toBeHidden();
  await expect(state(page)).toHaveText('Running');

  await page.goto('./#v=1&model=dln&runs=1&horizon=0.1&seed=4');
  await page.getByRole('button', { name: /^Finite-d study/ }).click();
  await expect(study.getByRole('row', { name: /SGD, single runs/ })).toContainText(/−0\.\d+ ± 0\.\d+/);
  await study.getByRole('button', { name: 'Stop' }).click();
  await expect(study.getByRole('status')).toContainText(/Finished, d = 64 … \d+/);
  await study.getByText('Values').click();
  expect(await violations(page, 'sgd-study')).toEqual([]);
  const svg = await saved(page, study.getByRole('button', { name: 'SVG' }));
  expect(svg.name).toBe('sgdscope-dln-study.svg');
  expect(svg.content.toString()).toMatch(/^<svg[\s\S]*slope −1\/2[\s\S]*seed=4[\s\S]*<\/svg>\s*$/);
  const png = await saved(page, study.getByRole('button', { name: 'PNG' }));
  expect(png.content.subarray(1, 4).toString()).toBe('PNG');
  const csv = (await saved(page, study.getByRole('button', { name: 'CSV' }))).content.toString();
  expect(csv).toMatch(/^# fit: SGD, single runs: exponent −0\.\d+ ± 0\.\d+.*, theory −1\/2$/m);
  expect(csv).toMatch(/^SDE,mean of runs,128,\d+,0,-?\d/m);
});

test('a study that has nothing to compare with says so', async ({ page }) => {
  await open(page, 'runs=1&stepSize=4&horizon=0.5');
  await page.getByRole('button', { name: /^Finite-d study/ }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toHaveText(
    /^The limit ends at t = 0\.1\d+: choose/,
  );
});
