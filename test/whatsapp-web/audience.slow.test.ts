/** Sections B and D of the cases: who is answered, and what becomes of everything that is not a plain text. */
import { afterEach, describe, expect, it } from 'vitest';
import { HOUR, ManualClock } from '../../src/shared/clock.ts';
import { createFileStore } from '../../src/storage/file-store.ts';
import { allThrough, connectedTests, somebody } from './harness.ts';
import { startWhatsAppProduct, type WhatsAppProduct } from './product.ts';
import { SLOW } from './server.ts';
import { ANA, BEN, hasty } from './world.ts';

describe('who is answered', () => {
  const given = connectedTests();

  it.each([
    ['B1', 'an own message', { fromMe: true, body: 'menu' }],
    ['B4', 'a status', { isStatusV3: true }],
    ['B4', 'a broadcast', { broadcast: true }],
    ['B9', 'a notice of encryption', { type: 'e2e_notification' }],
    ['B9', 'a type that nobody knows', { type: 'hologram' }],
  ])('%s: %s is not taken for a person’s message', async (_id, _name, message) => {
    const person = somebody();
    given.server.incoming(person, message);
    await allThrough(given);
    expect(given.heard.from(person)).toEqual([]);
  });

  it('B8: what staff type on the phone is told, with its chat; a call or a notice in our name is not', async () => {
    const person = somebody();
    for (const type of ['call_log', 'e2e_notification', 'notification_template', 'protocol', 'revoked'])
      given.server.incoming(person, { fromMe: true, type });
    given.server.incoming(person, { fromMe: true, body: 'Besok kami kabari, Bu.' });
    await expect.poll(() => given.heard.takenOverAt).toEqual([`wa:${person}`]);
  });

  it.each([
    ['B4', 'status@broadcast'],
    ['B5', '120363000000000001@g.us'],
    ['B6', '120363000000000009@newsletter'],
    ['B6', '1@unknown'],
  ])('%s: nothing from %s is taken in, and nothing is sent there', async (_id, chat) => {
    given.server.incoming(chat, { body: '1', ...(chat.endsWith('g.us') && { author: ANA }) });
    await allThrough(given);
    expect(given.heard.received).toHaveLength(1);
    const message = { id: 'never', to: `wa:${chat}`, text: 'Halo', options: [], numbered: true };
    await expect(given.channel.send(message)).rejects.toThrow(/no person/);
  });

  it('B4: what is dropped is counted, each kind for itself', async () => {
    given.server.incoming('status@broadcast');
    given.server.incoming('120363000000000001@g.us');
    given.server.incoming(somebody(), { type: 'e2e_notification' });
    await allThrough(given);
    // A change of the connection's state is a moment at which it is written down.
    given.server.tell({ type: 'state', state: 'TIMEOUT' });
    given.server.tell({ type: 'state', state: 'CONNECTED' });
    const counted = async () => (await given.fixture.store.status())?.counts ?? {};
    const any = expect.any(Number) as number;
    await expect.poll(counted).toMatchObject({ status: any, group: any, newsletter: any, system: any, own: any });
  });
});

describe('what is not a plain text', () => {
  const given = connectedTests();
  const sound = Buffer.from('OggS and the voice of nobody');

  it('D1: an edit of a message that waits replaces it; of a handled one it is told', async () => {
    const person = somebody();
    const id = given.server.incoming(person, { body: '12' });
    given.server.tell({ type: 'edit', chat: person, id, body: '21' });
    await expect.poll(() => given.heard.from(person)).toEqual(['21']);
    given.server.tell({ type: 'edit', chat: person, id, body: '22' });
    await expect.poll(() => given.heard.from(person)).toEqual(['21', '(edited)']);
    given.server.tell({ type: 'edit', chat: person, id, body: '23' });
    await expect.poll(() => given.heard.from(person)).toEqual(['21', '(edited)', '(edited)']);
  });

  it('D2: a deleted message that waits is gone; of a handled one it is told', async () => {
    const person = somebody();
    const first = given.server.incoming(person, { body: 'keliru' });
    given.server.tell({ type: 'revoke', chat: person, id: first });
    const second = given.server.incoming(person, { body: 'benar' });
    await expect.poll(() => given.heard.from(person)).toEqual(['benar']);
    given.server.tell({ type: 'revoke', chat: person, id: second });
    await expect.poll(() => given.heard.from(person)).toEqual(['benar', '(deleted)']);
  });

  it('D3, D4: reactions, their removal, and votes are no answers', async () => {
    const person = somebody();
    const id = given.server.incoming(person, { body: 'halo' });
    await expect.poll(() => given.heard.from(person)).toEqual(['halo']);
    const author = { _serialized: person };
    const reaction = { id: { id: 'R1' }, reactionParentKey: { id }, reactionTimestamp: Date.now(), author };
    for (const reactionText of ['👍', '', undefined])
      given.server.tell({ type: 'react', reactions: [{ ...reaction, reactionText }] });
    const vote = { id: { id: 'V1' }, pollUpdateParentKey: { _serialized: 'nowhere' }, t: Date.now(), author };
    given.server.tell({ type: 'vote', votes: [{ ...vote, selectedOptionLocalIds: [] }] });
    await allThrough(given);
    expect(given.heard.from(person)).toEqual(['halo']);
  });

  it('D5: twelve stickers at once are one remark', async () => {
    const person = somebody();
    for (let count = 0; count < 12; count++) given.server.incoming(person, { type: 'sticker' });
    await expect.poll(() => given.heard.from(person)).toEqual(['(sticker)']);
    given.server.incoming(person, { body: 'sudah' });
    await expect.poll(() => given.heard.from(person)).toEqual(['(sticker)', 'sudah']);
  });

  it('D5: an album is its pictures, each one kept', async () => {
    const person = somebody();
    given.server.incoming(person, { type: 'album' });
    for (const letter of ['a', 'b'])
      given.server.incoming(person, {
        type: 'image',
        directPath: given.server.addMedia(Buffer.from(`GIF89a${letter}`)),
      });
    await expect.poll(() => given.heard.from(person)).toEqual(['(photo)', '(photo)']);
    expect(new Set(given.heard.media(person).map((media) => media?.id)).size).toBe(2);
  });

  it('D6: a voice note is kept, by its content', async () => {
    const person = somebody();
    for (const id of ['V61', 'V62'])
      given.server.incoming(person, { id, type: 'ptt', duration: 3, directPath: given.server.addMedia(sound) });
    await expect.poll(() => given.heard.from(person)).toEqual(['(voice)', '(voice)']);
    const [first, second] = given.heard.media(person);
    expect(first).toEqual(second);
    const kept = await createFileStore(given.fixture.database).find(first?.id ?? '');
    expect(kept?.bytes).toEqual(sound);
  });

  it('D7: a photo that can be seen once only, which does not come here, is asked for again, once', async () => {
    const person = somebody();
    given.server.incoming(person, { type: 'ciphertext', subtype: 'view_once_unavailable_fanout', body: '' });
    await expect.poll(() => given.heard.from(person)).toEqual(['(unreadable)']);
  });

  it.each([
    ['image', 'photo'],
    ['video', 'video'],
    ['location', 'location'],
  ])('D8: a %s without a file is a %s, and its thumbnail no answer', async (type, kind) => {
    const person = somebody();
    given.server.incoming(person, { type, body: 'iVBORw0KGgo'.repeat(300) });
    await expect.poll(() => given.heard.from(person)).toEqual([`(${kind})`]);
  });

  it('contact cards and polls are told as what they are', async () => {
    const person = somebody();
    given.server.incoming(person, { type: 'vcard', body: 'BEGIN:VCARD' });
    given.server.incoming(person, { type: 'poll_creation', pollName: 'Siapa?' });
    await expect.poll(() => given.heard.from(person)).toEqual(['(contact)', '(other)']);
  });

  it('F12: a file that is gone, or larger than the limit, is asked for again', async () => {
    const person = somebody();
    given.server.incoming(person, { type: 'image', directPath: '/media/gone' });
    given.server.incoming(person, { type: 'image', directPath: given.server.addMedia(sound), size: 9_000_000 });
    await expect.poll(() => given.heard.from(person)).toEqual(['(unreadable)', '(unreadable)']);
  });

  it('F12: a file is typed by its content, whatever its sender says', async () => {
    const person = somebody();
    const path = given.server.addMedia(Buffer.from('%PDF-1.4 nothing'));
    given.server.incoming(person, { type: 'image', mimetype: 'image/png', directPath: path });
    await expect.poll(() => given.heard.media(person)[0]?.type).toBe('application/pdf');
  });

  it('D26: a thousand messages of one person keep nobody else waiting, and none that is kept is doubled', async () => {
    const loud = somebody();
    const quiet = somebody();
    for (let count = 0; count < 1_000; count++) given.server.incoming(loud, { body: `pesan ${count}` });
    given.server.incoming(quiet, { body: 'halo' });
    await expect.poll(() => given.heard.from(quiet)).toEqual(['halo']);
    await allThrough(given);
    const texts = given.heard.from(loud);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('with a second for each file', () => {
  const given = connectedTests({ settings: { media: { seconds: 1, megabytes: 8 } } });

  it('F12: a file that does not come in time is asked for again, and the next message goes on', async () => {
    const person = somebody();
    given.server.incoming(person, { type: 'image', directPath: SLOW });
    given.server.incoming(person, { body: 'sudah' });
    await expect.poll(() => given.heard.from(person)).toEqual(['(unreadable)', 'sudah']);
  });
});

describe('in the whole product', () => {
  let whatsapp: WhatsAppProduct;
  afterEach(() => whatsapp.stop());
  const quiet = async () => {
    await whatsapp.say(somebody(), 'halo');
    await whatsapp.product.conversations.idle();
  };
  const openCases = () => whatsapp.database.connection.collection('cases').find({ state: 'open' }).toArray();

  it('B3: every answer fed back as a message comes to an end, with a word to staff', async () => {
    const brake = { ...hasty.brake, contact: { ...hasty.brake.contact, answers: 10 } };
    whatsapp = await startWhatsAppProduct({ settings: { brake } });
    let [answer = ''] = await whatsapp.say(ANA, 'halo');
    let turns = 1;
    for (; !answer.includes('terlalu cepat') && turns < 30; turns++)
      answer = (await whatsapp.say(ANA, `${answer} ${turns}`)).at(-1) ?? '';
    expect(turns).toBe(11);
    whatsapp.server.incoming(ANA, { body: 'halo lagi' });
    await quiet();
    expect(whatsapp.on(ANA).at(-1)).toContain('terlalu cepat');
    expect((await openCases()).map(({ kind }) => kind as string)).toContain('brake');
  });

  it('B3: more than a person could write in all is held back and told, and goes out later', async () => {
    const brake = { ...hasty.brake, all: { messages: 10, within: 1_500 } };
    whatsapp = await startWhatsAppProduct({ settings: { brake } });
    const people = Array.from({ length: 8 }, somebody);
    for (const person of people) whatsapp.server.incoming(person, { body: 'halo' });
    await expect.poll(() => people.filter((one) => whatsapp.on(one).length === 2).length, { timeout: 15_000 }).toBe(8);
    expect((await openCases()).map(({ kind }) => kind as string)).toContain('whatsapp_too_many');
  });

  it('B1, B8: what staff type on the phone silences the bot there for a while, and moves no form', async () => {
    const clock = new ManualClock(Date.parse('2026-11-25T09:00:00+08:00'));
    whatsapp = await startWhatsAppProduct({}, { clock });
    await whatsapp.say(ANA, 'halo');
    await whatsapp.say(ANA, 'iya');
    whatsapp.server.incoming(ANA, { id: 'STAFF1', fromMe: true, body: '1' });
    const conversations = whatsapp.database.connection.collection('conversations');
    await expect
      .poll(() => conversations.findOne({ takeover: { $exists: true } }))
      .toMatchObject({
        takeover: { staff: 'phone', until: clock.now() + HOUR },
      });
    // What they wrote stands in the talk as staff see it.
    const messages = whatsapp.database.connection.collection('messages');
    await expect.poll(() => messages.findOne({ by: 'phone' })).toMatchObject({ text: '1', state: 'confirmed' });
    const before = whatsapp.on(ANA).length;
    whatsapp.server.incoming(ANA, { body: 'Siti Contoh' });
    await quiet();
    expect(whatsapp.on(ANA)).toHaveLength(before);
    expect(whatsapp.on(BEN)).toEqual([]);
    clock.advance(HOUR + 1);
    const [answer = ''] = await whatsapp.say(ANA, 'Siti Contoh');
    expect(answer).toContain('Siti Contoh');
  });

  it('B8: near the end of the day the chat is given back when the office closes', async () => {
    const clock = new ManualClock(Date.parse('2026-11-25T15:45:00+08:00'));
    whatsapp = await startWhatsAppProduct({}, { clock });
    await whatsapp.say(ANA, 'halo');
    whatsapp.server.incoming(ANA, { id: 'STAFF2', fromMe: true, body: 'Besok kami kabari, Bu.' });
    await expect
      .poll(() => whatsapp.database.connection.collection('conversations').findOne({}))
      .toMatchObject({ takeover: { until: Date.parse('2026-11-25T16:00:00+08:00') } });
  });

  it('D12: a digit under an old list is not read against the newest question', async () => {
    whatsapp = await startWhatsAppProduct();
    await whatsapp.say(ANA, 'halo');
    const old = whatsapp.server.sent.at(-1)?.id;
    await whatsapp.say(ANA, 'iya');
    await whatsapp.say(ANA, 'Siti Contoh');
    const before = whatsapp.on(ANA).length;
    whatsapp.server.incoming(ANA, { body: '1', quotedStanzaID: old, quotedMsg: {} });
    await expect.poll(() => whatsapp.on(ANA).length).toBeGreaterThan(before);
    // Still asked for the craft; the digit did not choose one.
    expect(whatsapp.on(ANA).at(-1)).toContain('membuat apa');
    expect((await whatsapp.say(ANA, '1'))[0]).toContain('sasirangan');
  });
});
