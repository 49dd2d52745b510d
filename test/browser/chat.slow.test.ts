/** The chat page in a real browser: by tapping, by typing, on two phones, after a reload, on a small screen, for everyone. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { scenarioSchema } from '../scenarios/scenario.ts';
import { startProduct, type TestProduct } from '../support/product.ts';
import { openBrowser } from './chromium.ts';

let browser: Browser;
let product: TestProduct;
const contexts: BrowserContext[] = [];
/** What the page's own console complained of; a busy server is told there by the browser itself. */
const problems: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  product = await startProduct();
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  expect(problems.splice(0).filter((problem) => !problem.includes('503'))).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

async function open(phone: string, width = 390): Promise<Page> {
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
}

const textbox = (page: Page) => page.getByRole('textbox', { name: 'Tulis pesan' });
const type = async (page: Page, text: string): Promise<void> => {
  await textbox(page).fill(text);
  await textbox(page).press('Enter');
};
const says = (page: Page, text: string) =>
  page.locator('.message.out', { hasText: text }).last().waitFor({ timeout: 15_000 });
const tap = (page: Page, label: string) =>
  page
    .locator('.options')
    .last()
    .getByRole('button', { name: new RegExp(`(^|\\d\\s*)${label}$`) })
    .click();

describe('a craftsman registers', () => {
  it('by tapping, on a phone of 390 px where nothing overflows', async () => {
    const page = await open('1');
    await type(page, 'Assalamualaikum');
    await says(page, 'Boleh?');
    await tap(page, 'Ya');
    await says(page, 'Siapa nama');
    await type(page, 'Siti Aminah');
    await says(page, 'membuat apa');
    await tap(page, 'Anyaman purun');
    await says(page, 'kelurahan apa');
    await type(page, 'palam');
    await says(page, 'sendiri, atau');
    await tap(page, 'Usaha sendiri');
    await says(page, 'berapa tahun');
    await tap(page, 'Sudah lama');
    await says(page, 'Sudah betul');
    if (process.env['UPDATE_SCREENSHOTS'] === '1') await page.screenshot({ path: 'docs/screenshots/chat-390.png' });
    await tap(page, 'Ya');
    await says(page, 'Sudah terdaftar, Siti Aminah');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    const buttons = await page.locator('.options button, #form > button').all();
    const heights = await Promise.all(buttons.map(async (button) => (await button.boundingBox())?.height ?? 0));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    expect(await product.database.connection.collection('persons').countDocuments({ name: 'Siti Aminah' })).toBe(1);
  });

  it('by typing, with the keyboard alone, and goes on after a reload in mid-form', async () => {
    const page = await open('2', 1280);
    // The tools, the talk, the attachments, and then the text.
    for (let stop = 0; stop < 4; stop++) await page.keyboard.press('Tab');
    await page.keyboard.type('halo');
    await page.keyboard.press('Enter');
    await says(page, 'Boleh?');
    await type(page, 'iya');
    await says(page, 'Siapa nama');
    await type(page, 'Rusmini');
    await says(page, 'membuat apa');
    await page.reload();
    await says(page, 'membuat apa');
    expect(await page.locator('.message.in').allTextContents()).toHaveLength(3);
    for (const [text, answer] of [
      ['rajut', 'kelurahan apa'],
      ['guntung manggis', 'sendiri, atau'],
      ['sendiri', 'berapa tahun'],
      ['lewati', 'Sudah betul'],
      ['betul', 'Sudah terdaftar, Rusmini'],
    ] as const) {
      await type(page, text);
      await says(page, answer);
    }
    if (process.env['UPDATE_SCREENSHOTS'] === '1') await page.screenshot({ path: 'docs/screenshots/chat-1280.png' });
  });

  it('in Banjarese, after asking for it', async () => {
    const page = await open('3');
    for (const [text, answer] of [
      ['Assalamualaikum', 'Boleh?'],
      ['bahasa', 'bahasa apa'],
      ['banjar', 'Kawa lah?'],
      ['inggih', 'ngaran pian'],
      ['ngaran ulun Rusnah', 'maulah napa'],
      ['manganyam purun', 'kelurahan napa'],
      ['palam', 'umpat kelompok'],
      ['saurang haja', 'tahun maulah'],
      ['lawas banar', 'Lawasnya'],
    ] as const) {
      await type(page, text);
      await says(page, answer);
    }
    if (process.env['UPDATE_SCREENSHOTS'] === '1') await page.screenshot({ path: 'docs/screenshots/banjar-390.png' });
  });

  it('on two phones at once that know nothing of each other', async () => {
    const [one, two] = await Promise.all([open('31'), open('32')]);
    await Promise.all([type(one, 'halo'), type(two, 'halo')]);
    await Promise.all([says(one, 'Boleh?'), says(two, 'Boleh?')]);
    await tap(one, 'Tidak');
    await says(one, 'Tidak ada yang saya simpan');
    await tap(two, 'Ya');
    await says(two, 'Siapa nama');
    expect(await two.locator('.message', { hasText: 'Tidak ada yang saya simpan' }).count()).toBe(0);
  });
});

describe('the page', () => {
  it('shows days, times and ticks in words for those who listen', async () => {
    const page = await open('41');
    await type(page, 'halo');
    await says(page, 'Boleh?');
    await page.locator('.day', { hasText: 'Hari ini' }).waitFor();
    await page.locator('.message.in').getByRole('img', { name: 'diterima' }).waitFor();
    expect(await page.getByRole('log').getAttribute('aria-live')).toBe('polite');
  });

  it('puts in what people write as text, never as markup', async () => {
    const page = await open('42');
    await type(page, '<img src=x onerror="document.title=1"> *tebal*');
    await says(page, 'Boleh?');
    const bubble = page.locator('.message.in');
    expect(await bubble.locator('img').count()).toBe(0);
    expect(await bubble.locator('strong').textContent()).toBe('tebal');
    expect(await page.title()).toContain('Kawan Pengrajin');
  });

  it('keeps a message while the server is away, and sends it once when it is back', async () => {
    const page = await open('43');
    await type(page, 'halo');
    await says(page, 'Boleh?');
    await page.route('**/messages', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 503, body: '{}' }) : route.continue(),
    );
    await type(page, 'iya');
    await page.getByText('Sedang sibuk').waitFor();
    await page.locator('.message.in').last().getByRole('img', { name: 'menunggu dikirim' }).waitFor();
    await page.unroute('**/messages');
    await says(page, 'Siapa nama');
    await page.getByText('Sedang sibuk').waitFor({ state: 'hidden' });
    expect(await page.locator('.message.in').count()).toBe(2);
  });

  it('has nothing serious for axe to find', async () => {
    const page = await open('44');
    await type(page, 'halo');
    await says(page, 'Boleh?');
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });
});

describe('the tools', () => {
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const tools = (page: Page) => page.getByRole('button', { name: 'Alat' }).click();

  it('send a photo that is seen again, and refuse a file that is none', async () => {
    const page = await open('51');
    await type(page, 'halo');
    await says(page, 'Boleh?');
    await page.locator('#photo').setInputFiles({ name: 'kain.png', mimeType: 'image/png', buffer: pixel });
    await says(page, 'fotonya sudah masuk');
    await page.reload();
    const image = page.locator('.message.in img');
    await image.waitFor();
    await expect.poll(() => page.evaluate("document.querySelector('.message.in img').naturalWidth")).toBe(1);
    await page
      .locator('#photo')
      .setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') });
    await page.getByText('Only a photo').waitFor();
    expect(problems.splice(0).every((problem) => problem.includes('415'))).toBe(true);
  });

  it('deliver twice, out of order, and after a while without a signal; each is answered once', async () => {
    const page = await open('52');
    await tools(page);
    await page.getByLabel('Pesan berikut terkirim dua kali').check();
    await type(page, 'halo');
    await says(page, 'Boleh?');
    await page.getByLabel('Pesan berikut terkirim dua kali').uncheck();
    expect(await page.locator('.message.out').count()).toBe(2);
    await page.getByLabel('Dua pesan berikut bertukar').check();
    await type(page, 'Aluh');
    await type(page, 'iya');
    await says(page, 'membuat apa');
    await page.getByLabel('Dua pesan berikut bertukar').uncheck();
    await page.getByLabel('HP tanpa sinyal').check();
    await type(page, 'rajut');
    await page.locator('.message.in').last().getByRole('img', { name: 'menunggu dikirim' }).waitFor();
    await page.getByLabel('HP tanpa sinyal').uncheck();
    await says(page, 'kelurahan apa');
  });

  it('quote, change and delete a message', async () => {
    const page = await open('53');
    await type(page, 'halo');
    await says(page, 'Boleh?');
    await type(page, 'iya');
    await says(page, 'Siapa nama');
    page.once('dialog', (dialog) => void dialog.accept('iya lah'));
    await act(page, 1, 'Ubah');
    await says(page, 'Pesan tadi jadi lain');
    await page.locator('.message.in', { hasText: 'iya lah (diubah)' }).waitFor();
    page.once('dialog', (dialog) => void dialog.accept());
    await act(page, 0, 'Hapus');
    await says(page, 'hilang di HP saja');
    await page.locator('.message.in', { hasText: 'Pesan ini dihapus' }).waitFor();
    await page.locator('.message.out').first().getByLabel('Pilihan untuk pesan ini').click();
    await page.locator('.message.out').first().getByRole('button', { name: 'Balas' }).click();
    await page.getByText('Membalas:').waitFor();
    await type(page, 'Aluh');
    await says(page, 'membuat apa');
  });

  it('move the time, and save the talk as a scenario that can be run', async () => {
    const page = await open('54');
    await type(page, 'halo');
    await says(page, 'Boleh?');
    await type(page, 'iya');
    await says(page, 'Siapa nama');
    await tools(page);
    await page.getByRole('button', { name: 'Maju 30 hari' }).click();
    await page.getByText(/^Sekarang .* pukul /).waitFor();
    await type(page, 'Aluh');
    await says(page, 'Kita tadi sedang mendaftar');
    const response = await page.request.get(`${product.address}/chat/54/scenario`);
    expect(response.headers()['content-disposition']).toContain('percakapan-54.yaml');
    const scenario = scenarioSchema.parse(parse(await response.text()));
    expect(scenario.turns.map(({ send, wait }) => ({ send, wait }))).toEqual([
      { send: 'halo', wait: undefined },
      { send: 'iya', wait: undefined },
      { send: 'Aluh', wait: '30 days' },
    ]);
    expect(scenario.turns[2]?.back[0]).toContain('Kita tadi sedang mendaftar');
  });
});

/** Opens the menu of one's own message and chooses. */
async function act(page: Page, index: number, name: string): Promise<void> {
  const message = page.locator('.message.in').nth(index);
  await message.getByLabel('Pilihan untuk pesan ini').click();
  await message.getByRole('button', { name }).click();
}
