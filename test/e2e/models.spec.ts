/** Several models on one page: each with its settings, presets, charts and words. */
import {
  enter,
  expect,
  exported,
  field,
  finished,
  legendValue,
  notices,
  open,
  saved,
  small,
  state,
  test,
  violations,
} from './page.ts';

const model = (page: Parameters<typeof open>[0]) => page.getByLabel('Model', { exact: true });

test('another model keeps what was changed and it knows; Back returns', async ({ page }) => {
  await open(page, `${small}&labelNoise=0.2&initScale=0.5&show=risk,l1`);
  await finished(page);
  await model(page).selectOption('Generalised linear model');
  await expect(page).toHaveURL(/#v=1&model=glm&dimension=64&labelNoise=0\.2&horizon=2&runs=4&show=risk$/);
  await expect(page.locator('aside')).toContainText('One student vector learns one teacher');
  await expect(field(page, 'initScale')).toHaveCount(0);
  await expect(field(page, 'teacherNorm')).toHaveValue('1');
  await finished(page);
  await expect(legendValue(page, 'population risk', 'limit')).toHaveText(/\d/);
  await expect(page).toHaveTitle('Generalised linear model · sgdscope');
  await page.getByRole('button', { name: 'Equations and papers' }).click();
  await expect(page.getByRole('dialog', { name: 'Generalised linear model' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.goBack();
  await expect(model(page)).toHaveValue('dln');
  await expect(field(page, 'initScale')).toHaveValue('0.5');
  await expect(page.locator('sgd-chart', { hasText: 'ℓ₁ norm' })).toBeVisible();
  await page.goForward();
  await expect(model(page)).toHaveValue('glm');
  await finished(page);
});

test('the menu has the presets of the model, and those of all on demand', async ({ page }) => {
  await page.goto(`./#v=1&model=committee&dimension=64&runs=2&horizon=2`);
  await finished(page);
  const presets = page.getByRole('button', { name: 'Presets', exact: true });
  await presets.click();
  const few = page.getByRole('button', { name: /^Few dimensions/ });
  await expect(page.getByRole('button', { name: /^Plateau, then/ })).toBeVisible();
  await expect(few).toHaveCount(0);
  await page.getByRole('button', { name: /^Presets of all models/ }).click();
  await expect(page.getByRole('heading', { name: 'Generalised linear model' })).toBeVisible();
  await few.click();
  await expect(page).toHaveURL(/model=dln&dimension=16/);
  await expect(model(page)).toHaveValue('dln');
  await finished(page);
});

test('values that do not go together are told where they are, and the curves stay', async ({ page }) => {
  await page.goto('./#v=1&model=glm&dimension=64&runs=2&horizon=2&spectrum=twoPoint');
  await finished(page);
  const before = await legendValue(page, 'population risk', 'limit').textContent();
  await enter(page, 'teacherNorm', '1,2,3');
  const control = page.locator('sgd-parameter[key=teacherNorm]');
  await expect(control.getByRole('alert')).toContainText(/2/);
  await expect(notices(page)).toContainText('Not started: ');
  await expect(state(page)).toHaveText('Finished');
  await expect(legendValue(page, 'population risk', 'limit')).toHaveText(before!);
  await enter(page, 'teacherNorm', '1,2');
  await expect(notices(page)).not.toContainText('Not started');
  await expect(control.getByRole('alert')).toHaveCount(0);
  await expect(legendValue(page, 'population risk', 'limit')).not.toHaveText(before!);
  await finished(page);
});

test('a link whose values do not go together opens a page that says so and can be mended', async ({
  page,
}) => {
  await page.goto('./#v=1&model=glm&dimension=64&runs=2&horizon=2&spectrum=twoPoint&teacherNorm=1,2,3');
  await expect(state(page)).toHaveText('Not started');
  await expect(page.locator('sgd-charts')).toContainText('No curves yet.');
  await expect(page.getByRole('button', { name: 'Play' })).toBeDisabled();
  expect(await violations(page)).toEqual([]);
  await enter(page, 'teacherNorm', '0.5');
  await finished(page);
  await expect(page.locator('sgd-charts')).not.toContainText('No curves yet.');
});

test('the law of the eigenvalues is sketched beside its choice, also on a phone', async ({ page }) => {
  await page.goto('./#v=1&model=glm&dimension=64&runs=2&horizon=1&spectrum=logUniform&condition=100');
  const sketch = page.getByRole('img', { name: /^eigenvalues from .* logarithmic axis$/ });
  await expect(sketch).toBeVisible();
  await field(page, 'spectrum').selectOption('twoPoint');
  await expect(page.getByRole('img', { name: /^2 eigenvalues from/ })).toBeVisible();
  await field(page, 'spectrum').selectOption('isotropic');
  await expect(page.getByRole('img', { name: /eigenvalues/ })).toHaveCount(0);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Settings' }).click();
  await field(page, 'spectrum').selectOption('marchenkoPastur');
  await page.getByRole('img', { name: /^eigenvalues from/ }).scrollIntoViewIfNeeded();
  await expect(page.getByRole('img', { name: /^eigenvalues from/ })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test('a key that is nearly right is guessed', async ({ page }) => {
  await open(page, `${small}&stepsize=0.3`);
  await expect(notices(page)).toContainText(
    'stepsize=0.3 (is not a key of model dln; did you mean stepSize?)',
  );
});

test('edits by keyboard in quick succession are all found by Back and Forward', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Reset to defaults' }).click();
  await page.locator('sgd-parameter[key=stepSize] input[type=range]').focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
  const value = await field(page, 'stepSize').inputValue();
  await page.goBack();
  await expect(field(page, 'dimension')).toHaveValue('64');
  await page.goForward();
  await expect(field(page, 'stepSize')).toHaveValue(value);
});

test('single runs are in the CSV where they are asked for', async ({ page }) => {
  await open(page);
  await finished(page);
  const statistics = async (entry: string) =>
    new Set((await exported(page, entry)).content.toString().match(/^sgd,risk,\w+/gm));
  expect(await statistics('CSV of all points')).not.toContain('sgd,risk,run1');
  expect(await statistics('CSV with single runs')).toContain('sgd,risk,run4');
});

test('what theory says of widths and times is drawn, told and taken away', async ({ page }) => {
  await page.goto(
    './#v=1&model=glm&loss=phaseRetrieval&stepSize=0.1&initOverlap=0.1&dimension=128&runs=4&horizon=12&dt=0.05',
  );
  await finished(page);
  const spread = page
    .locator('sgd-chart', { hasText: 'population risk' })
    .locator('li', { hasText: 's.d. of SGD' });
  await expect(spread).toContainText(/\d, theory [\d.]/);
  await page.getByRole('button', { name: 'table', exact: true }).click();
  await expect(page.getByRole('columnheader', { name: 's.d. of SGD' })).toBeVisible();
  await page.getByRole('button', { name: 'table', exact: true }).click();
  const csv = (await exported(page, 'CSV of all points')).content.toString();
  expect(csv).toMatch(/^limit,risk,sd:sgd,12,[\d.]+/m);
  const svg = (await exported(page, 'SVG: population risk')).content.toString();
  expect(svg).toContain('± 2 s.d. of SGD in theory');
  const overlap = (await exported(page, 'SVG: overlap')).content.toString();
  expect(overlap).toMatch(/escape from the saddle = [\d.]+/);
});

test('several limits have maps of two times, read by pointer and keys', async ({ page }) => {
  await page.goto('./#v=1&model=multipass&loss=leastSquares&dimension=64&runs=2&horizon=2');
  await finished(page);
  const legend = page.locator('sgd-chart').first().locator('li span:not(.value)');
  await expect(legend).toHaveText(['SGD', 'limit of SGD', 'SME', 'limit of SME', 'GF', 'limit of GF']);
  await page.getByRole('button', { name: 'two times' }).click();
  await expect(page).toHaveURL(/maps=true/);
  const maps = page.locator('sgd-fields').getByRole('img');
  await expect(maps.first()).toBeVisible();
  await maps.first().press('ArrowLeft');
  await expect(page.locator('sgd-fields output').first()).toHaveText(/^t = 2\.00, s = 1\.\d+: [\d.]+/);
  const png = await saved(page, page.locator('sgd-fields').getByRole('button', { name: 'PNG' }));
  expect(png.content.subarray(1, 4).toString()).toBe('PNG');
  const csv = await saved(page, page.locator('sgd-fields').getByRole('button', { name: 'CSV' }));
  expect(csv.content.toString()).toMatch(/^limit of SGD,covariance,2,2,[\d.]+$/m);
  expect(await violations(page, 'sgd-fields')).toEqual([]);
});
