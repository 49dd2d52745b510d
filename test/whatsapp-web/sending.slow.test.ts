/** Section F of the cases: what a send says, and how far it is believed. */
import { afterEach, describe, expect, it } from 'vitest';
import type { OutgoingMessage } from '../../src/channels/channel.ts';
import { createFileStore } from '../../src/storage/file-store.ts';
import { connectedTests, somebody } from './harness.ts';
import { startWhatsAppProduct, type WhatsAppProduct } from './product.ts';
import { OFFICE, type SendBehaviour } from './server.ts';
import { ANA, BEN } from './world.ts';

describe('a send', () => {
  const given = connectedTests();
  let count = 0;
  /** A message to somebody who has written before. */
  async function message(
    more: Partial<OutgoingMessage> = {},
    to = somebody(),
  ): Promise<OutgoingMessage & { chat: string }> {
    await given.fixture.store.noteContact(to as never, OFFICE.split('@')[0] ?? '');
    return {
      id: `f${++count}`,
      to: `wa:${to}`,
      text: 'Siapa nama Bapak/Ibu?',
      options: [],
      numbered: true,
      ...more,
      chat: to,
    };
  }
  const behave = (chat: string, how: SendBehaviour) => given.server.behave({ send: { all: 'well', [chat]: how } });

  it('F1: is confirmed when the server has it', async () => {
    expect(await given.channel.send(await message())).toEqual({ state: 'confirmed' });
  });

  it('F1: is only handed over while the server is silent, and confirmed when it speaks', async () => {
    const one = await message();
    behave(one.chat, 'no ack');
    expect(await given.channel.send(one)).toEqual({ state: 'handed over' });
    const [sent] = given.server.sent;
    if (sent) given.server.ack(sent, 1);
    await expect.poll(() => given.heard.confirmed).toContain(one.id);
  });

  it('F1, F4: that the server refuses has failed, and is a sign of a block', async () => {
    const one = await message();
    behave(one.chat, 'refused');
    expect(await given.channel.send(one)).toMatchObject({ state: 'failed', retry: false, blocked: true });
    expect(await given.channel.sentAmong([one.id])).toEqual([]);
  });

  it('F2, C13: of which only the answer was lost went out, once', async () => {
    const one = await message();
    behave(one.chat, 'mute');
    expect(await given.channel.send(one)).toEqual({ state: 'confirmed' });
    expect(await given.channel.send(one)).toEqual({ state: 'confirmed' });
    expect(given.server.sent).toHaveLength(1);
    expect(given.heard.takenOverAt).toEqual([]);
  });

  it('C13: that hangs, and is confirmed by its own echo, is not sent again', async () => {
    const one = await message();
    behave(one.chat, 'never settles');
    await expect(given.channel.send(one)).rejects.toThrow(/longer than/);
    await expect.poll(() => given.heard.confirmed).toContain(one.id);
    expect(await given.channel.send(one)).toEqual({ state: 'confirmed' });
    expect(given.server.sent).toHaveLength(1);
  });

  it('F2: that the page refuses is known not to have gone out, and is tried again, five times at most', async () => {
    const one = await message();
    behave(one.chat, 'throws');
    const results = [];
    for (let count = 0; count < 5; count++) results.push(await given.channel.send(one));
    expect(results.map((result) => result.state === 'failed' && result.retry)).toEqual([true, true, true, true, false]);
    expect(given.server.sent).toEqual([]);
  });

  it('C8: whose acknowledgement comes before its result is confirmed', async () => {
    const one = await message();
    expect(await given.channel.send(one)).toEqual({ state: 'confirmed' });
    expect(given.server.sent).toHaveLength(1);
  });

  it('F3: that hangs is unknown after its own limit, and holds nobody else up for ever', async () => {
    const one = await message();
    behave(one.chat, 'never settles');
    const other = await message();
    const results = await Promise.allSettled([given.channel.send(one), given.channel.send(other)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(given.channel.isConnected()).toBe(true);
  });

  it('F7, F8: goes out although typing fails or hangs', async () => {
    for (const typing of ['throws', 'hangs'] as const) {
      const one = await message();
      given.server.behave({ typing });
      given.channel.typing?.(one.to);
      expect(await given.channel.send(one)).toEqual({ state: 'confirmed' });
      expect(given.server.heardOf('typing', one.chat)).toBe(1);
    }
  });

  it('F7: goes out where a chat cannot be marked as read', async () => {
    given.server.behave({ missing: ['WAWebUpdateUnreadChatAction'] });
    const person = somebody();
    given.server.incoming(person);
    await expect.poll(() => given.heard.from(person)).toEqual(['halo']);
    expect(await given.channel.send(await message({}, person))).toEqual({ state: 'confirmed' });
  });

  it('F10: of a text that looks like a contact card is a text', async () => {
    await given.channel.send(await message({ text: 'BEGIN:VCARD\nFN:Contoh\nEND:VCARD' }));
    expect(given.server.sent.map(({ type }) => type)).toEqual(['chat']);
  });

  it('D19: shows options as numbered lines', async () => {
    await given.channel.send(
      await message({
        text: 'Boleh?',
        options: [
          { id: 'yes', label: 'Ya' },
          { id: 'no', label: 'Tidak' },
        ],
      }),
    );
    expect(given.server.sent[0]?.body).toBe('Boleh?\n1. Ya\n2. Tidak');
  });

  it('F16: keeps the order of one person’s messages, though one is slow', async () => {
    const first = await message({ text: 'satu' });
    const rest = await Promise.all(['dua', 'tiga'].map((text) => message({ text }, first.chat)));
    given.server.behave({ send: { all: 'well', [first.chat]: 'late ack' } });
    await Promise.all([first, ...rest].map((one) => given.channel.send(one)));
    expect(given.server.sent.map(({ body }) => body)).toEqual(['satu', 'dua', 'tiga']);
  });

  it.each([
    ['image/png', 'poster.png', 'image', 1],
    ['application/pdf', 'bahan.pdf', 'document', 1],
    ['audio/ogg', 'suara.ogg', 'ptt', 2],
    ['audio/mpeg', 'lagu.mp3', 'document', 1],
  ])('F13: carries a file of %s as phones want it', async (type, name, as, parts) => {
    const bytes = Buffer.from(`the bytes of ${name}`);
    const id = await createFileStore(given.fixture.database).save({ type, name, bytes });
    const result = await given.channel.send(
      await message({ text: 'Ini', attachment: { kind: 'file', id, type, name } }),
    );
    expect(result).toEqual({ state: 'confirmed' });
    const [first, second] = given.server.sent;
    expect(first).toMatchObject({ type: as, media: bytes.toString('base64'), caption: parts === 1 ? 'Ini' : '' });
    expect(given.server.sent).toHaveLength(parts);
    if (parts === 2) expect(second).toMatchObject({ type: 'chat', body: 'Ini' });
    expect(given.heard.takenOverAt).toEqual([]);
  });

  it('carries a place as a pin, and its words', async () => {
    const pin = { kind: 'pin', latitude: -3.44, longitude: 114.83, name: 'Balai' } as const;
    await given.channel.send(await message({ text: 'Di balai', attachment: pin }));
    expect(given.server.sent).toMatchObject([
      { type: 'location', lat: -3.44, lng: 114.83 },
      { type: 'chat', body: 'Di balai' },
    ]);
    expect(given.heard.takenOverAt).toEqual([]);
  });

  it('fails for certain where its file is not kept any more', async () => {
    const attachment = { kind: 'file', id: 'gone', type: 'image/png', name: 'x' } as const;
    expect(await given.channel.send(await message({ attachment }))).toMatchObject({ state: 'failed', retry: false });
  });
});

describe('in the whole product', () => {
  let whatsapp: WhatsAppProduct;
  afterEach(() => whatsapp.stop());
  const caseKinds = async () =>
    (await whatsapp.database.connection.collection('cases').find({}).toArray()).map(({ kind }) => kind as string);

  it('F18: a message that hangs each time is sent twice, then shown to staff; the next go on', async () => {
    whatsapp = await startWhatsAppProduct({ timing: { send: 300, ack: 200 } }, { resendAfter: 400 });
    whatsapp.server.behave({ send: { all: 'well', [ANA]: 'hangs' } });
    whatsapp.server.incoming(ANA, { body: 'halo' });
    await expect.poll(caseKinds, { timeout: 10_000 }).toContain('send_unknown');
    expect(await whatsapp.say(BEN, 'halo')).not.toEqual([]);
    whatsapp.server.behave({ send: { all: 'well' } });
    expect(await whatsapp.say(ANA, 'iya')).not.toEqual([]);
  });

  it('F18: a message that the page refuses each time is given up and shown to staff; the next go on', async () => {
    whatsapp = await startWhatsAppProduct({}, { resendAfter: 200 });
    whatsapp.server.behave({ send: { all: 'well', [ANA]: 'throws' } });
    whatsapp.server.incoming(ANA, { body: 'halo' });
    await expect.poll(caseKinds, { timeout: 15_000 }).toContain('send_failed');
    whatsapp.server.behave({ send: { all: 'well' } });
    expect(await whatsapp.say(ANA, 'iya')).not.toEqual([]);
  });

  it('keeps the order: what stands behind an unknown message waits for it', async () => {
    whatsapp = await startWhatsAppProduct({ timing: { send: 300 } }, { resendAfter: 600 });
    whatsapp.server.behave({ send: { all: 'well', [ANA]: 'hangs' } });
    whatsapp.server.incoming(ANA, { body: 'halo' });
    await expect.poll(() => whatsapp.server.heardOf('hung', ANA)).toBe(1);
    whatsapp.server.behave({ send: { all: 'well' } });
    await expect.poll(() => whatsapp.on(ANA).length, { timeout: 10_000 }).toBe(2);
    expect(whatsapp.on(ANA)[0]).toContain('Selamat datang');
    expect(whatsapp.on(ANA)[1]).toContain('5 hal');
  });

  it('F9: what only the page had when it died is sent once more when it is back', async () => {
    // Longer than it takes to kill the browser: a second send into the dying page would be the last that is tried.
    whatsapp = await startWhatsAppProduct({}, { resendAfter: 6_000 });
    await whatsapp.say(ANA, 'halo');
    whatsapp.server.behave({ send: { all: 'well', [ANA]: 'offline' } });
    const before = whatsapp.on(ANA).length;
    whatsapp.server.incoming(ANA, { body: 'iya' });
    await expect.poll(() => whatsapp.server.unread(ANA)).toBe(0);
    await whatsapp.product.conversations.idle();
    expect(whatsapp.on(ANA)).toHaveLength(before);
    whatsapp.server.behave({ send: { all: 'well' } });
    whatsapp.killBrowser();
    await expect.poll(() => whatsapp.on(ANA).length, { timeout: 20_000 }).toBe(before + 1);
  });
});
