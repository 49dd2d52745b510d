/** Answering people: taking a chat over and giving it back, what is sent with an answer, canned replies. */
import { describe, expect, it } from 'vitest';
import { caseOf, register } from './desk.ts';
import { found, key, office, PNG, textOf, upload } from './office.ts';

const { desk, officer, administrator, collection, lastTo } = office();

describe('a case', () => {
  it('is answered by a person, who is named; the assistant is silent until it is given back', async () => {
    await register(desk().product, '21', { name: 'Rusmini' });
    const id = await caseOf(desk().product, '21');
    expect(await textOf(officer(), '/kotak-masuk')).toContain('Rusmini');
    const said = await officer().send(`/kotak-masuk/${id}/kirim`, {
      text: 'Ada yang bisa dibantu?',
      key: key(),
      seen: '9999999999999',
    });
    expect(said.status).toBe(303);
    const received = (await desk().product.received('21')).map(({ text }) => text);
    expect(received.slice(-2)).toEqual([
      `Sekarang Ibu ${officer().login} dari dinas yang menjawab di sini.`,
      'Ada yang bisa dibantu?',
    ]);
    await desk().product.send('21', 'q1', { kind: 'text', text: 'kapan pelatihan?' });
    expect(await lastTo('21')).toBe('Ada yang bisa dibantu?');
    await expect.poll(() => textOf(officer(), `/kotak-masuk/${id}`)).toContain('kapan pelatihan?');
    const page = await textOf(officer(), `/kotak-masuk/${id}`);
    expect(page).toContain('Anda yang berbicara');
    expect(page).toContain('terkirim ✓');
    expect((await officer().send(`/kotak-masuk/${id}/kembalikan`, { key: key() })).status).toBe(303);
    expect((await desk().product.received('21')).map(({ text }) => text).join()).toContain('Petugas sudah selesai');
    const closed = await officer().send(`/kotak-masuk/${id}/selesai`, { alasan: 'Sudah dijawab', lain: '' });
    expect(closed.headers.get('location')).toBe('/kotak-masuk');
    expect(await textOf(officer(), '/kotak-masuk')).not.toContain('Rusmini');
    expect(await textOf(officer(), '/kotak-masuk?keadaan=selesai')).toContain('Sudah dijawab');
    await officer().send(`/kotak-masuk/${id}/buka`, {});
    expect(await textOf(officer(), '/kotak-masuk')).toContain('Rusmini');
    // Closed while one still speaks, the chat is given back as well.
    await officer().send(`/kotak-masuk/${id}/ambil`, { key: key() });
    const before = (await desk().product.received('21')).length;
    await officer().send(`/kotak-masuk/${id}/selesai`, { alasan: 'Sudah dijawab', lain: '' });
    expect(
      (await desk().product.received('21'))
        .slice(before)
        .map(({ text }) => text)
        .join(),
    ).toContain('Petugas sudah selesai');
  });

  it('is answered once, however often the form is sent', async () => {
    const id = await caseOf(desk().product, '21');
    const form = { text: 'Sekali saja', key: key(), seen: '9999999999999', anyway: '1' };
    await Promise.all([1, 2, 3].map(() => officer().send(`/kotak-masuk/${id}/kirim`, form)));
    expect((await desk().product.received('21')).filter(({ text }) => text === 'Sekali saja')).toHaveLength(1);
  });

  it('shows one officer the other, and asks before it speaks over them', async () => {
    const id = await caseOf(desk().product, '21');
    await officer().send(`/kotak-masuk/${id}/kirim`, {
      text: 'Saya bantu',
      key: key(),
      seen: '9999999999999',
      anyway: '1',
    });
    await textOf(officer(), `/kotak-masuk/${id}/siapa`);
    expect(await textOf(administrator(), `/kotak-masuk/${id}/siapa`)).toContain(
      `Ibu ${officer().login} juga sedang membuka`,
    );
    const form = { text: 'Saya juga', key: key(), seen: '0' };
    const asked = await administrator().send(`/kotak-masuk/${id}/kirim`, form);
    const page = await asked.text();
    expect([asked.status, page.includes('sudah menjawab atau sedang berbicara'), page.includes('Saya juga')]).toEqual([
      409,
      true,
      true,
    ]);
    expect(await lastTo('21')).toBe('Saya bantu');
    await administrator().send(`/kotak-masuk/${id}/kirim`, { ...form, anyway: '1' });
    expect(await lastTo('21')).toBe('Saya juga');
  });

  it('is found by name, number, kind and who has it; late ones are marked and escalated', async () => {
    const id = await caseOf(desk().product, '22');
    const { number } = (await collection('persons').findOne({ name: 'Rusmini' })) as unknown as { number: string };
    const shows = async (q: string, query: string) =>
      (await (await found(officer(), '/kotak-masuk', q, `/kotak-masuk?${query}`)).text()).includes('Rusmini');
    for (const [q, query] of [
      ['rusm', ''],
      [number, ''],
      ['', 'siapa=saya'],
      ['', 'jenis=person'],
    ] as const)
      expect([q, query, await shows(q, query)]).toEqual([q, query, true]);
    for (const [q, query] of [
      ['tidakada', ''],
      ['', 'jenis=voice'],
      ['', 'keadaan=terlambat'],
    ] as const)
      expect([q, query, await shows(q, query)]).toEqual([q, query, false]);
    await collection('cases').updateMany({}, { $set: { dueAt: new Date(Date.now() - 5 * 3_600_000) } });
    expect(await textOf(officer(), '/kotak-masuk?keadaan=terlambat')).toContain('Rusmini');
    await desk().product.console.escalate();
    await desk().product.console.escalate();
    expect(await textOf(officer(), `/kotak-masuk/${id}`)).toContain('Dinaikkan ke admin');
    expect(await textOf(administrator(), '/')).toMatch(/\d sudah dinaikkan/);
  });

  it('of a message that failed stands on top, with what to do', async () => {
    await collection('cases').insertOne({
      ...{ contact: 'simulator:sim:21', kind: 'send_failed', state: 'open', flow: '', node: '', messages: [] },
      ...{ openedAt: new Date(), touchedAt: new Date(0), dueAt: null, escalatedAt: null, assignee: null, closed: null },
    });
    const page = await textOf(officer(), '/kotak-masuk');
    expect(page.indexOf('Lihat ini dulu')).toBeGreaterThan(0);
    expect(page.indexOf('pasti tidak terkirim')).toBeGreaterThan(page.indexOf('Lihat ini dulu'));
    expect(page.indexOf('pasti tidak terkirim')).toBeLessThan(page.indexOf('Minta petugas</span>'));
  });
});

describe('what is sent with an answer', () => {
  it('is a photo with the ending that its bytes deserve, whatever its name says', async () => {
    const id = await caseOf(desk().product, '21');
    const form = { text: 'Ini gambarnya', key: key(), seen: '9999999999999', anyway: '1' };
    const answer = await upload(officer(), `/kotak-masuk/${id}/kirim`, form, '../../etc/<img src=x>.exe', PNG);
    expect(answer.status).toBe(303);
    expect((await desk().product.received('21')).at(-1)?.attachment?.name).toBe('img src x.png');
    const file = await collection('files').findOne({ name: 'img src x.png' });
    const path = `/kotak-masuk/${id}/berkas/${String(file?._id)}`;
    await expect.poll(async () => (await officer().ask(path)).status).toBe(200);
    const shown = await officer().ask(path);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
    // Only in the talk in which it stands, and only to who may read talks.
    const other = await caseOf(desk().product, '22');
    expect((await officer().ask(`/kotak-masuk/${other}/berkas/${String(file?._id)}`)).status).toBe(404);
    for (const trick of ['..%2f..%2fpackage.json', 'a'.repeat(32), `${String(file?._id)}%00`])
      expect([404, 422]).toContain((await officer().ask(`/kotak-masuk/${id}/berkas/${trick}`)).status);
  });

  it('is refused when it lies, is too large, or is a program', async () => {
    const id = await caseOf(desk().product, '21');
    const before = (await desk().product.received('21')).length;
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
      const answer = await upload(officer(), `/kotak-masuk/${id}/kirim`, form(), name, bytes);
      expect([name, answer.status]).toEqual([name, status]);
    }
    expect(await desk().product.received('21')).toHaveLength(before);
    const viewer = await desk().visitor('viewer');
    expect((await upload(viewer, `/kotak-masuk/${id}/kirim`, form(), 'a.png', PNG)).status).toBe(403);
  });

  it('is a canned reply with the person’s name in it, that passed the lint', async () => {
    const id = await caseOf(desk().product, '21');
    const save = (text: string) => officer().send('/kotak-masuk/balasan', { judul: 'Jam buka', text });
    const hard = await save('Sehubungan dengan implementasi kebijakan strategis, {jabatan} berkoordinasi.');
    expect([hard.status, (await hard.text()).includes('{jabatan}')]).toEqual([422, true]);
    expect((await save('Baik, {nama}. Kantor buka sampai sore.')).status).toBe(303);
    expect(await textOf(officer(), `/kotak-masuk/${id}/balasan`)).toContain(
      'data-insert="Baik, Rusmini. Kantor buka sampai sore."',
    );
    const reply = await collection('canned_replies').findOne({});
    await officer().send(`/kotak-masuk/balasan/${String(reply?._id)}/hapus`, {});
    expect(await collection('canned_replies').countDocuments()).toBe(0);
  });
});
