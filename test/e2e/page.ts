/** What the end-to-end tests share: a page that must not complain, and how to read it. */
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Locator, type Page } from '@playwright/test';

/** A page on which an error, a message on the console or a request to another host fails the test. */
export const test = base.extend<{ expectedComplaint: string }>({
  /** The one complaint that a test is to cause. */
  expectedComplaint: ['', { option: true }],
  page: async ({ page, baseURL, expectedComplaint }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(baseURL!) && !/^(blob|data):/.test(url)) complaints.push(`request to ${url}`);
    });
    await use(page);
    expect(complaints).toEqual(expectedComplaint === '' ? [] : [expectedComplaint]);
  },
});

export { expect };

/** An experiment that is over in a moment. */
export const small = 'dimension=64&runs=4&horizon=2';
/** An experiment that outlasts every test. */
export const long = 'dimension=8192&runs=16&horizon=1000';

export async function open(page: Page, fields = small): Promise<void> {
  await page.goto(`./#v=1&model=dln&${fields}`);
  await expect(page.locator('sgd-status progress')).toBeVisible();
}

export const state = (page: Page): Locator => page.locator('sgd-status [role=status]');
export const notices = (page: Page): Locator => page.locator('sgd-notices');
/** The text field of a parameter. */
export const field = (page: Page, key: string): Locator => page.locator(`sgd-parameter[key=${key}] #text`);
/** The slider of a parameter. */
export const slider = (page: Page, key: string): Locator =>
  page.locator(`sgd-parameter[key=${key}] input[type=range]`);

export async function finished(page: Page): Promise<void> {
  await expect(state(page)).toHaveText('Finished');
}

/** Value that the legend of a chart shows for a process or limit, as text. */
export const legendValue = (page: Page, chart: string, curve: string): Locator =>
  page.locator('sgd-chart', { hasText: chart }).locator('li', { hasText: curve }).locator('.value');

/** Sets a text field as a user does. */
export async function enter(page: Page, key: string, text: string): Promise<void> {
  await field(page, key).fill(text);
  await field(page, key).press('Enter');
}

interface SavedFile {
  readonly name: string;
  readonly content: Buffer;
}

/** The file that an entry of the export menu gives. */
export async function exported(page: Page, entry: string): Promise<SavedFile> {
  await page.getByRole('button', { name: 'Export' }).click();
  return saved(page, page.getByRole('button', { name: entry, exact: true }));
}

/** The file that a button gives. */
export async function saved(page: Page, button: Locator): Promise<SavedFile> {
  const waiting = page.waitForEvent('download');
  await button.click();
  const download = await waiting;
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk as Uint8Array));
  return { name: download.suggestedFilename(), content: Buffer.concat(chunks) };
}

/** Rows of the CSV of the present experiment, without the metadata. */
export async function rows(page: Page): Promise<string[]> {
  const { content } = await exported(page, 'CSV of all points');
  return content
    .toString()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** What axe finds on the page, or in one element of <sgd-app> alone; by all of its rules, or those on colours. */
export async function violations(page: Page, element = '', coloursOnly = false): Promise<string[]> {
  const builder = new AxeBuilder({ page });
  if (element !== '') builder.include({ fromShadowDom: ['sgd-app', element] });
  if (coloursOnly) builder.withRules(['color-contrast']);
  const { violations: found } = await builder.analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
