/** The chat page in a real browser: by tapping, by typing, on two phones, after a reload, on a small screen, for everyone. */
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { chatPages, says, screenshot, tap, type } from './pages.ts';

const { open, product } = chatPages();

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
    await screenshot(page, 'chat-390');
    await tap(page, 'Ya');
    await says(page, 'Sudah terdaftar, Siti Aminah');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    const buttons = await page.locator('.options button, #form > button').all();
    const heights = await Promise.all(buttons.map(async (button) => (await button.boundingBox())?.height ?? 0));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    expect(await product().database.connection.collection('persons').countDocuments({ name: 'Siti Aminah' })).toBe(1);
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
    await screenshot(page, 'chat-1280');
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
    await screenshot(page, 'banjar-390');
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
