/** Section C of the cases: nothing lost, nothing twice, and in the order in which it was written. */
import { afterEach, describe, expect, it } from 'vitest';
import { BusyError } from '../../src/shared/errors.ts';
import { allThrough, connectedTests, Heard, somebody, whatsAppFixture, type Fixture } from './harness.ts';
import { startWhatsAppProduct, type WhatsAppProduct } from './product.ts';
import { ANA } from './world.ts';

const seconds = () => Math.floor(Date.now() / 1_000);

describe('while connected', () => {
  const given = connectedTests();

  it('C2, C12: one message told again and again is one', async () => {
    const person = somebody();
    for (let count = 0; count < 20; count++) given.server.incoming(person, { id: 'SAME2', body: 'halo' });
    await allThrough(given);
    expect(given.heard.from(person)).toEqual(['halo']);
  });

  it('B9: a call is told once, however often it rings and whatever trace it leaves; of a group or our own it is not', async () => {
    const [caller, missed] = [somebody(), somebody()];
    const ring = (call: object): void => given.server.tell({ type: 'call', call });
    for (let state = 0; state < 3; state++) ring({ id: 'CALL1', from: caller });
    ring({ id: 'CALL2', from: caller });
    given.server.incoming(caller, { type: 'call_log' });
    // One that nobody heard ring is found by its trace.
    given.server.incoming(missed, { type: 'call_log' });
    ring({ id: 'CALL3', from: somebody(), isGroup: true });
    ring({ id: 'CALL4', from: somebody(), outgoing: true });
    await allThrough(given);
    expect(given.heard.from(caller)).toEqual(['(call)']);
    expect(given.heard.from(missed)).toEqual(['(call)']);
    expect(given.heard.received.filter(({ kind }) => kind === 'call')).toHaveLength(2);
    expect(given.heard.takenOverAt).toEqual([]);
  });

  it('C3: a message of which nothing was told is found among the unread ones', async () => {
    const person = somebody();
    given.server.incoming(person, { body: 'tak terlihat', isNewMsg: false });
    await expect.poll(() => given.heard.from(person)).toEqual(['tak terlihat']);
    await expect.poll(() => given.server.unread(person)).toBe(0);
  });

  it('C6: many at once keep the order of each person', async () => {
    const [ana, ben] = [somebody(), somebody()];
    for (let count = 0; count < 100; count++)
      for (const person of [ana, ben]) given.server.incoming(person, { body: String(count) });
    const all = Array.from({ length: 100 }, (_, index) => String(index));
    await expect.poll(() => given.heard.from(ana)).toEqual(all);
    await expect.poll(() => given.heard.from(ben)).toEqual(all);
  });

  it('C11: what comes in disorder within a moment is put in order', async () => {
    const person = somebody();
    const now = seconds();
    for (const [body, t] of [
      ['tiga', now + 2],
      ['satu', now],
      ['dua', now + 1],
    ] as const)
      given.server.incoming(person, { body, t });
    await expect.poll(() => given.heard.from(person)).toEqual(['satu', 'dua', 'tiga']);
  });

  it('C11: a message that can only be read later comes before the newer one', async () => {
    const person = somebody();
    const now = seconds();
    const id = given.server.incoming(person, { type: 'ciphertext', body: '', t: now - 2 });
    given.server.incoming(person, { body: 'kedua', t: now });
    given.server.tell({ type: 'decrypt', chat: person, id, body: 'pertama' });
    await expect.poll(() => given.heard.from(person)).toEqual(['pertama', 'kedua']);
  });

  it('C11: a message that cannot be read is asked for again, once, and taken when it can be read after all', async () => {
    const person = somebody();
    const id = given.server.incoming(person, { type: 'ciphertext', body: '' });
    await expect.poll(() => given.heard.from(person)).toEqual(['(unreadable)']);
    given.server.tell({ type: 'decrypt', chat: person, id, body: 'akhirnya' });
    await expect.poll(() => given.heard.from(person)).toEqual(['(unreadable)', 'akhirnya']);
  });

  it('C7: receipts only go forward', async () => {
    const person = somebody();
    given.server.incoming(person);
    await expect.poll(() => given.heard.from(person)).toEqual(['halo']);
    await given.channel.send({ id: 'c7', to: `wa:${person}`, text: 'Halo', options: [], numbered: true });
    const [sent] = given.server.sent;
    if (!sent) throw new Error('Nothing was sent');
    for (const level of [3, 2, 1, 2, 3]) given.server.ack(sent, level);
    await expect.poll(() => given.heard.receipts).toEqual([['c7', 'read']]);
  });

  it('I1: while the database is away messages are kept, in order, and stay unread', async () => {
    const person = somebody();
    given.heard.store = () => Promise.reject(new BusyError('The database does not answer just now'));
    for (const body of ['satu', 'dua', 'tiga']) given.server.incoming(person, { body });
    await expect.poll(() => given.server.unread(person)).toBe(3);
    given.heard.store = () => Promise.resolve('accepted');
    await expect.poll(() => given.heard.from(person)).toEqual(['satu', 'dua', 'tiga']);
    await expect.poll(() => given.server.unread(person)).toBe(0);
  });

  it('E24: one message that fails silences no other', async () => {
    const person = somebody();
    given.heard.store = (message) =>
      message.text === 'boom' ? Promise.reject(new Error('boom')) : Promise.resolve('accepted');
    for (const body of ['boom', 'halo']) given.server.incoming(person, { body });
    await expect.poll(() => given.heard.from(person)).toEqual(['halo']);
  });
});

describe('after a time without a connection', () => {
  let fixture: Fixture;
  afterEach(() => fixture.stop());

  it('C4: unread messages are read, in order, within the bounds of age and number', async () => {
    fixture = await whatsAppFixture({ settings: { missed: { age: 3_600_000, perChat: 3, chats: 10 } } });
    const { server, make } = fixture;
    const now = seconds();
    server.incoming(ANA, { body: 'kemarin', t: now - 90_000 });
    server.incoming(ANA, { body: 'satu', t: now - 60 });
    server.incoming(ANA, { body: 'dua', t: now - 30 });
    const many = somebody();
    for (let count = 0; count < 5; count++) server.incoming(many, { body: String(count), t: now - 50 + count });
    const heard = new Heard();
    const channel = make();
    await channel.start(heard);
    await expect.poll(() => heard.from(many), { timeout: 20_000 }).toEqual(['2', '3', '4']);
    await expect.poll(() => heard.from(ANA)).toEqual(['satu', 'dua']);
    await channel.stop();
    expect((await fixture.store.status())?.counts['too old']).toBeGreaterThanOrEqual(3);
  });
});

describe('in the whole product', () => {
  let whatsapp: WhatsAppProduct;
  afterEach(() => whatsapp.stop());

  it('A3: a message told under both addresses is answered once', async () => {
    whatsapp = await startWhatsAppProduct({
      behaviour: { lids: [{ lid: '900000000000091@lid', phone: '15550100091@c.us', known: true }] },
    });
    whatsapp.server.incoming('900000000000091@lid', { id: 'BOTH', body: 'halo' });
    whatsapp.server.incoming('15550100091@c.us', { id: 'BOTH', body: 'halo' });
    await expect.poll(() => whatsapp.server.sent.length).toBeGreaterThanOrEqual(2);
    await whatsapp.say(somebody(), 'halo');
    await whatsapp.product.conversations.idle();
    expect(whatsapp.on('900000000000091@lid').length + whatsapp.on('15550100091@c.us').length).toBe(2);
  });

  it('C5: a whole history told once more is not answered once more', async () => {
    whatsapp = await startWhatsAppProduct();
    const ids: string[] = [];
    for (let count = 0; count < 10; count++) ids.push(whatsapp.server.incoming(ANA, { body: 'nomor saya' }));
    await expect.poll(() => whatsapp.server.unread(ANA)).toBe(0);
    await whatsapp.product.conversations.idle();
    const before = whatsapp.on(ANA).length;
    for (const id of ids) whatsapp.server.incoming(ANA, { id, body: 'nomor saya' });
    const [fresh] = await whatsapp.say(ANA, 'menu');
    expect(fresh).toBeDefined();
    const both = whatsapp.on(ANA).slice(before);
    expect(both.length).toBeLessThanOrEqual(2);
  });

  it('C17: what was answered and not confirmed before a stop is not answered twice after it', async () => {
    whatsapp = await startWhatsAppProduct();
    await whatsapp.say(ANA, 'halo');
    const before = whatsapp.on(ANA);
    await whatsapp.product.stop();
    const again = await whatsapp.restart();
    await again.say(ANA, 'iya');
    expect(again.on(ANA).slice(0, before.length)).toEqual(before);
    expect(again.on(ANA)).toHaveLength(before.length + 1);
  });
});
