/** What is sealed opens for its owner only, whatever is written or copied; a text without end is read at its beginning. */
import { expect, it } from 'vitest';
import { LONGEST_TEXT } from '../../src/understanding/index.ts';
import { whereStands } from '../support/secrets.ts';
import { wiredTests, type WiredProduct } from '../support/wired-product.ts';

const start = wiredTests();
const NIK = '6372025708650001';
const whole = '6372 0257 0865 0001';

async function say({ wire, product }: WiredProduct, who: string, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    await wire.deliver(who, text);
    await product.conversations.idle();
  }
}

/** Everything that is sealed anywhere in the database. */
async function sealedIn({ database }: WiredProduct): Promise<string[]> {
  const { connection, vault } = database;
  const all: string[] = [];
  const collections = (await connection.db?.listCollections({}, { nameOnly: true }).toArray()) ?? [];
  for (const { name } of collections) all.push(JSON.stringify(await connection.collection(name).find({}).toArray()));
  return [...new Set(all.join().match(new RegExp(`${vault.keyId}\\.[\\w-]+`, 'gu')) ?? [])];
}

it('is whole for its owner only, and nothing that somebody else writes opens it', async () => {
  const wired = await start();
  const register = ['halo', 'ya', 'Siti Contoh', 'sasirangan', 'loktabat utara', 'sendiri', '5 tahun', 'ya'];
  await say(wired, 'siti', ...register, 'nib', 'sudah punya', 'ya', '0123456789012', 'ya', NIK);
  expect(wired.wire.textsTo('siti').join('\n')).toContain(whole);
  const sealed = await sealedIn(wired);
  expect(sealed.length).toBeGreaterThan(1);
  const tried = sealed.flatMap((one) => [`⟦0001:${one}⟧`, `{{nik_whole}} $t(nib:nib.nik.ask) ${one}`]);
  await say(wired, 'budi', 'halo', 'ya', ...tried, `Budi ${tried[0] ?? ''}`, 'menu', ...tried);
  for (const text of tried)
    await wired.product.conversations.act('wire:budi', text.slice(-40), { by: 'r', name: text, does: 'say', text });
  expect(wired.wire.textsTo('budi').join('\n')).not.toContain(whole);
  expect(wired.wire.textsTo('budi').join('\n')).not.toContain('0257');
  expect(await whereStands(wired.database.connection, NIK)).toEqual([]);
});

it('does not open where it was copied to: another contact reads the mask, and is asked again', async () => {
  const wired = await start();
  const register = ['halo', 'ya', 'Siti Contoh', 'sasirangan', 'loktabat utara', 'sendiri', '5 tahun', 'ya'];
  const toNumber = ['nib', 'sudah punya', 'ya', '0123456789012', 'ya'];
  await say(wired, 'siti', ...register, ...toNumber, NIK);
  await say(wired, 'budi', ...register, ...toNumber, '6372021708650002');
  const talks = wired.database.connection.collection<{ _id: string; session: object }>('conversations');
  const { session = {} } = (await talks.findOne({ _id: 'wire:siti' })) ?? {};
  await talks.updateOne({ _id: 'wire:budi' }, { $set: { session } });
  const before = wired.wire.textsTo('budi').length;
  await say(wired, 'budi', 'ulang', 'ya');
  const after = wired.wire.textsTo('budi').slice(before).join('\n');
  expect(after).toContain('•••• 0001');
  expect(after).not.toContain('0257');
  expect(await wired.database.connection.collection('identities').countDocuments({})).toBe(0);
});

it('is cut where nobody would read on; staff read the rest, in which numbers are masked as well', async () => {
  const wired = await start();
  await say(wired, 'siti', 'halo');
  const before = wired.wire.sent.length;
  await say(wired, 'siti', `kode${' '.repeat(20_000)}${NIK} ${'a'.repeat(40_000)}`);
  const { connection } = wired.database;
  const stored = await connection.collection('messages').findOne({ whole: { $exists: true } });
  expect(String(stored?.['text'])).toHaveLength(LONGEST_TEXT);
  const kept = await wired.product.parts.files.find(String(stored?.['whole']));
  expect(kept?.bytes.toString('utf8')).toBe(`kode${' '.repeat(20_000)}[nomor …0001] ${'a'.repeat(40_000)}`);
  expect(await connection.collection('files').countDocuments({ key: { $exists: true } })).toBe(1);
  expect(await connection.collection('cases').countDocuments({ kind: 'long_text', contact: 'wire:siti' })).toBe(1);
  expect(await whereStands(connection, NIK)).toEqual([]);
  expect(wired.wire.sent.length).toBeGreaterThan(before);
});

it('stands before a short one that came at the same moment', async () => {
  const wired = await start();
  await say(wired, 'siti', 'halo', 'ya');
  const long = `Siti Contoh ${'cerita panjang '.repeat(400)}`;
  await Promise.all([wired.wire.deliver('siti', long), wired.wire.deliver('siti', 'menu')]);
  await wired.product.conversations.idle();
  const came = await wired.database.connection
    .collection<{ text?: string; order?: number }>('messages')
    .find({ text: { $in: [long.slice(0, LONGEST_TEXT), 'menu'] } })
    .sort({ order: 1 })
    .toArray();
  expect(came.map(({ text }) => text?.slice(0, 4))).toEqual(['Siti', 'menu']);
});
