/** Broadcasts as a service: whom they reach, who agrees, what holds them. */
import { expect, it } from 'vitest';
import { DAY, ManualClock, MINUTE, SECOND } from '../../src/shared/clock.ts';
import { MORNING, people } from '../support/outreach.ts';
import { wiredTests, type WiredProduct } from '../support/wired-product.ts';

const start = wiredTests();

async function withPeople(
  count: number,
  more: { sendLimit?: number } = {},
): Promise<WiredProduct & { clock: ManualClock }> {
  const clock = new ManualClock(MORNING);
  const wired = await start({ clock, jobs: false, ...more });
  await people(wired.database.connection, count);
  return { ...wired, clock };
}
/** Seconds pass; what may be sent in each is sent. */
async function seconds(wired: WiredProduct & { clock: ManualClock }, count: number): Promise<void> {
  for (let second = 0; second < count; second++) {
    await wired.product.outreach.plan();
    await wired.product.outreach.send();
    wired.clock.advance(SECOND);
  }
}
const draft = (
  { product, clock }: WiredProduct & { clock: ManualClock },
  audience = {},
  text = 'Besok kantor tutup, {nama}.',
) => product.parts.broadcasts.draft({ text, audience, by: 'office' }, clock.now());

it('reaches those who match, with their name, each once', async () => {
  const wired = await withPeople(6);
  const { broadcasts } = wired.product.parts;
  const id = await draft(wired, { crafts: ['rajut'], yearsFrom: 3 });
  const preview = await broadcasts.preview(id);
  expect(preview).toMatchObject({ recipients: 2, needsSecond: false });
  expect(preview.samples.map(({ text }) => text)).toEqual([
    'Besok kantor tutup, Orang 4.',
    'Besok kantor tutup, Orang 6.',
  ]);
  await broadcasts.start(id, wired.clock.now());
  await seconds(wired, 20);
  expect(wired.wire.sent.map(({ to, text }) => [to, text])).toEqual([
    ['wire:4', 'Besok kantor tutup, Orang 4.'],
    ['wire:6', 'Besok kantor tutup, Orang 6.'],
  ]);
  expect((await broadcasts.status(id)).broadcast.state).toBe('done');
});

it('counts, shows and plans those only who will get it', async () => {
  const wired = await withPeople(7);
  const { connection } = wired.database;
  const consent = (number: number, withdrawnAt: Date | null, purpose = 'registration') => ({
    ...{ _id: `c-${number}-${purpose}`, contact: `wire:${number}`, person: `p-${number}`, purpose },
    ...{ at: new Date(0), withdrawnAt },
  });
  const given = [
    // The first has taken everything back, the second one of two, the third nothing, the seventh was never asked.
    ...[consent(1, new Date()), consent(2, new Date()), consent(2, null, 'events'), consent(3, null)],
    // The fifth shares a phone with the fourth, who has taken everything back.
    ...[consent(4, new Date()), consent(5, null)],
  ];
  await connection.collection('consents').insertMany(given as never[]);
  const conversations = connection.collection('conversations');
  await conversations.updateOne({ _id: 'wire:4' as never }, { $set: { persons: ['p-4', 'p-5'] } });
  await connection.collection('persons').updateOne({ _id: 'p-5' as never }, { $set: { contact: 'wire:4' } });
  await conversations.updateOne({ _id: 'wire:6' as never }, { $set: { muted: true } });
  const { broadcasts } = wired.product.parts;
  const id = await draft(wired);
  const { recipients, samples } = await broadcasts.preview(id);
  expect(samples.map(({ name }) => name)).toEqual(['Orang 2', 'Orang 3', 'Orang 4']);
  await broadcasts.start(id, wired.clock.now());
  await seconds(wired, 60);
  expect(wired.wire.sent.map(({ to }) => to).sort()).toEqual(['wire:2', 'wire:3', 'wire:4', 'wire:7']);
  expect(recipients).toBe(4);
  // Nobody was planned in vain.
  expect((await broadcasts.status(id)).counts).toEqual([{ state: 'confirmed', reason: null, count: 4 }]);
});

it('tells what is hard to read before it is sent', async () => {
  const wired = await withPeople(1);
  const id = await draft(wired, {}, 'Mohon segera melakukan verifikasi registrasi melalui tautan https://contoh.test.');
  const { findings } = await wired.product.parts.broadcasts.preview(id);
  expect(findings.join('\n')).toMatch(/verifikasi|mohon/);
  expect(findings.join('\n')).toMatch(/tautan/);
});

it('waits for a second member of staff above the settable size, who is not the first', async () => {
  const wired = await withPeople(200);
  const { broadcasts } = wired.product.parts;
  const id = await draft(wired);
  expect((await broadcasts.preview(id)).needsSecond).toBe(true);
  expect(await broadcasts.start(id, wired.clock.now())).toBe('agreeing');
  await seconds(wired, 5);
  expect(wired.wire.sent).toEqual([]);
  await expect(broadcasts.agree(id, 'office')).rejects.toThrow('second member');
  await broadcasts.agree(id, 'ratna');
  await seconds(wired, 10);
  expect(wired.wire.sent.length).toBeGreaterThan(1);
});

it('is held, goes on, and ends, with nobody twice', async () => {
  const wired = await withPeople(20);
  const { broadcasts } = wired.product.parts;
  const id = await draft(wired);
  await broadcasts.start(id, wired.clock.now());
  await seconds(wired, 15);
  await broadcasts.pause(id, wired.clock.now());
  const held = wired.wire.sent.length;
  expect(held).toBeGreaterThan(2);
  await seconds(wired, 30);
  // What was claimed already is looked at again, and waits.
  expect(wired.wire.sent.length).toBe(held);
  await broadcasts.resume(id, wired.clock.now());
  await seconds(wired, 30);
  expect(wired.wire.sent.length).toBeGreaterThan(held);
  await broadcasts.cancel(id, wired.clock.now());
  const ended = wired.wire.sent.length;
  await seconds(wired, 90);
  expect(wired.wire.sent.length).toBe(ended);
  expect(new Set(wired.wire.sent.map(({ to }) => to)).size).toBe(ended);
  await expect(broadcasts.resume(id, wired.clock.now())).rejects.toThrow('cancelled');
});

it('stops by itself at a sign of a block, says so, and goes on when staff say so', async () => {
  const wired = await withPeople(20);
  const { broadcasts } = wired.product.parts;
  const id = await draft(wired);
  await broadcasts.start(id, wired.clock.now());
  await seconds(wired, 8);
  wired.wire.answer = () => Promise.resolve({ state: 'failed', reason: '463', retry: false, blocked: true });
  await seconds(wired, 20);
  const { broadcast, counts } = await broadcasts.status(id);
  expect(broadcast).toMatchObject({ state: 'stopped', reason: 'the channel limits this account' });
  expect(counts.find(({ state }) => state === 'failed')).toMatchObject({ reason: '463', count: 1 });
  const stopped = await wired.database.connection.collection('cases').findOne({ kind: 'broadcast_stopped' });
  expect(stopped?.['messages']).toEqual([id]);
  wired.wire.answer = () => Promise.resolve({ state: 'confirmed' });
  await broadcasts.resume(id, wired.clock.now());
  await seconds(wired, 100);
  expect(new Set(wired.wire.sent.map(({ to }) => to)).size).toBe(19);
  expect(await broadcasts.resendFailed(id, wired.clock.now())).toBe(1);
  await seconds(wired, 10);
  expect(new Set(wired.wire.sent.map(({ to }) => to)).size).toBe(20);
  expect(wired.wire.sent).toHaveLength(20);
});

it('many failures stop it as well', async () => {
  const wired = await withPeople(20);
  const id = await draft(wired);
  await wired.product.parts.broadcasts.start(id, wired.clock.now());
  wired.wire.answer = () => Promise.resolve({ state: 'failed', reason: 'no such number', retry: false });
  await seconds(wired, 60);
  expect((await wired.product.parts.broadcasts.status(id)).broadcast.state).toBe('stopped');
});

it.each([
  ['that throws', () => Promise.reject(new Error('the page hangs'))],
  ['that never ends', () => new Promise<never>(() => undefined)],
])('a channel %s stops it: what is unknown is no good sign', async (_how, answer) => {
  const wired = await withPeople(40, { sendLimit: 20 });
  const id = await draft(wired);
  await wired.product.parts.broadcasts.start(id, wired.clock.now());
  wired.wire.answer = answer;
  await seconds(wired, 60);
  const { broadcast, counts } = await wired.product.parts.broadcasts.status(id);
  expect(broadcast.state).toBe('stopped');
  // As many as the brake allows, of forty.
  expect(counts.find(({ state }) => state === 'unknown')?.count).toBe(5);
});

it('a channel that takes them and never says that one went out stops it as well', async () => {
  const wired = await withPeople(40);
  const id = await draft(wired);
  await wired.product.parts.broadcasts.start(id, wired.clock.now());
  wired.wire.answer = () => Promise.resolve({ state: 'handed over' });
  wired.wire.sentAmong = () => Promise.resolve([]);
  await seconds(wired, 25);
  expect((await wired.product.parts.broadcasts.status(id)).broadcast.state).toBe('running');
  wired.clock.advance(3 * MINUTE);
  await seconds(wired, 5);
  expect((await wired.product.parts.broadcasts.status(id)).broadcast.state).toBe('stopped');
});

it('begins at its time, and not in the quiet', async () => {
  const wired = await withPeople(3);
  const id = await draft(wired);
  await wired.product.parts.broadcasts.start(id, wired.clock.now(), Date.parse('2026-11-25T19:59:50+08:00'));
  await seconds(wired, 3);
  expect(wired.wire.sent).toEqual([]);
  wired.clock.advance(Date.parse('2026-11-25T20:00:00+08:00') - wired.clock.now());
  await seconds(wired, 5);
  expect(wired.wire.sent).toEqual([]);
  wired.clock.advance(DAY / 2);
  await seconds(wired, 15);
  expect(wired.wire.sent).toHaveLength(3);
});

it('a reply goes where the sender meant it: to staff', async () => {
  const wired = await withPeople(1);
  const { broadcasts } = wired.product.parts;
  const id = await broadcasts.draft(
    { text: 'Siapa yang perlu bibit purun?', audience: {}, reply: 'case', by: 'office' },
    wired.clock.now(),
  );
  await broadcasts.start(id, wired.clock.now());
  await seconds(wired, 5);
  await wired.wire.deliver('wire:1', 'ulun handak dua ikat', { at: wired.clock.now() });
  await wired.product.conversations.idle();
  expect(wired.wire.textsTo('wire:1').at(-1)).toContain('petugas');
  const found = await wired.database.connection.collection('cases').findOne({ kind: 'broadcast_reply' });
  expect(found).toMatchObject({ contact: 'wire:1', state: 'open' });
});

it('from a staff number: umumkan, how it will look, a yes, then jeda, lanjut, status and batal', async () => {
  const wired = await withPeople(20);
  const { parts, conversations } = wired.product;
  await parts.broadcastStore.addStaff('wire:20', 'Ibu Ratna', wired.clock.now());
  const says = async (from: string, text: string): Promise<string> => {
    const before = wired.wire.textsTo(from).length;
    await wired.wire.deliver(from, text, { at: wired.clock.now() });
    await conversations.idle();
    return wired.wire.textsTo(from).slice(before).join('\n');
  };
  expect(await says('wire:2', 'umumkan')).toContain('untuk petugas saja');
  expect(await says('wire:20', 'umumkan')).toContain('Apa isi pengumumannya');
  expect(await says('wire:20', 'Besok kantor tutup, {nama}. Lusa buka lagi.')).toContain('Untuk siapa');
  expect(await says('wire:20', 'Semua pengrajin')).toContain('ke mana');
  expect(await says('wire:20', '1')).toContain('Kapan dikirim');
  const look = await says('wire:20', 'sekarang');
  expect(look).toContain('20 orang');
  for (const name of ['Orang 1', 'Orang 10', 'Orang 11'])
    expect(look).toContain(`Besok kantor tutup, ${name}. Lusa buka lagi.`);
  expect(await says('wire:20', 'ya')).toContain('saya kirim pelan-pelan');
  await seconds(wired, 10);
  expect(await says('wire:20', 'jeda')).toContain('sedang jeda');
  const held = wired.wire.sent.length;
  await seconds(wired, 20);
  expect(wired.wire.sent.length).toBe(held);
  expect(await says('wire:20', 'lanjut')).toContain('sedang dikirim');
  await seconds(wired, 10);
  expect(await says('wire:20', 'status')).toMatch(/Sudah \d+ dari 20 orang/);
  expect(await says('wire:20', 'batal')).toContain('Pengumuman: batal');
  const [broadcast] = await parts.broadcasts.newest(1);
  expect(broadcast).toMatchObject({
    state: 'cancelled',
    by: 'wire:20',
    text: 'Besok kantor tutup, {nama}. Lusa buka lagi.',
  });
});

it.each(['none', 'case', 'events'] as const)('a picture, voice note or file goes along (reply: %s)', async (reply) => {
  const wired = await withPeople(1);
  const { broadcasts } = wired.product.parts;
  const attachment = { id: 'f1', type: 'audio/ogg', name: 'suara.ogg' };
  const draft = { text: 'Dengarkan ini.', audience: {}, reply, attachment, by: 'office' };
  const id = await broadcasts.draft(draft, wired.clock.now());
  await broadcasts.start(id, wired.clock.now());
  await seconds(wired, 5);
  expect(wired.wire.sent[0]).toMatchObject({ text: 'Dengarkan ini.', attachment: { kind: 'file', ...attachment } });
});

it('a test goes to oneself alone, as it will be seen, before anybody else', async () => {
  const wired = await withPeople(3);
  const { broadcasts } = wired.product.parts;
  const id = await draft(wired);
  await broadcasts.test(id, { id: 'wire:2', channel: 'wire' }, wired.clock.now());
  await seconds(wired, 10);
  expect(wired.wire.sent.map(({ to, text }) => [to, text])).toEqual([['wire:2', 'Besok kantor tutup, Orang 2.']]);
  expect((await broadcasts.status(id)).broadcast.state).toBe('draft');
});
