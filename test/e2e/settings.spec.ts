/** Settings, link and curves are one thing. */
import {
  enter,
  expect,
  exported,
  field,
  finished,
  legendValue,
  notices,
  open,
  rows,
  slider,
  small,
  state,
  test,
} from './page.ts';

test('the first screen runs the default experiment and says what is seen', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('heading', { name: 'SGD, its SDE and their limit' })).toBeVisible();
  for (const chart of ['population risk', 'curvature']) {
    for (const curve of ['SGD', 'SDE', 'limit']) {
      await expect(legendValue(page, chart, curve)).toHaveText(/\d/);
    }
    await expect(page.locator('sgd-chart', { hasText: chart })).toBeInViewport({ ratio: 1 });
  }
  await expect(page.locator('sgd-status')).toContainText('CPU (');
});

test('a dragged slider changes text, link and curves', async ({ page }) => {
  await open(page);
  await finished(page);
  const before = await legendValue(page, 'population risk', 'limit').textContent();
  const box = (await slider(page, 'stepSize').boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.66, box.y + box.height / 2);
  await page.mouse.down();
  for (let share = 0.65; share > 0.4; share -= 0.02) {
    await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
  }
  await page.mouse.up();
  const value = await field(page, 'stepSize').inputValue();
  expect(Number(value)).toBeLessThan(0.2);
  await expect(page).toHaveURL(new RegExp(`&stepSize=${value}&`));
  await expect(legendValue(page, 'population risk', 'limit')).not.toHaveText(before!);
  await finished(page);
});

test('arrow keys move a slider from one round number to the next', async ({ page }) => {
  await open(page);
  await slider(page, 'stepSize').press('ArrowRight');
  await expect(field(page, 'stepSize')).toHaveValue('0.52');
});

test('a link reproduces settings and numbers', async ({ page, context }) => {
  const link =
    'dimension=64&labelNoise=0.2&spectrum=twoPoint&condition=4&teacher=atoms&teacherAtoms=-1:0.25,2:0.75' +
    '&stepSize=0.3&batchSize=2&horizon=2&runs=3&seed=7&show=risk,l1&logX=true';
  await open(page, link);
  await expect(field(page, 'condition')).toHaveValue('4');
  await expect(field(page, 'teacherAtoms')).toHaveValue('-1:0.25,2:0.75');
  await expect(field(page, 'seed')).toHaveValue('7');
  await expect(field(page, 'logX')).toBeChecked();
  await expect(page.locator('sgd-chart')).toHaveCount(2);
  await finished(page);
  const once = await rows(page);
  expect(once.length).toBeGreaterThan(1000);

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(notices(page)).toContainText('in the clipboard');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(new RegExp(`#v=1&model=dln&${link}$`));

  const other = await context.newPage();
  await other.goto(copied);
  await finished(other);
  expect(await rows(other)).toEqual(once);
});

test('a bad link keeps its good fields and lists the others', async ({ page }) => {
  await open(page, `${small}&stepSize=fast&seed=3&colour=red&condition=5`);
  await expect(notices(page)).toContainText('stepSize=fast (expected a number from 0.001 to 10)');
  await expect(notices(page)).toContainText('colour=red (is not a key of model dln');
  await expect(notices(page)).toContainText(
    'condition=5 (is accepted with spectrum=twoPoint or logUniform only)',
  );
  await expect(field(page, 'stepSize')).toHaveValue('0.5');
  await expect(field(page, 'seed')).toHaveValue('3');
  await notices(page).getByRole('button', { name: 'Dismiss' }).click();
  await expect(notices(page)).not.toContainText('colour');
  await finished(page);
});

test('Back returns from a preset to the settings before it', async ({ page }) => {
  await open(page);
  await enter(page, 'seed', '5');
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('button', { name: /^Few dimensions/ }).click();
  await expect(page.getByRole('heading', { name: 'Few dimensions against the limit' })).toBeVisible();
  await expect(page).toHaveURL(/dimension=16/);
  await page.goBack();
  await expect(field(page, 'dimension')).toHaveValue('64');
  await expect(field(page, 'seed')).toHaveValue('5');
  await page.goForward();
  await expect(field(page, 'dimension')).toHaveValue('16');
  await page.getByRole('button', { name: 'Reset to defaults' }).click();
  await expect(field(page, 'dimension')).toHaveValue('1024');
  await expect(page).toHaveURL(/#v=1&model=dln$/);
});

test('text that is no value is refused in words and the last good value stays', async ({ page }) => {
  await open(page);
  await enter(page, 'stepSize', '-3');
  const control = page.locator('sgd-parameter[key=stepSize]');
  await expect(control.getByRole('alert')).toHaveText('expected a number from 0.001 to 10, got -3');
  await expect(page).not.toHaveURL(/stepSize/);
  await field(page, 'stepSize').press('Escape');
  await expect(field(page, 'stepSize')).toHaveValue('0.5');
  await expect(control.getByRole('alert')).toHaveCount(0);
  await enter(page, 'stepSize', '-3');
  await expect(control.getByRole('alert')).toBeVisible();
  await page.getByRole('button', { name: 'Reset to defaults' }).click();
  await expect(field(page, 'stepSize')).toHaveValue('0.5');
  await expect(control.getByRole('alert')).toHaveCount(0);
});

test('a choice brings its own settings and takes them away again', async ({ page }) => {
  await open(page);
  await expect(field(page, 'condition')).toHaveCount(0);
  await field(page, 'spectrum').selectOption('twoPoint');
  await expect(field(page, 'condition')).toHaveValue('10');
  await expect(field(page, 'exponent')).toHaveCount(0);
  await field(page, 'spectrum').selectOption('powerLaw');
  await expect(field(page, 'condition')).toHaveCount(0);
  await expect(field(page, 'exponent')).toHaveValue('0.3');
  await finished(page);
});

test('settings of the view leave the experiment alone', async ({ page }) => {
  await open(page, 'dimension=64&runs=2&horizon=2');
  await finished(page);
  const states: string[] = [];
  await page.exposeFunction('seen', (text: string) => states.push(text));
  await page.evaluate(() => {
    const status = document.querySelector('sgd-app')!.shadowRoot!.querySelector('sgd-status')!;
    const watch = () =>
      void (window as unknown as { seen(text: string): void }).seen(status.shadowRoot!.textContent);
    new MutationObserver(watch).observe(status.shadowRoot!, {
      subtree: true,
      characterData: true,
      childList: true,
    });
  });
  for (const key of ['logX', 'linearY', 'singleRuns', 'largeType']) await field(page, key).check();
  await field(page, 'xAxis').selectOption('samples');
  await page.getByRole('button', { name: 'distance' }).click();
  await expect(page.locator('sgd-chart')).toHaveCount(3);
  await expect(page).toHaveURL(/show=risk,curvature,distance&xAxis=samples&logX=true&linearY=true/);
  await expect(state(page)).toHaveText('Finished');
  expect(states.filter((text) => text.includes('Running'))).toEqual([]);
});

test('equations, symbols and papers are a click away', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Equations and papers' }).click();
  const dialog = page.getByRole('dialog', { name: 'Diagonal linear network' });
  await expect(dialog).toBeVisible();
  expect(await dialog.locator('math').count()).toBeGreaterThan(8);
  await expect(dialog.getByRole('link', { name: /High-dimensional Limit of SGD/ })).toBeVisible();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog.getByRole('button', { name: 'Copy BibTeX' }).first().click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^@misc\{.*2605\.17177/s);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('pictures and tables can be taken away', async ({ page }) => {
  await open(page, `${small}&seed=9`);
  await finished(page);
  const png = await exported(page, 'PNG of all charts');
  expect(png.name).toBe('sgdscope-dln.png');
  expect(png.content.subarray(1, 4).toString()).toBe('PNG');
  expect(png.content.length).toBeGreaterThan(20_000);
  const svg = await exported(page, 'SVG: population risk');
  expect(svg.name).toBe('sgdscope-dln-risk.svg');
  expect(svg.content.toString()).toMatch(/^<svg[\s\S]*seed=9[\s\S]*<\/svg>\s*$/);
  const csv = (await exported(page, 'CSV of all points')).content.toString();
  expect(csv).toMatch(/^# link: http.*#v=1&model=dln&dimension=64&.*seed=9$/m);
  expect(csv).toMatch(/^# version: sgdscope \d/m);
  expect(csv).toMatch(/^limit,risk,value,2,\d/m);
  expect(csv).toMatch(/^sgd,curvature,q50,2,\d/m);
});
