/** The ledger and its sender on a real database: once, in time, and only while it is wanted. */
import { expect, it } from 'vitest';
import { DAY, HOUR, ManualClock, MINUTE } from '../../src/shared/clock.ts';
import { addEvent, enrol, MORNING, people } from '../support/outreach.ts';
import { wiredTests, type WiredProduct } from '../support/wired-product.ts';

const start = wiredTests();

async function withPeople(count: number, more: object = {}): Promise<WiredProduct & { clock: ManualClock }> {
  const clock = new ManualClock(MORNING);
  const wired = await start({ clock, jobs: false });
  await people(wired.database.connection, count, more);
  return { ...wired, clock };
}
const work = async ({ product }: WiredProduct) => {
  await product.outreach.plan();
  await product.outreach.send();
};
/** Half hours pass; at each what is due is sent. */
async function pass(wired: WiredProduct & { clock: ManualClock }, span: number): Promise<void> {
  for (let left = span; left > 0; left -= 30 * MINUTE) {
    wired.clock.advance(Math.min(left, 30 * MINUTE));
    await work(wired);
  }
}
const statesOf = async ({ product }: WiredProduct) =>
  (await product.parts.ledger.list({}, 100))
    .map(({ kind, state, reason }) => [kind, state, reason].join(' ').trim())
    .sort();

it('200 people for 15 places at once: exactly 15 come, and the queue is right', async () => {
  const wired = await withPeople(1);
  const now = wired.clock.now();
  await addEvent(wired, now, 15);
  const outcomes = await Promise.all(Array.from({ length: 200 }, (_, index) => enrol(wired, index + 1, now)));
  expect(outcomes.filter(({ outcome }) => outcome === 'in')).toHaveLength(15);
  const positions = outcomes.flatMap((result) => (result.outcome === 'waiting' ? [result.position] : []));
  expect(positions.sort((a, b) => a - b)).toEqual(Array.from({ length: 185 }, (_, index) => index + 1));
  expect(await wired.product.parts.events.seats('warna-alam')).toHaveLength(15);
});

it('two processes never give more places than there are', async () => {
  const wired = await withPeople(1);
  const other = await start({ clock: wired.clock, jobs: false, uri: wired.database.uri, keep: true });
  const now = wired.clock.now();
  await addEvent(wired, now, 15);
  const outcomes = await Promise.all(
    Array.from({ length: 60 }, (_, index) => enrol(index % 2 ? wired : other, index + 1, now)),
  );
  expect(outcomes.filter(({ outcome }) => outcome === 'in')).toHaveLength(15);
  const queue = await wired.product.parts.events.queued('warna-alam');
  expect(queue.map(({ number }) => number)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
});

it('who wants no messages between planning and sending gets none', async () => {
  const wired = await withPeople(2);
  await addEvent(wired, wired.clock.now());
  await enrol(wired, 1, wired.clock.now());
  await enrol(wired, 2, wired.clock.now());
  wired.clock.advance(DAY);
  await wired.product.outreach.plan();
  await wired.database.connection
    .collection('conversations')
    .updateOne({ _id: 'wire:1' as never }, { $set: { muted: true } });
  await pass(wired, HOUR);
  expect(wired.wire.sent.map(({ to }) => to)).toEqual(['wire:2']);
  expect(await statesOf(wired)).toEqual(['reminder confirmed', 'reminder dropped muted']);
});

it('who wants no messages is told what is owed, nothing else is asked, and the answer is taken', async () => {
  const wired = await withPeople(1, { muted: true });
  const at = wired.clock.now();
  await addEvent(wired, at);
  await enrol(wired, 1, at);
  const due = { person: 'p-1', contact: 'wire:1', channel: 'wire', rank: 0 as const, due: at, until: at + DAY };
  await wired.product.parts.ledger.plan(
    ['moved', 'reminder', 'afterwards', 'nudge'].map((kind) => ({ ...due, kind, thing: 'warna-alam', slot: '1' })),
    at,
  );
  // One by one, at the pace.
  for (let minute = 0; minute < 4; minute++) await pass(wired, MINUTE);
  expect(await statesOf(wired)).toEqual([
    'afterwards dropped muted',
    'moved confirmed',
    'nudge dropped muted',
    'reminder dropped muted',
  ]);
  const answer = { channel: 'wire', aliases: ['wire:1'] as const, kind: 'text' as const, at };
  await wired.product.conversations.receive({ ...answer, externalId: 'a', text: 'tidak' });
  await wired.product.conversations.receive({ ...answer, externalId: 'b', text: 'halo' });
  await wired.product.conversations.idle();
  expect((await wired.product.parts.events.enrolment('warna-alam', 'p-1'))?.state).toBe('cancelled');
  expect(wired.wire.sent.at(-1)?.text).toContain('sedang berhenti');
});

it('while a member of staff speaks in the chat, a reminder waits', async () => {
  const until = Date.parse(MORNING) + DAY + 2 * HOUR;
  const wired = await withPeople(1, { takeover: { staff: 'ratna', until } });
  await addEvent(wired, wired.clock.now());
  await enrol(wired, 1, wired.clock.now());
  await pass(wired, DAY + HOUR);
  expect(wired.wire.sent).toEqual([]);
  await pass(wired, 2 * HOUR);
  expect(wired.wire.sent).toHaveLength(1);
});

it('a consent that was withdrawn ends reminders', async () => {
  const wired = await withPeople(1);
  const consent = {
    _id: 'c',
    contact: 'wire:1',
    person: 'p-1',
    purpose: 'registration',
    at: new Date(),
    withdrawnAt: new Date(),
  };
  await wired.database.connection.collection('consents').insertOne(consent as never);
  await addEvent(wired, wired.clock.now());
  await enrol(wired, 1, wired.clock.now());
  await pass(wired, DAY + HOUR);
  expect(await statesOf(wired)).toEqual(['reminder dropped consent']);
});

it('two processes that send at once send each once', async () => {
  const wired = await withPeople(30);
  const other = await start({ clock: wired.clock, jobs: false, uri: wired.database.uri, keep: true });
  await addEvent(wired, wired.clock.now());
  for (let number = 1; number <= 30; number++) await enrol(wired, number, wired.clock.now());
  wired.clock.advance(DAY);
  for (let minute = 0; minute < 20; minute++) {
    await Promise.all([work(wired), work(other)]);
    wired.clock.advance(15_000);
  }
  const ids = [...wired.wire.sent, ...other.wire.sent].map(({ id }) => id);
  expect(new Set(ids).size).toBe(30);
  expect(ids).toHaveLength(30);
});

it('nothing is sent faster than the pace', async () => {
  const wired = await withPeople(40);
  await addEvent(wired, wired.clock.now());
  for (let number = 1; number <= 40; number++) await enrol(wired, number, wired.clock.now());
  wired.clock.advance(DAY);
  await work(wired);
  // What may be caught up at once is the slack of five seconds: two at twenty a minute, three with jitter.
  expect(wired.wire.sent.length).toBeLessThanOrEqual(4);
  for (let second = 0; second < 60; second++) {
    wired.clock.advance(1_000);
    await wired.product.outreach.send();
  }
  expect(wired.wire.sent.length).toBeGreaterThan(15);
  expect(wired.wire.sent.length).toBeLessThan(27);
});

it('what was in flight at a kill is unknown and is never sent again; what the channel knows is confirmed', async () => {
  const wired = await withPeople(2);
  await addEvent(wired, wired.clock.now());
  await enrol(wired, 1, wired.clock.now());
  await enrol(wired, 2, wired.clock.now());
  wired.clock.advance(DAY);
  await wired.product.outreach.plan();
  const claim = { worker: 'dead', number: 1, until: wired.clock.now() + MINUTE };
  const ledger = wired.database.connection.collection('deliveries');
  await ledger.updateMany({}, { $set: { state: 'handed over', claim } });
  wired.wire.sent.push({
    id: `${String((await ledger.findOne({ person: 'p-2' }))?._id)}/1`,
    to: 'wire:2',
    text: '',
    options: [],
    numbered: false,
  });
  wired.clock.advance(2 * MINUTE);
  await work(wired);
  expect(await statesOf(wired)).toEqual(['reminder confirmed', 'reminder unknown']);
  expect(wired.wire.sent).toHaveLength(1);
});

it('a send that never ends is unknown, and keeps nobody else waiting', async () => {
  const clock = new ManualClock(MORNING);
  const wired = { ...(await start({ clock, jobs: false, sendLimit: 50 })), clock };
  await people(wired.database.connection, 2);
  await addEvent(wired, clock.now());
  await enrol(wired, 1, clock.now());
  await enrol(wired, 2, clock.now());
  wired.wire.answer = ({ to }) =>
    to === 'wire:1' ? new Promise(() => undefined) : Promise.resolve({ state: 'confirmed' });
  await pass(wired, DAY + HOUR);
  expect(await statesOf(wired)).toEqual(['reminder confirmed', 'reminder unknown']);
});

it('no more than a day’s limit goes out, and a part of it is kept for reminders', async () => {
  const clock = new ManualClock(MORNING);
  const wired = { ...(await start({ clock, jobs: false })), clock };
  // A new number: fifty on its first day, four fifths of them for broadcasts.
  await people(wired.database.connection, 60);
  const { broadcasts } = wired.product.parts;
  const id = await broadcasts.draft({ text: 'Besok kantor tutup.', audience: {}, by: 'office' }, clock.now());
  await broadcasts.start(id, clock.now());
  for (let second = 0; second < 400; second++) {
    await work(wired);
    clock.advance(1_000);
  }
  expect(wired.wire.sent).toHaveLength(40);
});

it('a reminder that would come too late is dropped, counted and shown', async () => {
  const wired = await withPeople(1);
  await addEvent(wired, wired.clock.now());
  await enrol(wired, 1, wired.clock.now());
  wired.wire.connected = false;
  await pass(wired, 8 * DAY);
  wired.wire.connected = true;
  await pass(wired, HOUR);
  expect(wired.wire.sent).toEqual([]);
  expect(await wired.product.parts.ledger.counts()).toEqual([{ state: 'dropped', reason: 'too late', count: 3 }]);
});

it('a receipt that comes late never goes back', async () => {
  const wired = await withPeople(1);
  await addEvent(wired, wired.clock.now());
  await enrol(wired, 1, wired.clock.now());
  await pass(wired, DAY + HOUR);
  const ids = wired.wire.sent.map(({ id }) => id);
  wired.wire.events?.receipt(ids, 'read');
  await expect.poll(() => statesOf(wired)).toEqual(['reminder read']);
  wired.wire.events?.receipt(ids, 'delivered');
  wired.wire.events?.confirm(ids);
  await wired.product.conversations.idle();
  expect(await statesOf(wired)).toEqual(['reminder read']);
});

it('next year’s holidays that nobody listed are told to staff each day from November', async () => {
  const wired = await withPeople(1);
  await work(wired);
  await pass(wired, 2 * DAY);
  const found = await wired.database.connection.collection('cases').findOne({ kind: 'holidays_missing' });
  expect(found?.['messages']).toEqual(['2027@2026-11-25', '2027@2026-11-26', '2027@2026-11-27']);
});

it('no query scans a collection', async () => {
  const wired = await withPeople(20);
  const { db } = wired.database.connection;
  await db?.command({ profile: 2 });
  await addEvent(wired, wired.clock.now(), 5);
  for (let number = 1; number <= 8; number++) await enrol(wired, number, wired.clock.now());
  const { broadcasts, ledger } = wired.product.parts;
  const id = await broadcasts.draft(
    { text: 'Besok kantor tutup.', audience: { event: 'warna-alam' }, by: 'office' },
    wired.clock.now(),
  );
  await broadcasts.start(id, wired.clock.now());
  await pass(wired, DAY + HOUR);
  await ledger.counts();
  await ledger.list({}, 10);
  await db?.command({ profile: 0 });
  const profile = await db
    ?.collection('system.profile')
    .find({ planSummary: /COLLSCAN/ })
    .toArray();
  // A worker writes itself down in a collection of a handful.
  expect(profile?.map(({ ns }) => String(ns).split('.')[1]).filter((name) => name !== 'workers')).toEqual([]);
});
