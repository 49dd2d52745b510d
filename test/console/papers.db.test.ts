/** A paper that comes without being asked for: it goes where it is lacking, or to staff, and what is told of it is true. */
import { describe, expect, it } from 'vitest';
import { pictureOf } from '../support/picture.ts';
import { applyForKur, register } from './desk.ts';
import { office } from './office.ts';

const { desk, officer, collection, lastTo } = office();
const NIK = '6372025708650001';

let sent = 0;
async function say(phone: string, ...texts: string[]): Promise<void> {
  for (const text of texts) await desk().product.send(phone, `a${++sent}`, { kind: 'text', text });
}
async function photo(phone: string, name: string): Promise<void> {
  const media = await desk().product.upload(phone, await pictureOf(name));
  await desk().product.send(phone, `a${++sent}`, { kind: 'photo', media });
}

describe('a paper that comes without being asked for', () => {
  const find = (id: string) => collection('applications').findOne({ _id: id as never });
  const decide = async (id: string, keadaan: string, alasan: string) =>
    officer().send(`/pengajuan/${id}/putusan`, {
      ...{ revisi: String((await find(id))?.['revision']), keadaan, alasan, nomor: '0123456789012' },
    });
  const photos = () => collection('cases').countDocuments({ contact: 'simulator:sim:25', kind: 'photo' });
  let kur = '';

  it('is what was lacking: it goes with the application, which is on the board again with a new day', async () => {
    await register(desk().product, '25', { name: 'Noraida Contoh' });
    kur = await applyForKur(desk().product, '25');
    await decide(kur, 'needs', 'Foto KTP masih gelap.');
    const before = await find(kur);
    expect(before).toMatchObject({ state: 'needs', dueAt: null });
    await photo('25', 'KTP terang');
    const after = await find(kur);
    expect(after).toMatchObject({ state: 'submitted', open: true });
    expect(after?.['papers']).toHaveLength((before?.['papers'] as unknown[]).length + 1);
    expect(Number(after?.['dueAt'])).toBeGreaterThan(Date.now());
    expect(await lastTo('25')).toMatch(/Petugas cek lagi\. Kabar paling lambat \p{L}+, \d{1,2} \p{L}+\.$/u);
  });

  it('is seen by staff when it comes once more, or after the decision, and no day is made up for it', async () => {
    await photo('25', 'KTP terang lagi');
    expect(await lastTo('25')).toBe('Terima kasih, fotonya sudah masuk. Nanti petugas lihat.');
    expect(await photos()).toBe(1);
    await decide(kur, 'declined', 'Belum bisa tahun ini.');
    await photo('25', 'KTP terlambat');
    expect(await lastTo('25')).toBe('Terima kasih, fotonya sudah masuk. Nanti petugas lihat.');
    expect(await find(kur)).toMatchObject({ state: 'declined', open: false });
  });

  it('is asked about where two applications lack something', async () => {
    await decide(kur, 'checking', 'Dicek lagi.');
    await decide(kur, 'needs', 'Foto KTP masih gelap.');
    await say('25', 'nib', 'sudah punya', 'ya', '0123456789012', 'ya', NIK, 'ya');
    const nib = String((await collection('applications').findOne({ name: 'Noraida Contoh', programme: 'nib' }))?._id);
    await decide(nib, 'needs', 'Foto NIB belum ada.');
    await photo('25', 'NIB contoh');
    expect(await lastTo('25')).toContain('Fotonya untuk yang mana?');
    // The newest stands first.
    await say('25', '1');
    expect(await lastTo('25')).toContain('sudah masuk untuk NIB');
    expect([(await find(nib))?.['state'], (await find(kur))?.['state']]).toEqual(['submitted', 'needs']);
  });
});
