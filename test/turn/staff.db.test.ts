/** Staff in a chat: they take it, speak, give it back; the product is silent in between, and the history holds all of it. */
import { expect, it } from 'vitest';
import { ManualClock } from '../../src/shared/clock.ts';
import { testUri } from '../support/test-database.ts';
import { wiredTests, type WiredProduct } from '../support/wired-product.ts';

const start = wiredTests();
const contact = 'wire:siti';
const rina = { by: 'rina', name: 'Ibu Rina' };

/** Somebody in the middle of the form: the question for the name is open. */
async function inForm({ wire, product }: WiredProduct): Promise<void> {
  for (const text of ['halo', 'ya']) {
    await wire.deliver('siti', text);
    await product.conversations.idle();
  }
  expect(wire.textsTo('siti').at(-1)).toContain('Siapa nama');
}

it('names who speaks, is silent meanwhile, and goes on where the person was', async () => {
  const wired = await start();
  const { wire, product, database } = wired;
  await inForm(wired);
  const before = wire.sent.length;
  const { conversations } = product;
  expect(await conversations.act(contact, 'k1', { ...rina, does: 'say', text: 'Selamat pagi, Bu.' })).toBe(true);
  await conversations.act(contact, 'k2', { ...rina, does: 'say', text: 'Ada yang bisa saya bantu?' });
  expect(wire.textsTo('siti').slice(before)).toEqual([
    'Sekarang Ibu Rina dari dinas yang menjawab di sini.',
    'Selamat pagi, Bu.',
    'Ada yang bisa saya bantu?',
  ]);
  await wire.deliver('siti', 'kapan pelatihannya?');
  await conversations.idle();
  expect(wire.sent).toHaveLength(before + 3);
  await conversations.act(contact, 'k3', { ...rina, does: 'give back' });
  const back = wire
    .textsTo('siti')
    .slice(before + 3)
    .join('\n');
  expect(back).toMatch(/Petugas sudah selesai[^]*Siapa nama/);
  await wire.deliver('siti', 'Siti Aminah');
  await conversations.idle();
  expect(wire.textsTo('siti').at(-1)).toContain('membuat apa');
  const messages = database.connection.collection('messages');
  await expect.poll(() => messages.countDocuments({ aliases: 'siti', by: 'rina', state: 'confirmed' })).toBe(3);
  await expect
    .poll(() => messages.countDocuments({ aliases: 'siti', worker: { $exists: false } }))
    .toBe(wire.textsTo('siti').length);
});

it('says once what is sent twice, and does nothing where nobody is', async () => {
  const wired = await start();
  await inForm(wired);
  const say = () => wired.product.conversations.act(contact, 'same', { ...rina, does: 'say', text: 'Halo' });
  await Promise.all([say(), say()]);
  await say();
  expect(wired.wire.textsTo('siti').filter((text) => text === 'Halo')).toHaveLength(1);
  expect(await wired.product.conversations.act('wire:nobody', 'x', { ...rina, does: 'say', text: 'Halo' })).toBe(false);
});

it('is given back by time, once, by whichever process comes first', async () => {
  const clock = new ManualClock(Date.parse('2026-11-25T10:00:00+08:00'));
  const wired = await start({ clock });
  await inForm(wired);
  const { conversations } = wired.product;
  await conversations.act(contact, 'k1', { ...rina, does: 'take' });
  await conversations.giveBack();
  expect(wired.wire.textsTo('siti').join()).not.toContain('Petugas sudah selesai');
  clock.advance(61 * 60_000);
  await Promise.all([conversations.giveBack(), conversations.giveBack()]);
  await conversations.giveBack();
  expect(wired.wire.textsTo('siti').filter((text) => text.includes('Petugas sudah selesai'))).toHaveLength(1);
});

it('keeps what was said although the history could not be written, and notes each tick, never back', async () => {
  const wired = await start();
  const { wire, product, database } = wired;
  await inForm(wired);
  const messages = database.connection.collection<{ _id: string; state: string }>('messages');
  await expect.poll(() => messages.countDocuments({ state: 'confirmed' })).toBe(wire.textsTo('siti').length);
  const id = wire.sent.at(-1)?.id ?? '';
  const state = async () => (await messages.findOne({ _id: id }))?.state;
  wire.events?.receipt([id], 'read');
  await expect.poll(state).toBe('read');
  wire.events?.receipt([id], 'delivered');
  wire.events?.confirm([id]);
  await wire.deliver('siti', 'Siti Aminah');
  await product.conversations.idle();
  // A tick that comes before its message stands in the history is not lost.
  const next = wire.sent.at(-1)?.id ?? '';
  wire.events?.receipt([next], 'delivered');
  await expect.poll(async () => (await messages.findOne({ _id: next }))?.state).toBe('delivered');
  expect(await state()).toBe('read');
});

it('writes into the history after a kill what only the outbox knew', async () => {
  const uri = testUri();
  const first = await start({ uri, keep: true });
  await inForm(first);
  const { connection } = first.database;
  const said = first.wire.textsTo('siti').length;
  await expect.poll(() => connection.collection('messages').countDocuments({ state: 'confirmed' })).toBe(said);
  // As when it was killed before the history was written: nothing of it, the worker's place behind, its process gone. It is
  // stopped first, since a living one goes on noting its place.
  const workers = connection.collection('workers');
  const worker = await workers.findOne({});
  if (!worker) throw new Error('There is no worker');
  await first.product.stop();
  await connection.collection('messages').deleteMany({ worker: { $exists: false } });
  await workers.insertOne({ ...worker, settled: 0, pid: 2 ** 30, seenAt: 0 });
  const second = await start({ uri });
  const there = second.database.connection.collection('messages');
  await expect.poll(() => there.countDocuments({ state: 'confirmed' })).toBeGreaterThan(0);
  expect(second.wire.sent).toEqual([]);
});
