/** A model with three processes, a limit for each, and data sets of its own. */
import { expect, field, finished, legendValue, notices, rows, test, violations } from './page.ts';

const small = 'dimension=64&runs=3&horizon=2&dt=0.05';

test('least squares: every process beside its limit, epochs, maps, guides and facts', async ({ page }) => {
  await page.goto(`./#v=1&model=multipass&loss=leastSquares&labelNoise=0.4&ridge=0&stepSize=0.5&${small}`);
  await finished(page);
  for (const curve of ['SGD', 'limit of SGD', 'modified equation', 'limit of gradient flow']) {
    await expect(legendValue(page, 'train loss', curve).first()).toHaveText(/\d/);
  }
  const same = await legendValue(page, 'test risk', 'limit of SGD').textContent();
  await expect(legendValue(page, 'test risk', 'limit of the modified equation')).toHaveText(same!);
  await expect(page.locator('sgd-facts')).toContainText('η_c 2.00');
  await expect(page.locator('sgd-facts')).toContainText('epochs 1.00');
  await field(page, 'xAxis').selectOption('epochs');
  await expect(page.locator('sgd-charts')).toContainText('epochs = 1.00');
  await page.getByRole('button', { name: 'two times' }).click();
  await expect(page.locator('sgd-fields')).toContainText('covariance C(t, s)');
  await expect(notices(page)).toHaveText('');
  expect(await violations(page)).toEqual([]);
  const names = new Set((await rows(page)).map((row) => row.split(',')[0]));
  expect([...names]).toEqual(
    expect.arrayContaining(['limit.sgd', 'limit.sme', 'limit.gf', 'sgd', 'sme', 'gf']),
  );
});

test('a limit of averages grows better while it is drawn; values that do not go together are told', async ({
  page,
}) => {
  await page.goto(`./#v=1&model=multipass&paths=512&gridStep=0.2&${small}`);
  await expect(legendValue(page, 'train loss', 'limit of gradient flow')).toHaveText(/\d/);
  await expect(page.locator('sgd-facts')).toContainText(/SGD off by .* % at t/);
  await page.goto(`./#v=1&model=multipass&initOverlap=1.5&${small}`);
  await expect(notices(page)).toContainText('initial overlap 1.5: expected at most');
});

test('all three processes run on WebGPU where it is asked for, and agree with the CPU', async ({ page }) => {
  await page.goto(`./#v=1&model=multipass&loss=leastSquares&stepSize=0.5&engine=webgpu&${small}`);
  await finished(page);
  await expect(page.locator('sgd-status')).toContainText('WebGPU (');
  const losses = async () => {
    const all = await rows(page);
    return ['sgd', 'sme', 'gf'].map((name) =>
      Number(all.find((row) => row.startsWith(`${name},train,q50,2,`))!.split(',')[4]),
    );
  };
  const onGpu = await losses();
  await field(page, 'engine').selectOption('cpu');
  await expect(page.locator('sgd-status')).toContainText('CPU (');
  await finished(page);
  const onCpu = await losses();
  onGpu.forEach((value, i) => expect(Math.abs(value / onCpu[i]! - 1)).toBeLessThan(1e-4));
});
