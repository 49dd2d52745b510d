/** Section A of the cases: one person under two addresses, numbers that change, and a page that calls keys differently. */
import { afterEach, describe, expect, it } from 'vitest';
import { DAY, ManualClock, MINUTE } from '../../src/shared/clock.ts';
import { allThrough, connectedTests, somebody } from './harness.ts';
import { startWhatsAppProduct, type WhatsAppProduct } from './product.ts';
import { ANA, ANA_LID, BEN, CAI_LID } from './world.ts';

describe('on the channel', () => {
  const given = connectedTests();
  const ask = (to: string, more: object = {}) => ({
    id: `q-${to}`,
    to: `wa:${to}`,
    text: 'Halo',
    options: [],
    numbered: true,
    ...more,
  });

  it('A1, F17: both addresses are told, the one to answer first, and the answer goes to the chat of the message', async () => {
    given.server.behave({ lids: [{ lid: ANA_LID, phone: ANA, known: true }] });
    given.server.incoming(ANA_LID);
    await expect
      .poll(() => given.heard.received.map(({ aliases }) => aliases))
      .toEqual([[`wa:${ANA_LID}`, `wa:${ANA}`]]);
    await given.channel.send(ask(ANA_LID));
    expect(given.server.sent.map(({ to }) => to)).toEqual([ANA_LID]);
  });

  it('A3: one message under two addresses is one, by its own id', async () => {
    const id = given.server.incoming('900000000000071@lid', { id: 'ONE71' });
    given.server.incoming('15550100071@c.us', { id: 'ONE71' });
    await allThrough(given);
    const mine = given.heard.received.filter(({ externalId }) => externalId === id);
    // The second is either seen to be the same here, or told under the same id and refused by the store of messages.
    expect(new Set(mine.map(({ externalId }) => externalId))).toEqual(new Set(['ONE71']));
  });

  it('A4: an address that the page cannot find is looked up once more, then given up', async () => {
    const stranger = somebody();
    given.server.behave({ send: { all: 'well', [stranger]: 'no lid' } });
    const result = await given.channel.send(ask(stranger, { cold: true }));
    expect(result).toMatchObject({ state: 'failed', retry: false });
    expect(given.server.heardOf('no lid', stranger)).toBe(1);
    expect(given.server.sent).toEqual([]);
  });

  it('A4: and reached under the other address when the page learns it', async () => {
    const [phone, lid] = ['15550100072@c.us', '900000000000072@lid'];
    given.server.behave({ send: { all: 'well', [phone]: 'no lid' }, lids: [{ lid, phone, known: true }] });
    expect(await given.channel.send(ask(phone, { cold: true }))).toEqual({ state: 'confirmed' });
    expect(given.server.sent.map(({ to }) => to)).toEqual([lid]);
  });

  it('A6: a person without a known number is a person', async () => {
    given.server.behave({ lids: [{ lid: CAI_LID, known: false }] });
    given.server.incoming(CAI_LID);
    await expect.poll(() => given.heard.received.map(({ aliases }) => aliases)).toEqual([[`wa:${CAI_LID}`]]);
  });

  it.each([
    ['registered', {}, { state: 'confirmed' }],
    ['not registered', 'unregistered', { state: 'failed', retry: false }],
    ['not to be told just now', { queries: 'time out' as const }, { state: 'failed', retry: true }],
  ])('A13, F5: a stranger’s number that is %s', async (_name, behaviour, outcome) => {
    const stranger = somebody();
    given.server.behave(behaviour === 'unregistered' ? { unregistered: [stranger] } : (behaviour as object));
    expect(await given.channel.send(ask(stranger, { cold: true }))).toMatchObject(outcome);
    expect(given.server.sent).toHaveLength(outcome.state === 'confirmed' ? 1 : 0);
  });

  it('A9: a stranger is written to under the address that WhatsApp names, never under one that we make', async () => {
    const stranger = somebody();
    await given.channel.send(ask(stranger, { cold: true }));
    expect(given.server.heardOf('query', stranger)).toBe(1);
    expect(given.server.sent[0]?.to).toBe(stranger);
  });

  it('a stranger is not written to where it was not allowed', async () => {
    expect(await given.channel.send(ask(somebody()))).toMatchObject({
      state: 'failed',
      retry: false,
      reason: /has not written/ as never,
    });
    expect(given.server.sent).toEqual([]);
  });

  it('A14: fifty messages of one person ask once who it is', async () => {
    const lid = '900000000000073@lid';
    given.server.behave({ lids: [{ lid, phone: '15550100073@c.us', known: false }] });
    for (let count = 0; count < 50; count++) given.server.incoming(lid, { body: `nomor ${count}` });
    await expect.poll(() => given.heard.received.length, { timeout: 10_000 }).toBe(50);
    expect(given.server.heardOf('query', lid)).toBe(1);
  });
});

describe('in a page that calls the keys of messages differently', () => {
  const given = connectedTests({ behaviour: { keys: '$1' } });

  it('A7: messages come with their ids, and a send is believed when the server has it', async () => {
    const person = somebody();
    const id = given.server.incoming(person, { body: 'halo' });
    await expect.poll(() => given.heard.received.map(({ externalId }) => externalId)).toEqual([id]);
    const message = { id: 'k1', to: `wa:${person}`, text: 'Halo', options: [], numbered: true };
    expect(await given.channel.send(message)).toEqual({ state: 'confirmed' });
    expect(given.server.sent).toHaveLength(1);
    expect(await given.channel.sentAmong(['k1', 'k2'])).toEqual(['k1']);
  });

  it('A7, F12: files are fetched', async () => {
    const path = given.server.addMedia(Buffer.from('%PDF-1.4 nothing'));
    given.server.incoming(somebody(), { type: 'document', directPath: path });
    await expect.poll(() => given.heard.received[0]?.media?.type).toBe('application/pdf');
  });
});

describe('in the whole product', () => {
  let whatsapp: WhatsAppProduct;
  afterEach(() => whatsapp.stop());
  const contacts = () =>
    whatsapp.database.connection
      .collection('conversations')
      .find({}, { sort: { _id: 1 } })
      .toArray();

  it('A2: two contacts that turn out to be one become one, the newer talk goes on, and cases move', async () => {
    const clock = new ManualClock(Date.now());
    whatsapp = await startWhatsAppProduct({}, { clock });
    await whatsapp.say(ANA, 'halo');
    await whatsapp.say(ANA, 'mau bicara dengan petugas');
    clock.advance(MINUTE);
    await whatsapp.say(ANA_LID, 'halo');
    await whatsapp.say(ANA_LID, 'iya');
    expect(await contacts()).toHaveLength(2);
    // The page learns who is behind the address; what was believed not to be known is asked again after a while.
    whatsapp.server.behave({ lids: [{ lid: ANA_LID, phone: ANA, known: true }] });
    clock.advance(11 * MINUTE);
    const [answer = ''] = await whatsapp.say(ANA, 'Siti Contoh');
    expect(answer).toContain('Siti Contoh');
    const [only, ...others] = await contacts();
    expect(others).toEqual([]);
    expect(only).toMatchObject({ _id: `whatsapp-web:wa:${ANA_LID}`, merged: [`whatsapp-web:wa:${ANA}`] });
    expect(new Set(only?.['aliases'] as string[])).toEqual(new Set([`wa:${ANA}`, `wa:${ANA_LID}`]));
    const cases = await whatsapp.database.connection.collection('cases').find({}).toArray();
    expect(cases.length).toBeGreaterThan(0);
    expect(new Set(cases.map(({ contact }) => contact as string))).toEqual(new Set([`whatsapp-web:wa:${ANA_LID}`]));
  });

  it('A10: a changed number moves nobody by itself; staff are told', async () => {
    whatsapp = await startWhatsAppProduct();
    await whatsapp.say(ANA, 'halo');
    await whatsapp.say(ANA, 'iya');
    whatsapp.server.tell({ type: 'moved', from: ANA, to: BEN });
    const cases = whatsapp.database.connection.collection('cases');
    await expect
      .poll(() => cases.findOne({ kind: 'number_changed' }))
      .toMatchObject({ contact: `whatsapp-web:wa:${ANA}` });
    const [first = ''] = await whatsapp.say(BEN, 'halo');
    expect(first).toContain('Selamat datang');
    expect((await contacts()).map(({ _id }) => String(_id))).toEqual([
      `whatsapp-web:wa:${ANA}`,
      `whatsapp-web:wa:${BEN}`,
    ]);
  });

  it('a number that may have changed hands after 90 silent days is asked who it is before anything is shown', async () => {
    const clock = new ManualClock(Date.now());
    whatsapp = await startWhatsAppProduct({}, { clock });
    for (const words of ['halo', 'iya', 'Siti Contoh', 'sasirangan', 'Palam', 'sendiri', '12 tahun', 'betul'])
      await whatsapp.say(ANA, words);
    clock.advance(91 * DAY);
    const answers = (await whatsapp.say(ANA, 'nomor saya')).join('\n');
    expect(answers).not.toMatch(/\d{3} \d{3}/);
    expect(answers).not.toContain('Siti Contoh, nomor');
  });
});
