/** The console in a real browser: an officer answers a craftsman who sits in the simulator; two officers; by keyboard. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PASSWORD } from '../console/desk.ts';
import { officePages } from './office.ts';
import { says, screenshot, type } from './pages.ts';

const { desk, officer, craftsman, page, go, problems } = officePages();
const write = (made: Page) => made.getByRole('textbox', { name: 'Tulis jawaban' });

describe('an officer', () => {
  it('answers a craftsman, takes over, and hands back to where she was', async () => {
    const siti = await craftsman('628115550101');
    const rina = await officer();
    await go(rina, '/kotak-masuk');
    await type(siti, 'daftar orang lain');
    await says(siti, 'Boleh?');
    await type(siti, 'petugas');
    await says(siti, 'petugas sudah saya beri tahu');
    // The list shows it without being asked anew.
    await rina.getByRole('link', { name: /Siti Aminah/ }).waitFor();
    await screenshot(rina, 'konsol-kotak-masuk');
    await rina.getByRole('link', { name: /Siti Aminah/ }).click();
    await rina.getByText('Asisten sedang menjawab di sini.').waitFor();
    await screenshot(rina, 'konsol-percakapan');
    await rina.getByRole('button', { name: 'Ambil alih', exact: true }).click();
    await rina.getByText('Anda yang berbicara').waitFor();
    await says(siti, 'dari dinas yang menjawab di sini');
    await write(rina).fill('Selamat pagi, Bu Siti. Ada apa?');
    await rina.getByRole('button', { name: 'Kirim', exact: true }).click();
    await says(siti, 'Selamat pagi, Bu Siti');
    await type(siti, 'ulun handak batakun');
    // Neither the assistant answers, nor does the officer have to load the page again.
    await rina.locator('.bubble.in', { hasText: 'ulun handak batakun' }).waitFor();
    await screenshot(rina, 'konsol-ambil-alih');
    expect(await siti.locator('.message.out').last().textContent()).toContain('Selamat pagi');
    await rina.getByRole('button', { name: 'Kembalikan ke asisten' }).click();
    await says(siti, 'Petugas sudah selesai');
    await says(siti, 'Boleh?');
    await rina.getByText('Selesaikan …').click();
    await rina.getByRole('button', { name: 'Ya, selesai' }).click();
    await rina.getByText('Kasus selesai.').waitFor();
  });

  it('sends a photo, and a voice note recorded in the browser that phones can play', async () => {
    const rusmini = await craftsman('628115550102');
    await type(rusmini, 'petugas');
    await says(rusmini, 'petugas sudah saya beri tahu');
    const rina = await officer();
    await go(rina, '/kotak-masuk');
    await rina.getByRole('link', { name: /Rusmini/ }).click();
    await rina.getByRole('button', { name: 'Rekam suara' }).click();
    await rina.getByRole('button', { name: 'Berhenti merekam (0:01)' }).click();
    await rina.locator('#dengar').waitFor({ state: 'visible' });
    await rina.getByRole('button', { name: 'Ambil alih dan kirim' }).click();
    await rina.getByText('Anda yang berbicara').waitFor();
    await rina.locator('.bubble.staff audio').first().waitFor();
    const [voice] = await desk().product.database.connection.collection('files').find({ type: /ogg/ }).toArray();
    const bytes = (voice?.['bytes'] as { buffer: Buffer }).buffer;
    expect([bytes.subarray(0, 4).toString(), bytes.subarray(28, 36).toString()]).toEqual(['OggS', 'OpusHead']);
    await rina.getByLabel('Foto, suara, atau berkas').setInputFiles('docs/screenshots/chat-390.png');
    await rina.getByRole('button', { name: 'Kirim', exact: true }).click();
    await rina.locator('.bubble.staff img').first().waitFor();
    await expect.poll(() => rusmini.locator('.message.out img').count()).toBeGreaterThan(0);
  });

  it('does the whole of it by keyboard', async () => {
    await desk().product.send('628115550103', 'k1', { kind: 'text', text: 'petugas' });
    const { login } = await desk().visitor('officer');
    const made = await page();
    await go(made, '/kotak-masuk');
    await made.keyboard.type(login);
    await made.keyboard.press('Tab');
    await made.keyboard.type(PASSWORD);
    await made.keyboard.press('Enter');
    await made.getByRole('heading', { name: 'Kotak masuk' }).waitFor();
    const focused = () => made.evaluate('document.activeElement.textContent.trim() || document.activeElement.id');
    const tabTo = async (what: RegExp, limit = 60) => {
      for (let step = 0; step < limit; step++) {
        await made.keyboard.press('Tab');
        if (what.test(String(await focused()))) return;
      }
      throw new Error(`No way to ${String(what)} by Tab; it ended at ${String(await focused())}`);
    };
    // The first stop leads past the menu.
    await made.keyboard.press('Tab');
    expect(await focused()).toBe('Langsung ke isi');
    await made.keyboard.press('Enter');
    await tabTo(/Norhayati/);
    await made.keyboard.press('Enter');
    await write(made).waitFor();
    await tabTo(/^tulis$/);
    await made.keyboard.type('Dijawab tanpa tetikus');
    await made.keyboard.press('Control+Enter');
    await made.locator('.bubble.staff', { hasText: 'Dijawab tanpa tetikus' }).waitFor();
    await tabTo(/Kembalikan ke asisten/);
    await made.keyboard.press('Enter');
    await made.getByText('Asisten menjawab lagi').waitFor();
    await tabTo(/Selesaikan …/);
    await made.keyboard.press('Enter');
    await tabTo(/^Ya, selesai$/);
    await made.keyboard.press('Enter');
    await made.getByText('Kasus selesai.').waitFor();
    expect((await desk().product.received('628115550103')).map(({ text }) => text)).toContain('Dijawab tanpa tetikus');
  });

  it('sees a colleague who has the same talk open, before either writes', async () => {
    await desk().product.send('628115550104', 'k2', { kind: 'text', text: 'petugas' });
    const [rina, sari] = [await officer(), await officer('officer', 1280, 'Ibu Sari')];
    for (const who of [rina, sari]) {
      await go(who, '/kotak-masuk');
      await who.getByRole('link', { name: /Mahrita/ }).click();
      await write(who).waitFor();
    }
    await sari.getByText('juga sedang membuka percakapan ini').waitFor();
    await rina.getByText('juga sedang membuka percakapan ini').waitFor({ timeout: 15_000 });
    await write(rina).fill('Saya yang jawab');
    await rina.getByRole('button', { name: 'Ambil alih dan kirim' }).click();
    await rina.locator('.bubble.staff', { hasText: 'Saya yang jawab' }).waitFor();
    await write(sari).fill('Saya juga mau');
    await sari.getByRole('button', { name: 'Ambil alih dan kirim' }).click();
    await sari.getByText('sudah menjawab atau sedang berbicara').waitFor();
    expect(await write(sari).inputValue()).toBe('Saya juga mau');
    await screenshot(sari, 'konsol-dua-petugas');
    problems.splice(0, problems.length, ...problems.filter((problem) => !problem.includes('409')));
  });

  it('writes a broadcast, sees it as it will be read, and follows it', async () => {
    const rina = await officer();
    await go(rina, '/siaran/baru');
    await rina.getByLabel('Isi').fill('Halo {nama}. Ada pelatihan baru. Mau ikut?');
    await screenshot(rina, 'konsol-siaran-baru');
    await rina.getByRole('button', { name: 'Lihat dulu' }).click();
    await rina
      .getByText(/Halo (Siti Aminah|Rusmini)/)
      .first()
      .waitFor();
    await rina.getByText('Akan diterima 4 nomor.').waitFor();
    await screenshot(rina, 'konsol-siaran');
    await rina.getByRole('button', { name: 'Kirim', exact: true }).click();
    await rina.getByText('Menunggu waktunya').waitFor();
    await desk().product.outreach.plan();
    await rina.getByText('0 dari 4 selesai').waitFor();
    await rina.getByRole('button', { name: 'Jeda' }).click();
    await rina.getByText('Dijeda').first().waitFor();
    await rina.getByRole('button', { name: 'Lanjut' }).click();
    await rina.getByText('Batalkan …').click();
    await rina.getByRole('button', { name: 'Ya, batalkan' }).click();
    await rina.getByText('Dibatalkan').first().waitFor();
  });
});
