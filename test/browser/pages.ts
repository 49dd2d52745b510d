/** What the tests of the chat page share: a product, a browser, and a phone opened in it. Its console must stay clean. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startProduct, type TestProduct } from '../support/product.ts';
import { openBrowser } from './chromium.ts';

export interface Pages {
  product(): TestProduct;
  /** Opens the chat of a phone. */
  open(phone: string, width?: number): Promise<Page>;
  /** What the pages' own consoles complained of since the last test. */
  problems: string[];
}

/** For a file of tests: started before the first, stopped after the last. */
export function chatPages(parts: Parameters<typeof startProduct>[0] = {}): Pages {
  let browser: Browser;
  let product: TestProduct;
  const contexts: BrowserContext[] = [];
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    product = await startProduct(parts);
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    // A busy server is told in the console by the browser itself.
    expect(problems.splice(0).filter((problem) => !problem.includes('503'))).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
  });

  return {
    product: () => product,
    problems,
    async open(phone, width = 390) {
      const context = await browser.newContext({ viewport: { width, height: 844 }, locale: 'id-ID' });
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.goto(`${product.address}/chat/${phone}`);
      await textbox(page).waitFor();
      return page;
    },
  };
}

/** Kept beside the documents, when asked for: UPDATE_SCREENSHOTS=1. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (process.env['UPDATE_SCREENSHOTS'] === '1') await page.screenshot({ path: `docs/screenshots/${name}.png` });
}

export const textbox = (page: Page) => page.getByRole('textbox', { name: 'Tulis pesan' });
export const type = async (page: Page, text: string): Promise<void> => {
  await textbox(page).fill(text);
  await textbox(page).press('Enter');
};
export const says = (page: Page, text: string) =>
  page.locator('.message.out', { hasText: text }).last().waitFor({ timeout: 15_000 });
export const tap = (page: Page, label: string) =>
  page
    .locator('.options')
    .last()
    .getByRole('button', { name: new RegExp(`(^|\\d\\s*)${label}$`) })
    .click();
