/** Files of real features on the page. */
import { expect, finished, legendValue, notices, open, test } from './page.ts';

const link = 'model=glm&loss=logisticSign&runs=4&horizon=2';

test('an example is opened, shown and used; a link opens it again; a file stays in the browser', async ({
  page,
}) => {
  await page.goto(`./#v=1&${link}&spectrum=data`);
  await expect(notices(page)).toContainText('has not been chosen yet');
  await page.getByRole('button', { name: 'Example: handwritten digits' }).click();
  await finished(page);
  await expect(page.locator('sgd-file')).toContainText('1797 samples, 61 features, 3 constant left out');
  await expect(legendValue(page, 'population risk', 'SGD')).toHaveText(/\d/);
  expect(page.url()).toContain('data=digits.csv:a52cfca6e39d297d');
  expect(page.url()).toContain('dimension=61');
  await page.reload();
  await finished(page);
  await expect(page.locator('sgd-file')).toContainText('1797 samples');
});

test('a file of the user is taken by the button, a bad one is refused and loses nothing', async ({
  page,
}) => {
  await page.goto(`./#v=1&${link}&spectrum=data`);
  const rows = Array.from({ length: 50 }, (_, k) =>
    Array.from({ length: 20 }, (_unused, j) => Math.sin(7 * k * (j + 1))).join(','),
  );
  const choose = (name: string, text: string) =>
    page
      .locator('sgd-file input[type=file]')
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('mine.csv', rows.join('\n'));
  await finished(page);
  await expect(page.locator('sgd-file')).toContainText('50 samples, 20 features');
  const before = page.url();
  await choose('bad.csv', '1,2\n3\n');
  await expect(notices(page)).toContainText('bad.csv: row 2 has 1 values; expected 2 as in the first row');
  expect(page.url()).toBe(before);
  await expect(page.locator('sgd-file')).toContainText('mine.csv');
  // What is not there cannot be opened by a link.
  await page.reload();
  await expect(notices(page)).toContainText(
    'data file = mine.csv: expected this very file to be opened here',
  );
});

test('a file that is dropped anywhere is opened, or told to be of no use', async ({ page }) => {
  await open(page);
  await finished(page);
  const drop = () =>
    page.evaluate(() => {
      const transfer = new DataTransfer();
      const rows = Array.from({ length: 40 }, (_, k) =>
        Array.from({ length: 16 }, (_unused, j) => Math.cos(3 * k * (j + 2))).join(','),
      );
      transfer.items.add(new File([rows.join('\n')], 'dropped.csv'));
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
    });
  await drop();
  await expect(notices(page)).toContainText('takes no file of features');
  await page.goto(`./#v=1&${link}`);
  await expect(page.locator('sgd-parameter[key=loss]')).toBeVisible();
  await drop();
  await expect(page.locator('sgd-file')).toContainText('40 samples, 16 features');
  await finished(page);
});
