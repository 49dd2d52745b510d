/** A craftsman applies in the simulator, an officer decides at the desk, and she reads it: the loan, and a photo of a NIB. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { ManualClock } from '../../src/shared/clock.ts';
import { pictureOf } from '../support/picture.ts';
import { officePages } from './office.ts';
import { says, screenshot, tap, type } from './pages.ts';

/** A Wednesday at ten in Banjarbaru: decisions may be told. */
const clock = new ManualClock('2026-12-02T10:00:00+08:00');
const { desk, officer, craftsman, go } = officePages({ clock });

/** What is due is told, as the product's own clock would do it. */
async function tell(): Promise<void> {
  clock.advance(60_000);
  await desk().product.outreach.plan();
  await desk().product.outreach.send();
}

async function sendPhoto(page: Page, name: string): Promise<void> {
  const file = { name: `${name}.jpg`, mimeType: 'image/jpeg', buffer: await pictureOf(name) };
  await page.locator('#photo').setInputFiles(file);
}

/** The newest application on the board, opened. */
async function open(page: Page, name: string): Promise<void> {
  await go(page, '/pengajuan');
  await page
    .getByRole('row', { name: new RegExp(name) })
    .getByRole('link')
    .first()
    .click();
  await page.getByRole('heading', { name: 'Putuskan' }).waitFor();
}

it('the loan and its interest: asked, photographed, decided, read', async () => {
  const siti = await craftsman('628115550101');
  await type(siti, 'kur');
  await says(siti, 'Mau saya cek');
  await tap(siti, 'Ya');
  await says(siti, 'Jawabannya hanya untuk kantor dinas');
  await tap(siti, 'Ya');
  await says(siti, 'Pernah pinjam uang di mana');
  await tap(siti, 'Belum pernah');
  await says(siti, 'Perlu pinjam berapa');
  await tap(siti, '25 juta');
  await says(siti, 'betul?');
  await tap(siti, 'Ya');
  await says(siti, 'berapa bulan');
  await tap(siti, '36 bulan');
  await says(siti, 'terjual berapa');
  await type(siti, '3 juta');
  await says(siti, 'Sudah punya NIB');
  await tap(siti, 'Sudah punya');
  await says(siti, 'Rp760.548');
  await says(siti, 'Mau saya ajukan');
  await tap(siti, 'Ya');
  await says(siti, 'Foto KTP, lalu kirim');
  await sendPhoto(siti, 'KTP contoh');
  await says(siti, 'Sekarang foto kartu keluarga');
  await tap(siti, 'Lewati');
  await says(siti, 'Terakhir foto NIB');
  await tap(siti, 'Lewati');
  await says(siti, 'Sudah betul semua');
  await tap(siti, 'Ya');
  await says(siti, 'Sudah saya ajukan');

  const rina = await officer();
  await open(rina, 'Siti Aminah');
  await rina.locator('.papers img').waitFor();
  await screenshot(rina, 'konsol-satu-pengajuan');
  await rina.getByLabel('berkas sudah lengkap').check();
  await rina.getByLabel('Kata untuk pengrajin').fill('Syaratnya lengkap.');
  await rina.getByRole('button', { name: 'Simpan dan kabari' }).click();
  await rina.getByText('Tersimpan.').waitFor();
  await tell();
  await says(siti, 'berkas sudah lengkap');
  await says(siti, 'Bank yang memutuskan pinjamannya');
  await type(siti, 'status');
  await says(siti, 'Pinjaman KUR');
});

it('a photo of a NIB: sent, typed in by an officer, read', async () => {
  const rusmini = await craftsman('628115550102');
  await type(rusmini, 'nib');
  await says(rusmini, 'Sekarang mau apa');
  await tap(rusmini, 'Sudah punya NIB');
  await says(rusmini, 'saya simpan rapat');
  await tap(rusmini, 'Ya');
  await says(rusmini, '13 angka');
  await sendPhoto(rusmini, 'NIB contoh');
  await says(rusmini, 'ketik NIK');
  await type(rusmini, '6372025708650001');
  // Her own phone shows her the whole number; nobody else's screen does.
  await says(rusmini, '6372 0257 0865 0001');
  await tap(rusmini, 'Ya');
  await says(rusmini, 'Sudah saya kirim');

  const rina = await officer('officer', 390);
  await open(rina, 'Rusmini');
  expect(await rina.content()).not.toContain('6372');
  await rina.getByLabel('Setujui').check();
  await rina.getByLabel('NIB (13 angka)').fill('0123456789012');
  await rina.getByRole('button', { name: 'Simpan dan kabari' }).click();
  await rina.getByText('Tersimpan.').waitFor();
  await tell();
  await says(rusmini, 'sudah dicek dan cocok');
});
