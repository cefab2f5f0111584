/** What becomes of an experiment when the browser's GPU process dies. */
import { expect, finished, open, rows, test } from './page.ts';

// What Chromium says itself when it comes to that.
test.use({ expectedComplaint: 'warning: A valid external Instance reference no longer exists.' });

test('an experiment goes on when the GPU process dies, as if nothing had happened', async ({
  page,
  browser,
}) => {
  const fields = 'dimension=512&runs=8&horizon=20&dt=0.02&engine=webgpu';
  await open(page, fields);
  await finished(page);
  const expected = await rows(page);
  await page.reload();
  await expect(page.locator('sgd-charts output')).toHaveText(/[1-9]/);
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess');
  await finished(page);
  await expect(page.locator('sgd-status')).toContainText('WebGPU (');
  expect(await rows(page)).toEqual(expected);
});
