/** What we say first, as a craftsman sees it: enrol in the page, move the clock, see the reminder, answer it. */
import { expect, it } from 'vitest';
import { ShiftableClock } from '../../src/shared/clock.ts';
import { chatPages, says, screenshot, tap, type } from './pages.ts';

/** A Wednesday at nine in Banjarbaru, from which the page moves on: at any hour at which the test runs it is day there. */
class FromMorning extends ShiftableClock {
  readonly #offset = Date.parse('2026-11-25T09:00:00+08:00') - super.now();
  override now(): number {
    return super.now() + this.#offset;
  }
}
const { open, product } = chatPages({ clock: new FromMorning() });

it.each([390, 1280])('a reminder comes when the clock is moved, and is answered (%i px)', async (width) => {
  const { eventOffice } = product().parts;
  const picture = await product().parts.files.save({
    type: 'image/png',
    name: 'kain.png',
    bytes: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  });
  if (width === 390)
    await eventOffice.add(
      {
        ...{ id: 'warna-alam', kind: 'training', name: 'Pewarnaan alam', about: 'Belajar mewarnai kain.', places: 15 },
        ...{ dates: [{ start: '2026-12-04 14:00', hours: 3 }], for: {}, code: '4821' },
        place: { words: 'aula kantor dinas', pin: { latitude: -3.4425, longitude: 114.8326 } },
      },
      { picture: { id: picture, type: 'image/png' }, material: null },
      Date.parse('2026-11-25T09:00:00+08:00'),
    );
  const page = await open(`6${width}`, width);
  for (const [text, answer] of [
    ['halo', 'Boleh?'],
    ['ya', 'Siapa nama'],
    ['Siti Aminah', 'membuat apa'],
    ['1', 'kelurahan apa'],
    ['palam', 'ikut kelompok'],
    ['1', 'berapa tahun'],
    ['12', 'betul semua'],
    ['ya', 'perlu apa'],
    ['pelatihan', 'lihat yang mana'],
    ['1', 'Mau ikut?'],
  ] as const) {
    await type(page, text);
    await says(page, answer);
  }
  await expect.poll(() => page.evaluate("document.querySelector('.message.out img')?.naturalWidth")).toBe(1);
  await says(page, '📍 aula kantor dinas');
  await tap(page, 'Ya');
  await says(page, 'dengan siapa');
  await tap(page, 'Sendiri');
  await says(page, 'Sudah saya catat');
  await page.getByRole('button', { name: 'Alat' }).click();
  // The second phone begins where the first has moved the clock to: its reminder is the one of the day before.
  for (let day = 0; day < (width === 390 ? 3 : 6); day++)
    await page.getByRole('button', { name: 'Maju 1 hari' }).click();
  await says(page, 'Tetap datang?');
  await page.getByRole('button', { name: 'Alat' }).click();
  await expect.poll(() => page.evaluate('log.scrollHeight - log.scrollTop - log.clientHeight')).toBeLessThan(2);
  await screenshot(page, `reminder-${width}`);
  await tap(page, 'Ya');
  await says(page, 'Kami tunggu');
  const [reminder] = await product().parts.ledger.list({ contact: `simulator:sim:6${width}` }, 1);
  expect(reminder).toMatchObject({ kind: 'reminder', state: 'confirmed' });
});
