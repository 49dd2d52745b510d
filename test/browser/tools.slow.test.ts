/** The tools beside the chat: media, a poor connection, quoting, changing and deleting, the time, a saved scenario. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { scenarioSchema } from '../scenarios/scenario.ts';
import { chatPages, says, type } from './pages.ts';

const { open, product, problems } = chatPages();

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
    const response = await page.request.get(`${product().address}/chat/54/scenario`);
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
