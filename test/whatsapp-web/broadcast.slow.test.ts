/** What nobody asked for: only to those who wrote first, within a day's limit, and stopped at the first sign of a block. */
import { afterEach, expect, it } from 'vitest';
import { ManualClock, SECOND } from '../../src/shared/clock.ts';
import { MORNING, people } from '../support/outreach.ts';
import { type Options } from './harness.ts';
import { startWhatsAppProduct, type WhatsAppProduct } from './product.ts';
import { OFFICE } from './server.ts';
import { hasty } from './world.ts';

let whatsapp: WhatsAppProduct;
let clock: ManualClock;
afterEach(() => whatsapp.stop());

const idOf = (number: number): string => `1555030000${number}@c.us`;

/** So many registered people, of whom the first `wrote` have written to the office's present number. */
async function withPeople(count: number, wrote = count, options: Options = {}): Promise<void> {
  clock = new ManualClock(MORNING);
  whatsapp = await startWhatsAppProduct(options, { clock });
  await people(whatsapp.database.connection, count, {}, 'whatsapp-web');
  const conversations = whatsapp.database.connection.collection('conversations');
  for (let number = 1; number <= count; number++) {
    const alias = `wa:${idOf(number)}`;
    await conversations.updateOne(
      { _id: `whatsapp-web:${number}` as never },
      { $set: { aliases: [alias], address: alias } },
    );
    if (number <= wrote) await whatsapp.store.noteContact(idOf(number) as never, OFFICE.split('@')[0] ?? '');
  }
}

/** Begins a broadcast and lets so many seconds pass; its state after that. */
async function broadcast(seconds: number, cold = false) {
  const { broadcasts } = whatsapp.product.parts;
  const id = await broadcasts.draft(
    { text: 'Besok kantor tutup, {nama}.', audience: {}, by: 'office', cold },
    clock.now(),
  );
  await broadcasts.start(id, clock.now());
  for (let second = 0; second < seconds; second++) {
    await whatsapp.product.outreach.plan();
    await whatsapp.product.outreach.send();
    clock.advance(SECOND);
  }
  const { broadcast: seen, counts } = await broadcasts.status(id);
  return { state: seen.state, counts: Object.fromEntries(counts.map(({ state, count }) => [state, count])) };
}
const reached = () => whatsapp.server.sent.map(({ to }) => to);

it('F4: the first refusal stops it, and staff are told', async () => {
  await withPeople(6);
  whatsapp.server.behave({ send: { all: 'well', [idOf(3)]: 'refused' } });
  expect((await broadcast(30)).state).toBe('stopped');
  expect(reached()).toEqual([idOf(1), idOf(2), idOf(3)]);
  const cases = await whatsapp.database.connection.collection('cases').find({}).toArray();
  expect(cases.map(({ kind }) => kind as string)).toContain('broadcast_stopped');
});

it('does not write to who has never written to this number', async () => {
  await withPeople(3, 1);
  expect((await broadcast(30)).counts).toMatchObject({ failed: 2 });
  expect(reached()).toEqual([idOf(1)]);
});

it('F5: does so where it was allowed for this broadcast, after asking, and never to a number without WhatsApp', async () => {
  await withPeople(3, 1);
  whatsapp.server.behave({ unregistered: [idOf(3)] });
  expect((await broadcast(30, true)).counts).toMatchObject({ failed: 1 });
  expect(reached()).toEqual([idOf(1), idOf(2)]);
  expect(whatsapp.server.heardOf('query', idOf(2))).toBe(1);
});

it('F6: no more than the channel’s own limit go out in a day', async () => {
  await withPeople(6, 6, { settings: { ...hasty, daily: 5 } });
  await broadcast(60);
  // Four fifths of the limit; the rest is kept for reminders.
  expect(reached()).toHaveLength(4);
});
