/** Events, broadcasts and channels as pages: what officers do there reaches craftsmen, and who may not see does not. */
import { describe, expect, it } from 'vitest';
import type { Channel, Condition } from '../../src/channels/channel.ts';
import { caseOf, register, startDesk } from './desk.ts';
import { office, textOf } from './office.ts';

const { desk, officer, administrator, collection, lastTo } = office();

const event = {
  ...{ jenis: 'training', nama: 'Anyam dasar', tentang: 'Belajar menganyam purun.', mulai: '2030-03-04T09:00' },
  ...{ lama: '3', kali: '1', tempat: 'aula kantor dinas', jumlah: '15', bawa: '', tautan: '', telepon: '' },
};

describe('an event', () => {
  it('that an officer makes is offered to craftsmen, who then stand on its list', async () => {
    const person = await register(desk().product, '51', { name: 'Siti Aminah' });
    expect((await officer().send('/acara', { ...event, mulai: 'besok' })).status).toBe(422);
    const hard = { ...event, tentang: 'Implementasi kurikulum kompetensi terintegrasi' };
    const asked = await officer().send('/acara', hard);
    expect([asked.status, (await asked.text()).includes('Tetap simpan')]).toEqual([422, true]);
    expect((await officer().send('/acara', { ...event, tetap: '1' })).headers.get('location')).toBe(
      '/acara/anyam-dasar-0304',
    );
    expect((await officer().send('/acara', { ...event, tetap: '1' })).status).toBe(422);
    expect(await textOf(officer(), '/acara?bulan=2030-03')).toContain('09.00 Anyam dasar');
    for (const [index, text] of ['pelatihan', '1', 'ya', '1'].entries())
      await desk().product.send('51', `e${index}`, { kind: 'text', text });
    expect(await lastTo('51')).toContain('Sudah saya catat');
    expect(await textOf(officer(), '/acara/anyam-dasar-0304')).toContain('Siti Aminah');
    expect(await textOf(officer(), '/acara/anyam-dasar-0304/daftar-hadir')).toContain('Siti Aminah');
    expect(await textOf(officer(), `/orang/${person}`)).toContain('anyam-dasar-0304');
    // A kader of another kelurahan sees the event, and not who comes.
    const kader = await desk().visitor('kader', '63.72.01.1001');
    const page = await textOf(kader, '/acara/anyam-dasar-0304');
    expect([page.includes('Anyam dasar'), page.includes('Siti Aminah'), page.includes('Kode hadir')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('moves, takes note of who was there, takes somebody out, and is cancelled; everybody is told', async () => {
    const path = '/acara/anyam-dasar-0304';
    const enrolled = await collection('enrolments').findOne({ event: 'anyam-dasar-0304' });
    const person = String(enrolled?.['person']);
    expect((await officer().send(`${path}/pindah`, { mulai: '', tempat: '' })).status).toBe(409);
    await officer().send(`${path}/pindah`, { mulai: '2030-03-05T10:00', tempat: '' });
    const moved = await collection('events').findOne({ _id: 'anyam-dasar-0304' as never });
    expect((moved?.['dates'] as { start: number }[])[0]?.start).toBe(Date.parse('2030-03-05T10:00:00+08:00'));
    await desk().product.outreach.plan();
    expect(await collection('deliveries').countDocuments({ thing: 'anyam-dasar-0304', kind: 'moved' })).toBe(1);
    await officer().send(`${path}/hadir`, { hadir: person });
    expect((await collection('enrolments').findOne({ person }))?.['present']).toHaveLength(1);
    await officer().send(`${path}/keluarkan`, { orang: person });
    expect((await collection('enrolments').findOne({ person }))?.['state']).toBe('cancelled');
    expect((await officer().send(`${path}/batal`, { alasan: '' })).status).toBe(422);
    await officer().send(`${path}/batal`, { alasan: 'gurunya sakit' });
    expect(await textOf(officer(), path)).toContain('gurunya sakit');
    expect((await officer().send(`${path}/pindah`, { mulai: '2030-03-06T10:00', tempat: '' })).status).toBe(409);
    expect((await officer().send('/acara/tidak-ada/batal', { alasan: 'tidak jadi' })).status).toBe(404);
    expect(await collection('audit').countDocuments({ what: 'event', thing: 'anyam-dasar-0304' })).toBeGreaterThan(4);
  });

  it('that one applies for is decided, with a reason where it is no', async () => {
    const show = { ...event, jenis: 'exhibition', nama: 'Pameran kota', tetap: '1' };
    await officer().send('/acara', show);
    const person = await register(desk().product, '52', { name: 'Rusmini' });
    await collection('enrolments').insertOne({
      ...{ _id: `pameran-kota-0304:${person}` as never, event: 'pameran-kota-0304', person, name: 'Rusmini' },
      ...{ contact: 'simulator:sim:52', channel: 'simulator', state: 'applied', companion: null, since: 1 },
      ...{ offeredUntil: null, reason: null, present: [], confirmed: null, feedback: [], notice: null },
    });
    const decide = (fields: Record<string, string>) =>
      officer().send('/acara/pameran-kota-0304/putusan', { orang: person, ...fields });
    expect((await decide({ putusan: 'tolak', alasan: '' })).status).toBe(409);
    await decide({ putusan: 'tolak', alasan: 'tempatnya sudah penuh' });
    expect(await collection('enrolments').findOne({ person })).toMatchObject({
      state: 'declined',
      reason: 'tempatnya sudah penuh',
    });
    await decide({ putusan: 'pilih', alasan: '' });
    expect(await collection('enrolments').findOne({ person })).toMatchObject({ state: 'chosen' });
  });
});

describe('a broadcast', () => {
  it('of many needs a second member of staff, who is not the one who wrote it', async () => {
    const made = await officer().send('/siaran', { text: 'Halo {nama}. Besok kantor tutup.', balasan: 'case' });
    const path = made.headers.get('location') ?? '';
    const id = path.split('/').at(-1) ?? '';
    const state = async () => (await collection('broadcasts').findOne({ _id: id as never }))?.['state'] as string;
    await collection('broadcasts').updateOne({ _id: id as never }, { $set: { state: 'agreeing' } });
    expect(await textOf(officer(), path)).toContain('Menunggu petugas kedua');
    expect((await officer().send(`${path}/setuju`, {})).status).toBe(409);
    expect(await state()).toBe('agreeing');
    expect((await administrator().send(`${path}/setuju`, {})).status).toBe(303);
    expect(await state()).toBe('waiting');
    await administrator().send(`${path}/jeda`, {});
    expect(await state()).toBe('paused');
    await administrator().send(`${path}/lanjut`, {});
    await administrator().send(`${path}/batal`, {});
    expect(await state()).toBe('cancelled');
    expect((await officer().send('/siaran/b-nothing/mulai', { waktu: '' })).status).toBe(404);
  });

  it('is tried on a number of the office first, begins at a time, and is sent again to those that failed', async () => {
    const made = await officer().send('/siaran', {
      text: 'Halo {nama}.',
      balasan: 'none',
      usaha: 'sendiri',
      kerajinan: 'purun',
    });
    const path = made.headers.get('location') ?? '';
    const id = path.split('/').at(-1) ?? '';
    expect(await textOf(officer(), `${path}/penguji`)).toContain('Belum ada petugas');
    await desk().product.parts.broadcastStore.addStaff('simulator:sim:59', 'Ibu Rina', Date.now());
    expect(await textOf(officer(), `${path}/penguji`)).toContain('Ibu Rina');
    expect((await officer().send(`${path}/coba`, { kepada: 'simulator:sim:51' })).status).toBe(404);
    await officer().send(`${path}/coba`, { kepada: 'simulator:sim:59' });
    expect(await collection('deliveries').countDocuments({ thing: id, contact: 'simulator:sim:59' })).toBe(1);
    expect((await officer().send(`${path}/mulai`, { waktu: 'nanti' })).status).toBe(409);
    await officer().send(`${path}/mulai`, { waktu: '2030-03-04T09:00' });
    expect((await collection('broadcasts').findOne({ _id: id as never }))?.['at']).toBe(
      Date.parse('2030-03-04T09:00:00+08:00'),
    );
    await collection('broadcasts').updateOne({ _id: id as never }, { $set: { state: 'done', planned: true } });
    await collection('deliveries').updateMany({ thing: id }, { $set: { state: 'failed', reason: 'gone' } });
    expect(await textOf(officer(), `${path}/jalannya`)).toContain('gagal (tidak ada lagi): 1');
    await officer().send(`${path}/ulang`, {});
    expect(await collection('deliveries').countDocuments({ thing: id, state: 'planned' })).toBe(1);
    expect(await collection('broadcasts').findOne({ _id: id as never })).toMatchObject({ state: 'running' });
  });
});

describe('a channel', () => {
  it('that waits to be linked says what to do, and shows its picture only to who may link it', async () => {
    const condition: Condition = {
      ...{ state: 'pairing', since: 0, at: 0, counts: { status: 3 }, broken: [], why: 'not linked yet' },
      pairing: { code: '2@abc', how: 'picture' },
    };
    const channel = (now: Condition): Channel => ({
      ...{
        id: 'whatsapp-web',
        start: () => Promise.resolve(),
        stop: () => Promise.resolve(),
        isConnected: () => false,
      },
      ...{ send: () => Promise.resolve({ state: 'confirmed' as const }), sentAmong: () => Promise.resolve([]) },
      condition: () => Promise.resolve(now),
    });
    const letters: Condition = { ...condition, pairing: { code: 'ABCD1234', how: 'letters' } };
    const other = await startDesk({ jobs: false, channels: [channel(condition), channel(letters)] });
    try {
      const [chief, viewer] = [await other.visitor('administrator'), await other.visitor('viewer')];
      const page = await textOf(chief, '/saluran');
      for (const part of ['data:image/png;base64', 'ABCD1234', 'Tautkan perangkat', 'not linked yet'])
        expect(page).toContain(part);
      const theirs = await textOf(viewer, '/saluran');
      expect([
        theirs.includes('data:image/png'),
        theirs.includes('ABCD1234'),
        theirs.includes('Tautkan perangkat'),
      ]).toEqual([false, false, true]);
      expect(await textOf(chief, '/')).toContain('Tautkan perangkat');
    } finally {
      await other.product.stop();
    }
  });
});

it('behind a proxy with TLS, cookies go over TLS only, and the caller is who the proxy says', async () => {
  const secure = await startDesk({ jobs: false, config: { NODE_ENV: 'production' } });
  try {
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' };
    const answer = await secure.stranger().ask('/masuk', { headers });
    const cookies = answer.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/; Secure/);
    expect(answer.headers.get('strict-transport-security')).toMatch(/max-age/);
    // Without TLS no session begins.
    expect((await secure.stranger().ask('/masuk')).headers.getSetCookie().join()).not.toContain('kawan.sid');
  } finally {
    await secure.product.stop();
  }
});

it('a case that a page names and that is not there is told as such, whatever is done with it', async () => {
  const nothing = '0'.repeat(24);
  for (const [path, fields] of [
    ['ambil', { key: 'key-number-x' }],
    ['kembalikan', { key: 'key-number-x' }],
    ['kirim', { key: 'key-number-x', text: 'halo', seen: '0' }],
    ['serahkan', { siapa: '' }],
    ['selesai', { alasan: 'x' }],
    ['buka', {}],
  ] as const)
    expect([path, (await officer().send(`/kotak-masuk/${nothing}/${path}`, fields)).status]).toEqual([path, 404]);
  // A talk that staff begin themselves has a case, the same for the second time.
  const person = await register(desk().product, '53', { name: 'Mahrita' });
  const first = await officer().send(`/orang/${person}/tulis`, {});
  const second = await officer().send(`/orang/${person}/tulis`, {});
  expect(second.headers.get('location')).toBe(first.headers.get('location'));
  expect(await caseOf(desk().product, '53')).toBeTruthy();
});
