/** How an experiment runs: playback, keys, pins, divergence, engines. */
import {
  enter,
  expect,
  field,
  finished,
  legendValue,
  long,
  notices,
  open,
  rows,
  small,
  state,
  test,
} from './page.ts';

test('pause, step, resume, restart, by button and by key', async ({ page }) => {
  await open(page, long);
  const time = page.locator('sgd-charts output');
  await expect(time).toHaveText(/[1-9]/);
  await page.keyboard.press('Space');
  await expect(state(page)).toHaveText('Paused');
  await page.waitForTimeout(500);
  const paused = await time.textContent();
  await page.waitForTimeout(500);
  await expect(time).toHaveText(paused!);
  await page.keyboard.press('s');
  await expect(time).not.toHaveText(paused!);
  await expect(state(page)).toHaveText('Paused');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(state(page)).toHaveText('Running');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.keyboard.press('r');
  await expect(state(page)).toHaveText('Running');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  await page.keyboard.press('Escape');
});

test('keys typed into a field are text', async ({ page }) => {
  await open(page, long);
  await field(page, 'teacher').selectOption('atoms');
  await field(page, 'teacherAtoms').fill('');
  await field(page, 'teacherAtoms').pressSequentially('s p?r');
  await expect(field(page, 'teacherAtoms')).toHaveValue('s p?r');
  await expect(state(page)).toHaveText('Running');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a finished experiment can be replayed', async ({ page }) => {
  await open(page);
  await finished(page);
  await page.getByRole('button', { name: 'Replay' }).click();
  await expect(state(page)).not.toHaveText('Finished');
  await finished(page);
});

test('changes in quick succession end in the experiment of the last one', async ({ page }) => {
  await open(page, long);
  for (const seed of [2, 3, 4, 5]) await enter(page, 'seed', String(seed));
  for (const [key, text] of Object.entries({ dimension: '64', runs: '4', horizon: '2' })) {
    await enter(page, key, text);
  }
  await finished(page);
  await expect(notices(page).getByRole('listitem')).toHaveCount(0);
  const changed = await rows(page);
  await page.goto('about:blank');
  await open(page, `${small}&seed=5`);
  await finished(page);
  expect(await rows(page)).toEqual(changed);
});

test('pinned curves stay, labelled by what differs', async ({ page }) => {
  await open(page);
  await finished(page);
  await page.keyboard.press('p');
  await enter(page, 'stepSize', '0.2');
  const pin = page.locator('sgd-charts').getByText('γ = 0.5');
  await expect(pin).toBeVisible();
  await finished(page);
  await page.getByRole('button', { name: /^(remove|unpin)/i }).click();
  await expect(pin).toHaveCount(0);
});

test('facts say what theory says, and how far the processes are from it', async ({ page }) => {
  await open(page, `${small}&stepSize=0.05&initScale=0.5`);
  await finished(page);
  const facts = page.locator('sgd-facts');
  await expect(facts).toContainText('guaranteed R ≤ R₀ exp(−0.019');
  await expect(facts).toContainText(/stable γκ̄\/\(2B\) = \d\.\d\d·10⁻³/);
  await expect(facts).toContainText(/SGD off by [+−][\d.]+ ± [\d.]+ % at t = \d/);
  await expect(facts).toContainText(/limit error \d/);
  await page.getByRole('button', { name: 'Facts' }).click();
  await expect(page.locator('sgd-status')).toContainText('The limit exists for all times');
});

test('blow-up is told with its time, and nothing that is no number is shown', async ({ page }) => {
  await open(page, 'dimension=256&runs=4&stepSize=4&horizon=0.5&dt=0.001');
  await expect(notices(page)).toContainText(/limit ends at t = 0\.1796/);
  await finished(page);
  await expect(notices(page)).toContainText(/SGD diverges in 4 of 4 runs from t = 0\.\d/);
  const text = await page.locator('sgd-app').evaluate((app) => {
    const all = (node: Node): string =>
      node instanceof Element && node.shadowRoot
        ? [...node.shadowRoot.childNodes].map(all).join(' ')
        : node instanceof Text
          ? node.data
          : [...node.childNodes].map(all).join(' ');
    return all(app);
  });
  expect(text).not.toMatch(/NaN|undefined|Infinity/);
  expect((await rows(page)).join('\n')).not.toMatch(/NaN|Infinity/);
  await enter(page, 'stepSize', '0.5');
  await finished(page);
  await expect(notices(page)).not.toContainText('Blow-up');
});

test('WebGPU runs where it is asked for, even in software, and agrees with the CPU', async ({ page }) => {
  await open(page, `${small}&engine=webgpu`);
  await finished(page);
  await expect(page.locator('sgd-status')).toContainText('WebGPU (');
  const value = async () =>
    Number((await rows(page)).find((row) => row.startsWith('sgd,risk,q50,2,'))!.split(',')[4]);
  const onGpu = await value();
  await field(page, 'engine').selectOption('cpu');
  await expect(page.locator('sgd-status')).toContainText('CPU (');
  await finished(page);
  expect(Math.abs(onGpu / (await value()) - 1)).toBeLessThan(1e-3);
});

test('a law with too many classes for the limit leaves SGD and SDE running', async ({ page }) => {
  await open(page, 'dimension=65536&spectrum=powerLaw&limitLaw=rounded&horizon=0.1&runs=2');
  await expect(notices(page)).toContainText(/Not running: limit\. .*65536 classes/);
  await finished(page);
  await expect(legendValue(page, 'population risk', 'SGD')).toHaveText(/\d/);
});

test('an experiment that takes long says so, and what to lower', async ({ page }) => {
  await open(page, 'dimension=65536&runs=16&horizon=1000');
  await expect(notices(page)).toContainText(/takes about \d+ (min|h|days)\..* d = \d+: \d+ (s|min)/);
  await expect(page.locator('sgd-status .left')).toHaveText(/\d+ (min|h|days) left/);
  await enter(page, 'dimension', '64');
  await enter(page, 'horizon', '1');
  await finished(page);
  await expect(notices(page)).not.toContainText('takes about');
});

test('performance can be copied into a bug report', async ({ page, context }) => {
  await open(page);
  await finished(page);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Help' });
  await expect(help).toContainText(/median [\d.]+ ms/);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await help.getByRole('button', { name: 'Copy for a bug report' }).click();
  await expect(help.getByRole('status')).toHaveText('Copied.');
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toMatch(/^version: sgdscope \d/);
  expect(report).toMatch(/^engine: CPU \(/m);
  expect(report).toMatch(/^limit solved in: limit [\d.·⁻\d⁰-⁹]+ s$/m);
  expect(report).toMatch(/^settings: http.*#v=1&model=dln&dimension=64/m);
});

test('what an engine cannot hold it refuses in words, and the limit goes on', async ({ page }) => {
  await open(page, `correlation=0.5&dimension=256&runs=1&horizon=1&engine=webgpu`);
  await expect(notices(page)).toContainText(/Not running: SGD\. Correlated features/);
  await finished(page);
  await expect(legendValue(page, 'population risk', 'limit')).toHaveText(/\d/);
});
