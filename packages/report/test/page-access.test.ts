/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import { renderPage } from '../src/page/index.ts';
import { findChromium, NO_CHROMIUM, openBrowser } from './fixtures/page-browser.ts';
import type { PageBrowser } from './fixtures/page-browser.ts';
import { madePage } from './fixtures/page-results.ts';

const chromium = await findChromium();

describe.skipIf(chromium === undefined)(`the page for everybody${chromium ? '' : `: ${NO_CHROMIUM}`}`, () => {
  let browser: PageBrowser;
  let html: string;

  beforeAll(async () => {
    [browser, html] = await Promise.all([openBrowser(chromium!), renderPage(madePage())]);
  });
  afterAll(() => browser?.close());

  test.each([
    ['light', 1_280],
    ['dark', 1_280],
    ['light', 390],
  ] as const)('axe-core finds no violation in %s at %i px, everything unfolded', async (colorScheme, width) => {
    const { page } = await browser.open(html, { colorScheme, viewport: { width, height: 844 } });
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
      // axe skips what is not laid out yet
      for (const claim of document.querySelectorAll<HTMLElement>('.claim')) claim.style.contentVisibility = 'visible';
    });
    await page.evaluate(axe.source);
    const results = await page.evaluate(async () => {
      const { axe: inPage } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } };
      return await inPage.run();
    });
    expect(results.violations.map(({ id, nodes }) => [id, nodes.map(({ html: node }) => node)])).toEqual([]);
    expect(results.passes.map(({ id }) => id)).toContain('color-contrast');
    await page.close();
  });

  test('everything that can be done can be done by keyboard, in the order of the page', async () => {
    const { page } = await browser.open(html);
    const reached: string[] = [];
    for (let press = 0; press < 200; press++) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => {
        const { activeElement: element } = document;
        if (!element || element === document.body) return undefined;
        const label =
          element.closest('label')?.textContent ?? element.getAttribute('aria-label') ?? element.textContent;
        return `${element.tagName.toLowerCase()} ${label.trim().split(/\s{2,}|\n/)[0]}`;
      });
      if (name === undefined) break;
      reached.push(name);
    }
    const wanted = ['a To the claims', 'input auto', 'button Question', 'button Inline', 'a all claims'];
    const places = wanted.map((name) => reached.indexOf(name));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    await page.close();
  });

  test('the page has its landmarks, and its headings leave no level out', async () => {
    const { page } = await browser.open(html);
    for (const landmark of ['banner', 'navigation', 'main', 'search', 'contentinfo'] as const)
      expect(await page.getByRole(landmark).count(), landmark).toBe(1);
    const levels = await page.evaluate(() =>
      [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) => Number(tagName[1])),
    );
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
    await page.close();
  });
});
