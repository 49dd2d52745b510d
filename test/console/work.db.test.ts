/** What officers do, over HTTP: answer, decide, correct, join; and what is kept from whom. */
import exceljs from 'exceljs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseOf, register, startDesk, type TestDesk, type Visitor } from './desk.ts';

type Signed = Awaited<ReturnType<TestDesk['visitor']>>;

let desk: TestDesk;
let officer: Signed;
let administrator: Signed;

beforeAll(async () => {
  desk = await startDesk({ jobs: false });
  officer = await desk.visitor('officer');
  administrator = await desk.visitor('administrator');
});
afterAll(() => desk.product.stop());

const textOf = async (who: Visitor, path: string): Promise<string> => (await who.ask(path)).text();
const lastTo = async (phone: string): Promise<string> => (await desk.product.received(phone)).at(-1)?.text ?? '';
const collection = (name: string) => desk.product.database.connection.collection(name);

/** A file as a browser sends it with a form. */
async function upload(
  who: Visitor,
  path: string,
  fields: Record<string, string>,
  name: string,
  bytes: Buffer | string,
) {
  const body = new FormData();
  body.append('_csrf', await who.token('/akun'));
  for (const [field, value] of Object.entries(fields)) body.append(field, value);
  body.append('file', new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]), name);
  return who.ask(path, { method: 'POST', body });
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let keys = 0;
const key = () => `key-number-${++keys}`;

describe('a case', () => {
  it('is answered by a person, who is named; the assistant is silent until it is given back', async () => {
    await register(desk.product, '21', { name: 'Rusmini' });
    const id = await caseOf(desk.product, '21');
    expect(await textOf(officer, '/kotak-masuk')).toContain('Rusmini');
    const said = await officer.send(`/kotak-masuk/${id}/kirim`, {
      text: 'Ada yang bisa dibantu?',
      key: key(),
      seen: '9999999999999',
    });
    expect(said.status).toBe(303);
    const received = (await desk.product.received('21')).map(({ text }) => text);
    expect(received.slice(-2)).toEqual([
      `Sekarang Ibu ${officer.login} dari dinas yang menjawab di sini.`,
      'Ada yang bisa dibantu?',
    ]);
    await desk.product.send('21', 'q1', { kind: 'text', text: 'kapan pelatihan?' });
    expect(await lastTo('21')).toBe('Ada yang bisa dibantu?');
    await expect.poll(() => textOf(officer, `/kotak-masuk/${id}`)).toContain('kapan pelatihan?');
    const page = await textOf(officer, `/kotak-masuk/${id}`);
    expect(page).toContain('Anda yang berbicara');
    expect(page).toContain('terkirim ✓');
    expect((await officer.send(`/kotak-masuk/${id}/kembalikan`, { key: key() })).status).toBe(303);
    expect((await desk.product.received('21')).map(({ text }) => text).join()).toContain('Petugas sudah selesai');
    const closed = await officer.send(`/kotak-masuk/${id}/selesai`, { alasan: 'Sudah dijawab', lain: '' });
    expect(closed.headers.get('location')).toBe('/kotak-masuk');
    expect(await textOf(officer, '/kotak-masuk')).not.toContain('Rusmini');
    expect(await textOf(officer, '/kotak-masuk?keadaan=selesai')).toContain('Sudah dijawab');
    await officer.send(`/kotak-masuk/${id}/buka`, {});
    expect(await textOf(officer, '/kotak-masuk')).toContain('Rusmini');
  });

  it('is answered once, however often the form is sent', async () => {
    const id = await caseOf(desk.product, '21');
    const form = { text: 'Sekali saja', key: key(), seen: '9999999999999', anyway: '1' };
    await Promise.all([1, 2, 3].map(() => officer.send(`/kotak-masuk/${id}/kirim`, form)));
    expect((await desk.product.received('21')).filter(({ text }) => text === 'Sekali saja')).toHaveLength(1);
  });

  it('shows one officer the other, and asks before it speaks over them', async () => {
    const id = await caseOf(desk.product, '21');
    await officer.send(`/kotak-masuk/${id}/kirim`, {
      text: 'Saya bantu',
      key: key(),
      seen: '9999999999999',
      anyway: '1',
    });
    await textOf(officer, `/kotak-masuk/${id}/siapa`);
    expect(await textOf(administrator, `/kotak-masuk/${id}/siapa`)).toContain(
      `Ibu ${officer.login} juga sedang membuka`,
    );
    const form = { text: 'Saya juga', key: key(), seen: '0' };
    const asked = await administrator.send(`/kotak-masuk/${id}/kirim`, form);
    const page = await asked.text();
    expect([asked.status, page.includes('sudah menjawab atau sedang berbicara'), page.includes('Saya juga')]).toEqual([
      409,
      true,
      true,
    ]);
    expect(await lastTo('21')).toBe('Saya bantu');
    await administrator.send(`/kotak-masuk/${id}/kirim`, { ...form, anyway: '1' });
    expect(await lastTo('21')).toBe('Saya juga');
  });

  it('is found by name, number, kind and who has it; late ones are marked and escalated', async () => {
    const id = await caseOf(desk.product, '22');
    const { number } = (await collection('persons').findOne({ name: 'Rusmini' })) as unknown as { number: string };
    for (const query of ['q=rusm', `q=${number}`, 'siapa=saya', 'jenis=person'])
      expect([query, (await textOf(officer, `/kotak-masuk?${query}`)).includes('Rusmini')]).toEqual([query, true]);
    for (const query of ['q=tidakada', 'jenis=voice', 'keadaan=terlambat'])
      expect([query, (await textOf(officer, `/kotak-masuk?${query}`)).includes('Rusmini')]).toEqual([query, false]);
    await collection('cases').updateMany({}, { $set: { dueAt: new Date(Date.now() - 5 * 3_600_000) } });
    expect(await textOf(officer, '/kotak-masuk?keadaan=terlambat')).toContain('Rusmini');
    await desk.product.console.escalate();
    await desk.product.console.escalate();
    expect(await textOf(officer, `/kotak-masuk/${id}`)).toContain('Dinaikkan ke admin');
    expect(await textOf(administrator, '/')).toMatch(/\d sudah dinaikkan/);
  });

  it('of a message that failed stands on top, with what to do', async () => {
    await collection('cases').insertOne({
      ...{ contact: 'simulator:sim:21', kind: 'send_failed', state: 'open', flow: '', node: '', messages: [] },
      ...{ openedAt: new Date(), touchedAt: new Date(0), dueAt: null, escalatedAt: null, assignee: null, closed: null },
    });
    const page = await textOf(officer, '/kotak-masuk');
    expect(page.indexOf('Lihat ini dulu')).toBeGreaterThan(0);
    expect(page.indexOf('pasti tidak terkirim')).toBeGreaterThan(page.indexOf('Lihat ini dulu'));
    expect(page.indexOf('pasti tidak terkirim')).toBeLessThan(page.indexOf('Minta petugas</span>'));
  });
});

describe('what is sent with an answer', () => {
  it('is a photo with the ending that its bytes deserve, whatever its name says', async () => {
    const id = await caseOf(desk.product, '21');
    const form = { text: 'Ini gambarnya', key: key(), seen: '9999999999999', anyway: '1' };
    const answer = await upload(officer, `/kotak-masuk/${id}/kirim`, form, '../../etc/<img src=x>.exe', PNG);
    expect(answer.status).toBe(303);
    expect((await desk.product.received('21')).at(-1)?.attachment?.name).toBe('img src x.png');
    const file = await collection('files').findOne({ name: 'img src x.png' });
    const path = `/kotak-masuk/${id}/berkas/${String(file?._id)}`;
    await expect.poll(async () => (await officer.ask(path)).status).toBe(200);
    const shown = await officer.ask(path);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
    // Only in the talk in which it stands, and only to who may read talks.
    const other = await caseOf(desk.product, '22');
    expect((await officer.ask(`/kotak-masuk/${other}/berkas/${String(file?._id)}`)).status).toBe(404);
    for (const trick of ['..%2f..%2fpackage.json', 'a'.repeat(32), `${String(file?._id)}%00`])
      expect([404, 422]).toContain((await officer.ask(`/kotak-masuk/${id}/berkas/${trick}`)).status);
  });

  it('is refused when it lies, is too large, or is a program', async () => {
    const id = await caseOf(desk.product, '21');
    const before = (await desk.product.received('21')).length;
    const form = () => ({ text: '', key: key(), seen: '9999999999999', anyway: '1' });
    const html = '<!doctype html><script>alert(1)</script>';
    for (const [name, bytes, status] of [
      ['photo.png', html, 409],
      ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', 409],
      ['page.pdf', html, 409],
      ['empty.jpg', '', 409],
      ['large.png', Buffer.concat([PNG, Buffer.alloc(9 * 1024 * 1024)]), 413],
      ['sound.webm', Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'), 409],
    ] as const) {
      const answer = await upload(officer, `/kotak-masuk/${id}/kirim`, form(), name, bytes);
      expect([name, answer.status]).toEqual([name, status]);
    }
    expect(await desk.product.received('21')).toHaveLength(before);
    const viewer = await desk.visitor('viewer');
    expect((await upload(viewer, `/kotak-masuk/${id}/kirim`, form(), 'a.png', PNG)).status).toBe(403);
  });

  it('is a canned reply with the person’s name in it, that passed the lint', async () => {
    const id = await caseOf(desk.product, '21');
    const save = (text: string) => officer.send('/kotak-masuk/balasan', { judul: 'Jam buka', text });
    const hard = await save('Sehubungan dengan implementasi kebijakan strategis, {jabatan} berkoordinasi.');
    expect([hard.status, (await hard.text()).includes('{jabatan}')]).toEqual([422, true]);
    expect((await save('Baik, {nama}. Kantor buka sampai sore.')).status).toBe(303);
    expect(await textOf(officer, `/kotak-masuk/${id}/balasan`)).toContain(
      'data-insert="Baik, Rusmini. Kantor buka sampai sore."',
    );
    const reply = await collection('canned_replies').findOne({});
    await officer.send(`/kotak-masuk/balasan/${String(reply?._id)}/hapus`, {});
    expect(await collection('canned_replies').countDocuments()).toBe(0);
  });
});

describe('what strangers wrote', () => {
  const script = `<img src=x onerror="alert('x')"><script>alert(1)</script>`;

  it('is shown as text on every page, in names, messages, file names and reasons', async () => {
    const person = await register(desk.product, '23');
    await collection('persons').updateOne(
      { _id: person as never },
      { $set: { name: script, nameKey: 'img', nameWords: ['img'] } },
    );
    const id = await caseOf(desk.product, '23');
    await desk.product.send('23', 'x1', { kind: 'text', text: script });
    await officer.send(`/kotak-masuk/${id}/kirim`, { text: script, key: key(), seen: '9999999999999', anyway: '1' });
    await officer.send(`/orang/${person}/status`, { status: 'matched', atas: script });
    for (const path of [
      ...['/', '/kotak-masuk', `/kotak-masuk/${id}`, `/kotak-masuk/${id}/percakapan`, '/orang', `/orang/${person}`],
      ...[`/orang/${person}/jejak`, '/jejak', `/orang?q=${encodeURIComponent(script)}`],
    ]) {
      const answer = await administrator.ask(path);
      const html = await answer.text();
      expect([path, answer.status, html.includes('<img src=x'), html.includes('<script>alert')]).toEqual([
        path,
        200,
        false,
        false,
      ]);
    }
    await expect.poll(() => textOf(officer, `/kotak-masuk/${id}`)).toContain('&lt;img src=x');
  });

  it('is no formula in a spreadsheet', async () => {
    const person = await register(desk.product, '24');
    const formula = '=HYPERLINK("http://evil.example","klik")';
    await collection('persons').updateOne(
      { _id: person as never },
      { $set: { name: formula, nameKey: 'hyperlink', nameWords: ['hyperlink'] } },
    );
    const csv = await textOf(officer, '/orang/unduh?bentuk=csv&q=hyper');
    const rows = parse(csv, { bom: true, delimiter: ';', columns: true, relax_column_count: false }) as Record<
      string,
      string
    >[];
    expect(rows.map((row) => row['Nama'])).toEqual([`'${formula}`]);
    const book = new exceljs.Workbook();
    await book.xlsx.load((await (await officer.ask('/orang/unduh?bentuk=xlsx&q=hyper')).arrayBuffer()) as never);
    const cell = book.worksheets[0]?.getCell('A2');
    expect([cell?.value, cell?.formula]).toEqual([formula, undefined]);
  });
});

describe('persons', () => {
  it('are seen by a kader in their own kelurahan only, decided in the query', async () => {
    const own = await register(desk.product, '31', { name: 'Aluh Palam', kelurahan: 'palam' });
    const other = await register(desk.product, '32', { name: 'Galuh Landasan', kelurahan: 'landasan ulin timur' });
    const area = String((await collection('persons').findOne({ _id: own as never }))?.['kelurahan']);
    const elsewhere = String((await collection('persons').findOne({ _id: other as never }))?.['kelurahan']);
    expect(area).not.toBe(elsewhere);
    const kader = await desk.visitor('kader', area);
    for (const path of ['/orang', '/orang?q=luh', `/orang?kelurahan=${elsewhere}`, '/orang?q=32', '/kelompok']) {
      const html = await textOf(kader, path);
      expect([path, html.includes('Galuh Landasan')]).toEqual([path, false]);
    }
    expect(await textOf(kader, '/orang')).toContain('Aluh Palam');
    expect((await kader.ask(`/orang/${own}`)).status).toBe(200);
    expect((await kader.ask(`/orang/${other}`)).status).toBe(404);
    // A kader without a kelurahan sees nobody.
    const nowhere = await desk.visitor('kader');
    expect(await textOf(nowhere, '/orang')).not.toContain('Palam</a>');
  });

  it('have their numbers masked for who may not know them', async () => {
    const person = await register(desk.product, '628123456789', { name: 'Hayati' });
    const number = String((await collection('persons').findOne({ _id: person as never }))?.['number']);
    const viewer = await desk.visitor('viewer');
    for (const path of ['/orang?q=hayati', `/orang/${person}`, '/orang/unduh?bentuk=csv&q=hayati']) {
      const html = (await textOf(viewer, path)).replace(/\s/g, '');
      expect([path, html.includes(number), html.includes('08123456789')]).toEqual([path, false, false]);
      expect(html).toContain('••');
    }
    expect(await textOf(officer, `/orang/${person}`)).toContain('08123456789');
    expect(await textOf(officer, '/orang?q=0812345')).toContain('Hayati');
  });

  it('are verified on something, corrected with a reason, and all of it can be shown to them', async () => {
    const person = await register(desk.product, '33', { name: 'Norhayati' });
    expect((await officer.send(`/orang/${person}/status`, { status: 'verified', atas: '' })).status).toBe(422);
    await officer.send(`/orang/${person}/status`, { status: 'verified', atas: 'KTP dilihat di kantor' });
    const edit = { nama: 'Norhayati Ulfah', kerajinan: ['purun', 'rajut'], kelurahan: '63.72.03.1001', tahun: '20' };
    const stored = await collection('persons').findOne({ _id: person as never });
    const valid = { ...edit, kelurahan: String(stored?.['kelurahan']), alasan: 'Salah ketik di HP' };
    expect((await officer.send(`/orang/${person}/ubah`, { ...valid, alasan: '' })).status).toBe(422);
    expect((await officer.send(`/orang/${person}/ubah`, { ...valid, kelurahan: '99.99' })).status).toBe(409);
    expect((await officer.send(`/orang/${person}/ubah`, valid)).status).toBe(303);
    expect((await officer.send(`/orang/${person}/ubah`, valid)).status).toBe(409);
    const page = await textOf(officer, `/orang/${person}`);
    for (const part of ['Norhayati Ulfah', 'Sudah diperiksa', 'KTP dilihat di kantor', '20'])
      expect(page).toContain(part);
    expect(await textOf(officer, '/orang?q=ulfah')).toContain('Norhayati Ulfah');
    const trail = await textOf(officer, `/orang/${person}/jejak`);
    for (const part of ['Mengubah status', 'Mengubah data', 'Salah ketik di HP', 'Membuka data orang'])
      expect(trail).toContain(part);
    const entry = await collection('audit').findOne({ person, what: 'edit' });
    expect(entry?.['changes']).toMatchObject({
      name: { from: 'Norhayati', to: 'Norhayati Ulfah' },
      years: { from: 12, to: 20 },
    });
    expect(await textOf(administrator, `/jejak?orang=${person}&apa=edit`)).toContain('Norhayati → Norhayati Ulfah');
  });

  it('who are one are joined after both were shown, and parted again as they were', async () => {
    const kept = await register(desk.product, '34', { name: 'Mahrita' });
    const ended = await register(desk.product, '35', { name: 'Mahrita Sari' });
    const number = String((await collection('persons').findOne({ _id: ended as never }))?.['number']);
    const event = {
      event: 'lomba',
      channel: 'simulator',
      state: 'coming',
      since: 5,
      present: [],
      feedback: [],
      notice: null,
    };
    await collection('enrolments').insertMany([
      { ...event, _id: `lomba:${ended}` as never, person: ended, contact: 'simulator:sim:35', name: 'Mahrita Sari' },
      {
        ...event,
        event: 'bazar',
        _id: `bazar:${ended}` as never,
        person: ended,
        contact: 'simulator:sim:35',
        name: 'Mahrita Sari',
      },
      {
        ...event,
        event: 'bazar',
        since: 9,
        _id: `bazar:${kept}` as never,
        person: kept,
        contact: 'simulator:sim:34',
        name: 'Mahrita',
      },
    ]);
    await collection('event_places').insertOne({
      _id: 'lomba#seat1' as never,
      event: 'lomba',
      kind: 'seat',
      number: 1,
      person: ended,
    });
    const all = async () => {
      const state: Record<string, unknown> = {};
      for (const name of ['persons', 'enrolments', 'event_places', 'consents', 'groups'])
        state[name] = await collection(name).find({}).sort({ _id: 1 }).toArray();
      return state;
    };
    const before = await all();
    const form = { nomor: number, alasan: 'Daftar dua kali' };
    const asked = await officer.send(`/orang/${kept}/gabung`, form);
    expect([asked.status, (await asked.text()).includes('Mahrita Sari')]).toEqual([200, true]);
    expect(await all()).toEqual(before);
    expect((await officer.send(`/orang/${kept}/gabung`, { ...form, nomor: '000000' })).status).toBe(422);
    expect((await officer.send(`/orang/${kept}/gabung`, { ...form, yakin: '1' })).status).toBe(303);
    expect((await officer.ask(`/orang/${ended}`)).status).toBe(404);
    const events = (await collection('enrolments').find({ person: kept }).toArray())
      .map((one) => String(one['event']))
      .sort();
    expect(events).toEqual(['bazar', 'lomba']);
    expect((await collection('conversations').findOne({ _id: 'simulator:sim:35' as never }))?.['persons']).toEqual([
      kept,
    ]);
    expect((await collection('event_places').findOne({}))?.['person']).toBe(kept);
    const merge = await collection('person_merges').findOne({ kept });
    const undo = { gabungan: String(merge?._id), alasan: 'Ternyata dua orang' };
    await officer.send(`/orang/${kept}/pisah`, undo);
    expect(await all()).toEqual(before);
    expect((await collection('conversations').findOne({ _id: 'simulator:sim:35' as never }))?.['persons']).toContain(
      ended,
    );
    await officer.send(`/orang/${kept}/pisah`, undo);
    expect(await all()).toEqual(before);
  });

  it('belong to groups, which have a leader', async () => {
    const person = await register(desk.product, '36', { name: 'Saniah' });
    const { number } = (await collection('persons').findOne({ _id: person as never })) as unknown as { number: string };
    await collection('groups').insertOne({
      ...{ _id: 'g-1' as never, name: 'Kampung Purun', nameKey: 'kampung purun', kelurahan: '63.72.03.1001', twin: 0 },
      ...{ leader: null, createdAt: new Date() },
    });
    await officer.send('/kelompok/g-1/anggota', { nomor: number });
    await officer.send('/kelompok/g-1/ketua', { orang: person });
    const page = await textOf(officer, '/kelompok/g-1');
    expect(page).toContain('Saniah');
    expect(page).toContain('Ketua</span>');
    expect((await collection('persons').findOne({ _id: person as never }))?.['business']).toBe('leader');
    await officer.send('/kelompok/g-1/keluarkan', { orang: person });
    expect(await textOf(officer, '/kelompok/g-1')).not.toContain('Saniah</a>');
    expect(await collection('groups').findOne({ _id: 'g-1' as never })).toMatchObject({ leader: null });
  });
});

describe('programmes', () => {
  it('that are paused say so to who asks, at once, and run again when they are opened', async () => {
    await register(desk.product, '41', { name: 'Jamilah' });
    expect((await officer.send('/program/events', { keadaan: 'paused', alasan: '' })).status).toBe(409);
    expect(
      (await officer.send('/program/events', { keadaan: 'paused', alasan: 'Implementasi evaluasi strategis' })).status,
    ).toBe(422);
    await officer.send('/program/events', {
      ...{ keadaan: 'paused', alasan: 'kantor pindah sampai Senin.', tetap: '1' },
    });
    await desk.product.send('41', 'p1', { kind: 'text', text: 'pelatihan' });
    expect(await lastTo('41')).toBe(
      '*Pelatihan, bazar* sedang berhenti dulu: kantor pindah sampai Senin. Nanti boleh tanya lagi di sini. Untuk yang lain, ketik *menu*.',
    );
    await officer.send('/program/events', { keadaan: 'unknown', alasan: 'menunggu kabar', tetap: '1' });
    await desk.product.send('41', 'p2', { kind: 'text', text: 'pelatihan' });
    expect(await lastTo('41')).toContain('Petugas akan memastikan');
    expect(await collection('cases').countDocuments({ contact: 'simulator:sim:41', kind: 'programme_unknown' })).toBe(
      1,
    );
    await officer.send('/program/events', { keadaan: 'open', alasan: '' });
    await desk.product.send('41', 'p3', { kind: 'text', text: 'pelatihan' });
    expect(await lastTo('41')).not.toContain('memastikan');
    expect(await collection('audit').countDocuments({ what: 'programme', thing: 'events' })).toBe(3);
  });
});
