/** Applications at the desk: what was answered in the chat, what an officer sees and decides, and what the person hears. */
import { describe, expect, it } from 'vitest';
import { ofPerson } from '../../src/shared/purpose.ts';
import { createVault, KEY_BYTES } from '../../src/storage/vault.ts';
import { pictureOf } from '../support/picture.ts';
import { whereStands } from '../support/secrets.ts';
import { testDatabase, testUri } from '../support/test-database.ts';
import type { TestProduct } from '../support/product.ts';
import { register, startDesk } from './desk.ts';
import { office, textOf } from './office.ts';

const { desk, officer, administrator, collection, lastTo } = office();
const NIK = '6372025708650001';

let sent = 0;
async function say(phone: string, ...texts: string[]): Promise<void> {
  for (const text of texts) await desk().product.send(phone, `a${++sent}`, { kind: 'text', text });
}
async function photo(phone: string, name: string): Promise<void> {
  const media = await desk().product.upload(phone, await pictureOf(name));
  await desk().product.send(phone, `a${++sent}`, { kind: 'photo', media });
}
const applicationOf = async (person: string) => {
  const found = await collection('applications').findOne({ person });
  if (!found) throw new Error('There is no application');
  return { id: String(found._id), number: String(found['number']), revision: Number(found['revision']) };
};
const tell = async () => {
  await desk().product.outreach.plan();
  await desk().product.outreach.send();
};
const kur = ['kur', 'ya', 'ya', 'belum pernah', '15 juta', 'ya', '24 bulan', '2 juta', 'sudah', 'ya'];
const auditOf = async (what: string) => collection('audit').find({ what }).toArray();

describe('a request for KUR', () => {
  it('stands on the board with everything that was answered, and nothing has to be asked twice', async () => {
    const person = await register(desk().product, '21', { name: 'Masitah Contoh' });
    await say('21', ...kur);
    await photo('21', 'KTP contoh');
    await say('21', 'lewati', 'lewati', 'ya');
    const { id, number } = await applicationOf(person);
    const board = await textOf(officer(), '/pengajuan');
    expect(board).toContain(`${number.slice(0, 3)} ${number.slice(3)}`);
    expect(board).toContain('Buka dan cek');
    const card = await textOf(officer(), `/pengajuan/${id}`);
    for (const words of [
      'Masitah Contoh',
      'Rp15.000.000',
      '24 bulan',
      'Belum pernah',
      'Rp2.000.000',
      'Sudah punya',
      'kur@2026-01-05',
      'KTP',
    ])
      expect(card).toContain(words);
  });

  it('shows the photo to who may see it, and says so in the audit; it is sealed where it is stored', async () => {
    const { id } = await applicationOf(String((await collection('persons').findOne({ name: 'Masitah Contoh' }))?._id));
    const file = (await collection('applications').findOne({ _id: id as never }))?.['papers'] as { file: string }[];
    const path = `/pengajuan/${id}/berkas/${file[0]?.file}`;
    const answer = await officer().ask(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(Buffer.from(await answer.arrayBuffer()).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    const stored = await collection('files').findOne({ _id: file[0]?.file as never });
    expect(Buffer.from((stored?.['bytes'] as { buffer: Buffer }).buffer).subarray(0, 2)).not.toEqual(
      Buffer.from([0xff, 0xd8]),
    );
    expect((await auditOf('see paper')).length).toBeGreaterThan(0);
    expect((await officer().ask(`/pengajuan/${id}/berkas/${'0'.repeat(32)}`)).status).toBe(404);
  });

  it('is decided once: the second of two officers is told that the first was quicker', async () => {
    const person = String((await collection('persons').findOne({ name: 'Masitah Contoh' }))?._id);
    const { id, revision } = await applicationOf(person);
    const decision = { revisi: String(revision), keadaan: 'checking', alasan: '' };
    expect((await officer().send(`/pengajuan/${id}/putusan`, decision)).status).toBe(303);
    const late = await administrator().send(`/pengajuan/${id}/putusan`, {
      ...decision,
      keadaan: 'declined',
      alasan: 'Belum bisa.',
    });
    expect(await late.text()).toContain('Petugas lain baru saja mengubah');
    const [one] = await collection('applications').find({ person }).toArray();
    expect((one?.['history'] as { state: string }[]).map(({ state }) => state)).toEqual(['submitted', 'checking']);
  });

  it('needs a reason where something is missing, which the person reads in plain words', async () => {
    const person = String((await collection('persons').findOne({ name: 'Masitah Contoh' }))?._id);
    const { id, revision } = await applicationOf(person);
    const bare = await officer().send(`/pengajuan/${id}/putusan`, {
      revisi: String(revision),
      keadaan: 'needs',
      alasan: '',
    });
    expect(await bare.text()).toContain('Tulis dulu sebabnya');
    const hard = await officer().send(`/pengajuan/${id}/putusan`, {
      revisi: String(revision),
      keadaan: 'needs',
      alasan: 'Silakan unggah dokumen dengan format yang valid',
    });
    expect([hard.status, await hard.text()]).toEqual([422, expect.stringContaining('name="tetap"')]);
    await officer().send(`/pengajuan/${id}/putusan`, {
      revisi: String(revision),
      keadaan: 'needs',
      alasan: 'Foto KTP masih gelap.',
    });
    await say('21', 'status');
    expect(await lastTo('21')).toContain('masih ada yang kurang');
  });

  it('is granted by nobody at the office: not in a reason, nor in the word on the board', async () => {
    const person = String((await collection('persons').findOne({ name: 'Masitah Contoh' }))?._id);
    const { id, revision } = await applicationOf(person);
    const decision = { revisi: String(revision), keadaan: 'approved' };
    const granting = await officer().send(`/pengajuan/${id}/putusan`, { ...decision, alasan: 'Selamat, disetujui.' });
    expect([granting.status, await granting.text()]).toEqual([422, expect.stringContaining('bukan kantor')]);
    await officer().send(`/pengajuan/${id}/putusan`, { ...decision, alasan: 'Berkasnya sudah ada semua.' });
    const closed = await textOf(officer(), '/pengajuan?selesai=1');
    expect(closed).toContain('berkas sudah lengkap');
    expect(closed).not.toContain('Disetujui');
    const back = { revisi: String(revision + 1), keadaan: 'checking', alasan: 'Dicek lagi.' };
    expect((await officer().send(`/pengajuan/${id}/putusan`, back)).status).toBe(303);
  });

  it('is marked where its days have passed', async () => {
    const person = String((await collection('persons').findOne({ name: 'Masitah Contoh' }))?._id);
    await collection('applications').updateOne({ person }, { $set: { dueAt: new Date(Date.now() - 86_400_000) } });
    expect(await textOf(officer(), '/pengajuan')).toContain('Terlambat');
    expect(await textOf(officer(), '/')).toContain('Pengajuan terlambat');
  });
});

describe('a NIB', () => {
  it('that was photographed is typed in by an officer, and counts from then on', async () => {
    const person = await register(desk().product, '22', { name: 'Rusmiati Contoh' });
    await say('22', 'nib', 'sudah punya', 'ya');
    await photo('22', 'NIB contoh');
    await say('22', `${NIK.slice(0, 4)} ${NIK.slice(4, 8)} ${NIK.slice(8, 12)} ${NIK.slice(12)}`, 'ya');
    const { id, revision } = await applicationOf(person);
    const without = await officer().send(`/pengajuan/${id}/putusan`, {
      revisi: String(revision),
      keadaan: 'approved',
      alasan: '',
    });
    expect(await without.text()).toContain('Isi dulu nomornya');
    await officer().send(`/pengajuan/${id}/putusan`, {
      revisi: String(revision),
      keadaan: 'approved',
      alasan: 'Nomornya terbaca.',
      nomor: '0123456789012',
    });
    expect(await collection('person_facts').findOne({ _id: person as never })).toMatchObject({
      facts: { nib: { value: 'verified' } },
    });
    expect((await collection('applications').findOne({ person }))?.['filled']).toEqual({ number: '0123456789012' });
  });

  it('comes with the number of the card: four digits for everybody, the whole with a reason that is kept', async () => {
    const { id } = await applicationOf(String((await collection('persons').findOne({ name: 'Rusmiati Contoh' }))?._id));
    const card = await textOf(officer(), `/pengajuan/${id}`);
    expect(card).toContain('•••• •••• •••• 0001');
    expect(card).not.toContain('6372');
    const shown = await officer().send(`/pengajuan/${id}/nik`, { alasan: 'dicocokkan dengan NIB' });
    expect(await shown.text()).toContain('6372 0257 0865 0001');
    expect(await auditOf('see number')).toMatchObject([
      { reason: 'dicocokkan dengan NIB', account: officer().account },
    ]);
    const viewer = await desk().visitor('viewer');
    expect((await viewer.send(`/pengajuan/${id}/nik`, { alasan: 'ingin tahu saja' })).status).toBe(403);
  });

  it('leaves the number of the card nowhere in what is stored', async () => {
    expect(await whereStands(desk().product.database.connection, NIK)).toEqual([]);
  });

  it('says so where the key is another one now, and goes on', async () => {
    const { database } = desk().product;
    const identity = await collection('identities').findOne({ last4: '0001' });
    const other = createVault(Buffer.alloc(KEY_BYTES, 9));
    const owner = ofPerson(String(identity?._id));
    expect(database.vault.open(String(identity?.['sealed']), owner)).toBe(NIK);
    expect(other.open(String(identity?.['sealed']), owner)).toBeUndefined();
    // Copied from somebody else's record it opens as little as under another key.
    expect(database.vault.open(String(identity?.['sealed']), ofPerson('p-somebody'))).toBeUndefined();
    await collection('identities').updateOne({ last4: '0001' }, { $set: { sealed: other.seal(NIK, owner) } });
    const { id } = await applicationOf(String((await collection('persons').findOne({ name: 'Rusmiati Contoh' }))?._id));
    const answer = await officer().send(`/pengajuan/${id}/nik`, { alasan: 'dicocokkan dengan NIB' });
    expect(await answer.text()).toContain('Tidak bisa dibuka');
  });
});

describe('a code or a password', () => {
  it('that is sent is not kept, also where it comes bare in the middle of a step', async () => {
    await register(desk().product, '24', { name: 'Rabiatul Contoh' });
    await say('24', 'nib', 'mau urus', 'ya', 'tidak', 'ya', 'tikar purun', 'sudah', '739184');
    expect(await lastTo('24')).toContain('Langkah 2');
    await say('24', 'kode otp saya 739184', 'sandinya Rahasia#12');
    const kept = await collection('messages').find({ aliases: 'sim:24' }).toArray();
    const words = kept.map((message) => String(message['text']));
    expect(words.filter((text) => /739184|Rahasia/.test(text))).toEqual([]);
    expect(words.filter((text) => text.includes('[disembunyikan]'))).toHaveLength(3);
    expect(await whereStands(desk().product.database.connection, '739184')).toEqual([]);
  });
});

describe('what belongs to a person', () => {
  it('goes with them when they have their data erased; a decision stays without a name', async () => {
    await say('22', 'hapus data saya', 'ya');
    const person = String((await collection('applications').findOne({ programme: 'nib' }))?.['person']);
    expect(person).toBe('');
    expect(await collection('identities').countDocuments({})).toBe(0);
    expect(await textOf(officer(), '/pengajuan?selesai=1')).toContain('(data dihapus)');
  });
});

describe('a programme that is paused', () => {
  it('tells who waits once that it is open again', async () => {
    await register(desk().product, '23', { name: 'Hamidah Contoh' });
    await administrator().send('/program/kur', { keadaan: 'paused', alasan: 'menunggu aturan baru' });
    await say('23', 'kur', 'ya');
    expect(await collection('waiting').countDocuments({ programme: 'kur' })).toBe(1);
    await administrator().send('/program/kur', { keadaan: 'open', alasan: '' });
    await tell();
    await tell();
    expect(await collection('waiting').countDocuments({})).toBe(0);
    expect(await collection('deliveries').countDocuments({ kind: 'opened' })).toBe(1);
  });
});

describe('a product that has another key', () => {
  it('runs, says on its first page which key is missing, and asks for the number anew', async () => {
    const uri = testUri();
    const first = await startDesk({ jobs: false, database: await testDatabase({ uri, keep: true }) });
    await register(first.product, '31', { name: 'Salamah Contoh' });
    const say = async (product: TestProduct, ...texts: string[]) => {
      for (const text of texts) await product.send('31', `z${++sent}`, { kind: 'text', text });
    };
    await say(first.product, 'nib', 'sudah punya', 'ya', '0123456789012', 'ya', NIK);
    await first.product.stop();

    const other = createVault(Buffer.alloc(KEY_BYTES, 8));
    const database = { ...(await testDatabase({ uri })), vault: other };
    const second = await startDesk({ jobs: false, database });
    const admin = await second.visitor('administrator');
    expect(await textOf(admin, '/')).toContain('kunci lain');
    // What was sealed cannot be read back any more: the number is masked, and given again.
    await say(second.product, 'ulang');
    expect((await second.product.received('31')).at(-1)?.text).toContain('•••• 0001');
    await say(second.product, 'tidak', NIK, 'ya');
    const identity = await database.connection.collection('identities').findOne({});
    expect(other.open(String(identity?.['sealed']), ofPerson(String(identity?._id)))).toBe(NIK);
    await second.product.stop();
  });
});
