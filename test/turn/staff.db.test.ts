/** Staff in a chat: they take it, speak, give it back; the product is silent in between, and the history holds all of it. */
import { expect, it } from 'vitest';
import { ManualClock } from '../../src/shared/clock.ts';
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
