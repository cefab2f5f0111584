/** A model with three processes, a limit for each, and data sets of its own. */
import { enter, expect, field, finished, legendValue, notices, rows, test, violations } from './page.ts';

const small = 'dimension=64&runs=3&horizon=2&dt=0.05';

test('least squares: every process beside its limit, epochs, maps, guides and facts', async ({ page }) => {
  await page.goto(`./#v=1&model=multipass&loss=leastSquares&labelNoise=0.4&ridge=0&stepSize=0.5&${small}`);
  await finished(page);
  for (const curve of ['SGD', 'limit of SGD', 'SME', 'limit of GF']) {
    await expect(legendValue(page, 'train loss', curve).first()).toHaveText(/\d/);
  }
  const same = await legendValue(page, 'test risk', 'limit of SGD').textContent();
  await expect(legendValue(page, 'test risk', 'limit of SME')).toHaveText(same!);
  await expect(page.locator('sgd-facts')).toContainText('η/ηc = 0.250');
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
  await expect(legendValue(page, 'train loss', 'limit of GF')).toHaveText(/\d/);
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

test('a two-layer network: its settings appear, its processes and limits are drawn', async ({ page }) => {
  await page.goto(`./#v=1&model=multipass&loss=leastSquares&paths=512&gridStep=0.2&${small}`);
  await expect(field(page, 'secondLayer')).toHaveCount(0);
  await expect(field(page, 'initMoments')).toHaveCount(0);
  await field(page, 'activation').selectOption('tanh');
  await enter(page, 'hiddenUnits', '2');
  await enter(page, 'secondLayer', '1,2,3');
  await expect(page.locator('sgd-parameter[key=secondLayer]')).toContainText(
    'expected 1 or 2, one for each hidden unit',
  );
  await enter(page, 'secondLayer', '1,0.5');
  await expect(page).toHaveURL(/activation=tanh&hiddenUnits=2&secondLayer=1,0.5/);
  for (const curve of ['SGD', 'limit of SGD', 'SME', 'limit of SME', 'GF', 'limit of GF']) {
    await expect(legendValue(page, 'test risk', curve).first()).toHaveText(/\d/);
  }
  await enter(page, 'hiddenUnits', '1');
  await field(page, 'activation').selectOption('identity');
  await expect(field(page, 'secondLayer')).toHaveCount(0);
  await expect(page).not.toHaveURL(/secondLayer/);
  expect(await violations(page)).toEqual([]);
});
