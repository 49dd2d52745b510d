/** What the browser tests of the console share: a product with people in it, a browser, officers and craftsmen in it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Role } from '../../src/console/access/roles.ts';
import { PASSWORD, register, startDesk, type TestDesk } from '../console/desk.ts';
import { openBrowser } from './chromium.ts';
import { textbox } from './pages.ts';

/** Craftsmen on record, by their phones. */
const people = [
  ['628115550101', 'Siti Aminah'],
  ['628115550102', 'Rusmini'],
  ['628115550103', 'Norhayati'],
  ['628115550104', 'Mahrita'],
] as const;

/** @param parts of the product, such as a clock of its own */
export function officePages(parts: Parameters<typeof startDesk>[0] = {}) {
  let browser: Browser;
  let desk: TestDesk;
  let person: string;
  const open: { close(): Promise<void> }[] = [];
  /** What the pages' own consoles complained of since the last test. */
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    desk = await startDesk({ jobs: false, ...parts });
    for (const [phone, name] of people) await register(desk.product, phone, { name });
    person = String(
      (await desk.product.database.connection.collection('persons').findOne({ name: 'Siti Aminah' }))?._id,
    );
    await desk.product.parts.eventOffice.add(
      {
        ...{ id: 'warna-alam', kind: 'training', name: 'Pewarnaan alam', about: 'Belajar mewarnai kain.', places: 15 },
        ...{ dates: [{ start: '2026-12-04 09:00', hours: 3 }], for: {}, code: '4821' },
        place: { words: 'aula kantor dinas' },
      },
      { picture: null, material: null },
      Date.now(),
    );
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    expect(problems.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await desk.product.stop();
  });

  async function page(width = 1280): Promise<Page> {
    const viewport = { width, height: 844 };
    const context = await browser.newContext({ viewport, locale: 'id-ID', permissions: ['microphone'] });
    open.push(context);
    const made = await context.newPage();
    made.on('pageerror', (error) => problems.push(error.message));
    made.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    return made;
  }

  return {
    desk: () => desk,
    person: () => person,
    problems,
    page,
    go: (made: Page, path: string) => made.goto(`${desk.product.address}${path}`),

    /** Somebody of the office, signed in by the form. */
    async officer(role: Role = 'officer', width = 1280, name = 'Ibu Rina'): Promise<Page> {
      const { login } = await desk.visitor(role, undefined, name);
      const made = await page(width);
      await made.goto(`${desk.product.address}/masuk`);
      await made.getByLabel('Nama masuk').fill(login);
      await made.getByLabel('Kata sandi').fill(PASSWORD);
      await made.getByRole('button', { name: 'Masuk' }).click();
      await made.getByRole('heading', { level: 1 }).waitFor();
      return made;
    },

    /** The craftsman's own page. */
    async craftsman(phone: string): Promise<Page> {
      const made = await page(390);
      await made.goto(`${desk.product.address}/chat/${phone}`);
      await textbox(made).waitFor();
      return made;
    },
  };
}
