/** Persons: who sees whom, what is masked, corrected, joined and parted; and what strangers wrote is shown as text. */
import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { caseOf, register } from './desk.ts';
import { found, key, office, textOf } from './office.ts';

const { desk, officer, administrator, collection } = office();

describe('what strangers wrote', () => {
  const script = `<img src=x onerror="alert('x')"><script>alert(1)</script>`;

  it('is shown as text on every page, in names, messages, file names and reasons', async () => {
    const person = await register(desk().product, '23');
    await collection('persons').updateOne(
      { _id: person as never },
      { $set: { name: script, nameKey: 'img', nameWords: ['img'] } },
    );
    const id = await caseOf(desk().product, '23');
    await desk().product.send('23', 'x1', { kind: 'text', text: script });
    await officer().send(`/kotak-masuk/${id}/kirim`, { text: script, key: key(), seen: '9999999999999', anyway: '1' });
    await officer().send(`/orang/${person}/status`, { status: 'matched', atas: script });
    await found(administrator(), '/orang', script.slice(0, 60));
    await found(administrator(), '/kotak-masuk', 'img');
    for (const path of [
      ...['/', '/kotak-masuk', `/kotak-masuk/${id}`, `/kotak-masuk/${id}/percakapan`, '/orang', `/orang/${person}`],
      ...[`/orang/${person}/jejak`, '/jejak'],
    ]) {
      const answer = await administrator().ask(path);
      const html = await answer.text();
      expect([path, answer.status, html.includes('<img src=x'), html.includes('<script>alert')]).toEqual([
        path,
        200,
        false,
        false,
      ]);
    }
    await expect.poll(() => textOf(officer(), `/kotak-masuk/${id}`)).toContain('&lt;img src=x');
  });

  it('is no formula in a spreadsheet', async () => {
    const person = await register(desk().product, '24');
    const formula = '=HYPERLINK("http://evil.example","klik")';
    await collection('persons').updateOne(
      { _id: person as never },
      { $set: { name: formula, nameKey: 'hyperlink', nameWords: ['hyperlink'] } },
    );
    const csv = await (await found(officer(), '/orang', 'hyper', '/orang/unduh?bentuk=csv')).text();
    const rows = parse<Record<string, string>>(csv, { bom: true, delimiter: ';', columns: true });
    expect(rows.map((row) => row['Nama'])).toEqual([`'${formula}`]);
    const book = new exceljs.Workbook();
    await book.xlsx.load(await (await officer().ask('/orang/unduh?bentuk=xlsx')).arrayBuffer());
    const cell = book.worksheets[0]?.getCell('A2');
    expect([cell?.value, cell?.formula]).toEqual([formula, undefined]);
  });
});

describe('persons', () => {
  it('are seen by a kader in their own kelurahan only, decided in the query', async () => {
    const own = await register(desk().product, '31', { name: 'Aluh Palam', kelurahan: 'palam' });
    const other = await register(desk().product, '32', { name: 'Galuh Landasan', kelurahan: 'landasan ulin timur' });
    const area = String((await collection('persons').findOne({ _id: own as never }))?.['kelurahan']);
    const elsewhere = String((await collection('persons').findOne({ _id: other as never }))?.['kelurahan']);
    expect(area).not.toBe(elsewhere);
    const kader = await desk().visitor('kader', area);
    const looks: [string, string][] = [
      ['/orang', ''],
      ['/orang', 'luh'],
      ['/orang', '32'],
      [`/orang?kelurahan=${elsewhere}`, ''],
      ['/kelompok', ''],
    ];
    for (const [path, q] of looks) {
      const html = await (await found(kader, '/orang', q, path)).text();
      expect([path, html.includes('Galuh Landasan')]).toEqual([path, false]);
    }
    await found(kader, '/orang', '');
    expect(await textOf(kader, '/orang')).toContain('Aluh Palam');
    // Nor the group, which is of another kelurahan.
    await collection('groups').insertOne({
      ...{ _id: 'g-elsewhere' as never, name: 'Lain', nameKey: 'lain', kelurahan: elsewhere, twin: 0, leader: null },
      createdAt: new Date(),
    });
    expect((await kader.ask('/kelompok/g-elsewhere')).status).toBe(404);
    expect((await kader.ask(`/orang/${own}`)).status).toBe(200);
    expect((await kader.ask(`/orang/${other}`)).status).toBe(404);
    // A kader without a kelurahan sees nobody.
    const nowhere = await desk().visitor('kader');
    expect(await textOf(nowhere, '/orang')).not.toContain('Palam</a>');
  });

  it('have their numbers masked for who may not know them', async () => {
    const person = await register(desk().product, '628123456789', { name: 'Hayati' });
    const number = String((await collection('persons').findOne({ _id: person as never }))?.['number']);
    const viewer = await desk().visitor('viewer');
    await found(viewer, '/orang', 'hayati');
    for (const path of ['/orang', `/orang/${person}`, '/orang/unduh?bentuk=csv']) {
      const html = (await textOf(viewer, path)).replace(/\s/g, '');
      expect([path, html.includes(number), html.includes('08123456789')]).toEqual([path, false, false]);
      expect(html).toContain('••');
    }
    expect(await textOf(officer(), `/orang/${person}`)).toContain('08123456789');
    expect(await (await found(officer(), '/orang', '0812345')).text()).toContain('Hayati');
  });

  it('are verified on something, corrected with a reason, and all of it can be shown to them', async () => {
    const person = await register(desk().product, '33', { name: 'Norhayati' });
    const empty = await officer().send(`/orang/${person}/status`, { status: 'verified', atas: '' });
    expect([empty.status, (await empty.text()).includes('atas: Tulis apa yang diperiksa')]).toEqual([422, true]);
    await officer().send(`/orang/${person}/status`, { status: 'verified', atas: 'KTP dilihat di kantor' });
    const edit = { nama: 'Norhayati Ulfah', kerajinan: ['purun', 'rajut'], kelurahan: '63.72.03.1001', tahun: '20' };
    const stored = await collection('persons').findOne({ _id: person as never });
    const valid = { ...edit, kelurahan: String(stored?.['kelurahan']), alasan: 'Salah ketik di HP' };
    expect((await officer().send(`/orang/${person}/ubah`, { ...valid, alasan: '' })).status).toBe(422);
    expect((await officer().send(`/orang/${person}/ubah`, { ...valid, kelurahan: '99.99' })).status).toBe(409);
    expect((await officer().send(`/orang/${person}/ubah`, valid)).status).toBe(303);
    expect((await officer().send(`/orang/${person}/ubah`, valid)).status).toBe(409);
    const page = await textOf(officer(), `/orang/${person}`);
    for (const part of ['Norhayati Ulfah', 'Sudah diperiksa', 'KTP dilihat di kantor', '20'])
      expect(page).toContain(part);
    expect(await (await found(officer(), '/orang', 'ulfah')).text()).toContain('Norhayati Ulfah');
    const trail = await textOf(officer(), `/orang/${person}/jejak`);
    for (const part of ['Mengubah status', 'Mengubah data', 'Salah ketik di HP', 'Membuka data orang'])
      expect(trail).toContain(part);
    const entry = await collection('audit').findOne({ person, what: 'edit' });
    expect(entry?.['changes']).toMatchObject({
      name: { from: 'Norhayati', to: 'Norhayati Ulfah' },
      years: { from: 12, to: 20 },
    });
    expect(await textOf(administrator(), `/jejak?orang=${person}&apa=edit`)).toContain('Norhayati → Norhayati Ulfah');
  });

  it('who are one are joined after both were shown, and parted again as they were', async () => {
    const kept = await register(desk().product, '34', { name: 'Mahrita' });
    const ended = await register(desk().product, '35', { name: 'Mahrita Sari' });
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
    const asked = await officer().send(`/orang/${kept}/gabung`, form);
    expect([asked.status, (await asked.text()).includes('Mahrita Sari')]).toEqual([200, true]);
    expect(await all()).toEqual(before);
    expect((await officer().send(`/orang/${kept}/gabung`, { ...form, nomor: '000000' })).status).toBe(422);
    expect((await officer().send(`/orang/${kept}/gabung`, { ...form, yakin: '1' })).status).toBe(303);
    expect((await officer().ask(`/orang/${ended}`)).status).toBe(404);
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
    await officer().send(`/orang/${kept}/pisah`, undo);
    expect(await all()).toEqual(before);
    expect((await collection('conversations').findOne({ _id: 'simulator:sim:35' as never }))?.['persons']).toContain(
      ended,
    );
    await officer().send(`/orang/${kept}/pisah`, undo);
    expect(await all()).toEqual(before);
  });

  it('belong to groups, which have a leader', async () => {
    const person = await register(desk().product, '36', { name: 'Saniah' });
    const { number } = (await collection('persons').findOne({ _id: person as never })) as unknown as { number: string };
    await collection('groups').insertOne({
      ...{ _id: 'g-1' as never, name: 'Kampung Purun', nameKey: 'kampung purun', kelurahan: '63.72.03.1001', twin: 0 },
      ...{ leader: null, createdAt: new Date() },
    });
    await officer().send('/kelompok/g-1/anggota', { nomor: number });
    await officer().send('/kelompok/g-1/ketua', { orang: person });
    const page = await textOf(officer(), '/kelompok/g-1');
    expect(page).toContain('Saniah');
    expect(page).toContain('Ketua</span>');
    expect((await collection('persons').findOne({ _id: person as never }))?.['business']).toBe('leader');
    await officer().send('/kelompok/g-1/keluarkan', { orang: person });
    expect(await textOf(officer(), '/kelompok/g-1')).not.toContain('Saniah</a>');
    expect(await collection('groups').findOne({ _id: 'g-1' as never })).toMatchObject({ leader: null });
  });
});
