/// <reference lib="dom" />
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { renderPage } from '../src/page/index.ts';
import { findChromium, NO_CHROMIUM, openBrowser } from './fixtures/page-browser.ts';
import type { PageBrowser } from './fixtures/page-browser.ts';
import { madePage } from './fixtures/page-results.ts';
import { madeHost } from './made.ts';

const chromium = await findChromium();

describe.skipIf(chromium === undefined)(`the page in a browser${chromium ? '' : `: ${NO_CHROMIUM}`}`, () => {
  let browser: PageBrowser;
  let html: string;

  beforeAll(async () => {
    [browser, html] = await Promise.all([openBrowser(chromium!), renderPage(madePage())]);
  });
  afterAll(() => browser?.close());

  test('opens from disk without a word in the console and without asking for anything', async () => {
    const { page, complaints } = await browser.open(html);
    await page.waitForLoadState('networkidle');
    expect(await page.title()).toBe('The Concurrency Cookbook on Made-up CPU');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('its policy holds: nothing is loaded, and no script runs that is not its own', async () => {
    const { page, complaints } = await browser.open(html);
    const ran = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      await fetch('http://127.0.0.1:9/').catch(() => {});
      return 'ran' in window;
    });
    expect(ran).toBe(false);
    expect(complaints.filter((line) => line.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(2);
    expect(complaints.filter((line) => line.startsWith('request'))).toEqual([]);
    await page.close();
  });

  test('a search finds the claims with all its words, as one types, and says how many', async () => {
    const { page } = await browser.open(html);
    expect(await stateOf(page)).toMatchObject({ shown: '7 claims', rows: 7 });
    await page.getByLabel('Search').pressSequentially('CPÙ gain', { delay: 1 });
    expect(await stateOf(page)).toEqual({ shown: '1 of 7 claims', rows: 1, ids: ['threads/cpu-scaling'] });
    await page.getByLabel('Search').fill('no such words');
    expect(await stateOf(page)).toMatchObject({ shown: '0 of 7 claims', rows: 0 });
    expect(await page.getByText('No claim fits.').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.getByText('7 claims', { exact: true }).waitFor();
    expect(await stateOf(page)).toMatchObject({ rows: 7 });
    await page.close();
  });

  test('filters by chapter and by verdict show the claims that have both', async () => {
    const { page } = await browser.open(html);
    const filters = page.getByRole('search');
    await filters.getByLabel('Chapter').selectOption('threads');
    expect((await stateOf(page)).rows).toBe(4);
    await filters.getByLabel('Node.js').selectOption({ label: 'holds' });
    expect((await stateOf(page)).ids).toEqual(['threads/cpu-scaling', 'threads/too-small-tasks']);
    await filters.getByLabel('Python').selectOption('none');
    expect((await stateOf(page)).ids).toEqual(['threads/too-small-tasks']);
    await page.close();
  });

  test('a head sorts upwards, then downwards, then back to the order of reading, and says so', async () => {
    const { page } = await browser.open(html);
    const reading = (await stateOf(page)).ids;
    const head = page.getByRole('columnheader', { name: 'Question' });
    const press = () => head.getByRole('button').press('Enter');
    expect(await head.getAttribute('aria-sort')).toBeNull();
    await press();
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    expect((await stateOf(page)).ids).toEqual(reading.toSorted());
    await press();
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect((await stateOf(page)).ids).toEqual(reading.toSorted().toReversed());
    await press();
    expect(await head.getAttribute('aria-sort')).toBeNull();
    expect((await stateOf(page)).ids).toEqual(reading);
    await page.close();
  });

  test('figures are sorted within their unit, ratios first, claims without a figure last', async () => {
    const { page } = await browser.open(html);
    await page.getByRole('columnheader', { name: 'Measured here' }).getByRole('button').click();
    const values = await page.locator('.claims tbody tr td:last-child').allInnerTexts();
    expect(values.map((value) => value.split(/\s/)[0])).toEqual([
      '1.90x',
      '1.90x',
      '1.90x',
      '1.90x',
      '500',
      '300',
      'no',
    ]);
    await page.close();
  });

  test('a link of the table leads to the section of its claim', async () => {
    const { page } = await browser.open(html);
    await page.getByRole('link', { name: 'threads/kill' }).first().click();
    await page.waitForFunction(() => document.activeElement?.id === 'claim-threads-kill');
    const section = page.locator('#claim-threads-kill');
    expect(await section.getByText('the interval straddles the bound').isVisible()).toBe(true);
    expect(await section.getByText('pnpm tsx packages/threads/src/main.ts kill').isVisible()).toBe(true);
    await page.close();
  });

  test('the switch changes the colours, whatever the system has', async () => {
    const { page } = await browser.open(html, { colorScheme: 'light' });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.getByRole('radio', { name: 'dark' }).check({ force: true });
    expect(await paper()).not.toBe(light);
    await page.getByRole('radio', { name: 'light' }).check({ force: true });
    expect(await paper()).toBe(light);
    await page.close();
  });

  test('no hostile name of a host becomes markup', async () => {
    const { page, complaints } = await browser.open(await renderPage(madePage()));
    const elements = await page.evaluate(() => document.querySelectorAll('*').length);
    await page.close();
    const names = fc.oneof(
      fc.constantFrom('<img src=x onerror=alert(1)>', '"><svg onload=alert(1)>', '</title><script>alert(1)</script>'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        const opened = await browser.open(await renderPage(madePage({ host: { ...madeHost, cpu: `x${name}` } })));
        const seen = await opened.page.evaluate(() => ({
          count: document.querySelectorAll('*').length,
          cpu: document.querySelector('.host dd')!.textContent,
        }));
        await opened.page.close();
        expect(seen.count).toBe(elements);
        expect(plain(seen.cpu)).toBe(plain(`x${name}`));
        expect(complaints.concat(opened.complaints)).toEqual([]);
      }),
      { numRuns: 8, examples: [['<img src=x onerror=alert(1)>'], ['</title><script>alert(1)</script>']] },
    );
  }, 60_000);

  test('nothing is wider than a phone', async () => {
    const { page } = await browser.open(html, { viewport: { width: 390, height: 844 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    // Prose has the whole width: five columns side by side would leave it a few letters.
    const prose = page.locator('.claims tbody tr :is(th, td:nth-child(2), td:nth-child(5))');
    const widths = await prose.evaluateAll((cells) => cells.map((cell) => cell.clientWidth));
    expect(Math.min(...widths)).toBeGreaterThan(300);
    await page.close();
  });

  test('on paper it is light, without controls and without code, and what is folded is open', async () => {
    const { page } = await browser.open(html, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const hidden = ['.filters', '.feel', '.fold.code', '.theme'];
    for (const selector of hidden) expect(await page.locator(selector).first().isVisible(), selector).toBe(false);
    expect(await page.locator('.fold:not(.code):not([open])').count()).toBe(0);
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(28, 28, 26)');
    await page.close();
  });
});

/** What cannot stand in HTML is replaced; that is no markup either. */
function plain(text: string): string {
  return text.toWellFormed().replaceAll(/[\p{Cc}\uFFFD]/gu, '');
}

async function stateOf(page: Page): Promise<{ shown: string; rows: number; ids: string[] }> {
  const rows = page.locator('.claims tbody tr:not([hidden])');
  const ids = await rows.locator('th a').allInnerTexts();
  return { shown: await page.locator('.shown').innerText(), rows: await rows.count(), ids };
}
