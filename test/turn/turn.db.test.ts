/** The turn at the real wire protocol: once, in order, nothing lost, whatever arrives together. */
import { describe, expect, it } from 'vitest';
import { BusyError } from '../../src/shared/errors.ts';
import { createConversationStore } from '../../src/storage/conversation-store.ts';
import { createModels } from '../../src/storage/models/index.ts';
import { testDatabase, testUri } from '../support/test-database.ts';
import { startWired, wiredTests, type WiredProduct } from '../support/wired-product.ts';

const start = wiredTests();

const form = ['halo', 'iya', 'Siti Aminah', '1 dan 2', 'palam', 'usaha sendiri', '12', 'iya'];
const straight = (texts: readonly string[]) => texts.map((text) => text.split('\n').at(-1)).join('|');

/** The conversation as it stands in the database. */
const stored = ({ database }: WiredProduct, alias: string) =>
  database.connection.collection('conversations').findOne({ aliases: alias });

describe('once', () => {
  it('handles a message once that is delivered twenty times at once', async () => {
    const { product, wire } = await start();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => wire.deliver('a', 'halo', { externalId: 'same' })),
    );
    await product.conversations.idle();
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
    expect(wire.textsTo('a')).toHaveLength(2);
  });

  it('knows a copy that comes later, also after a restart', async () => {
    const uri = testUri();
    const first = await startWired({ uri, keep: true });
    await first.wire.deliver('a', 'halo', { externalId: 'same' });
    await first.product.conversations.idle();
    await first.stop();
    const second = await start({ uri });
    expect(await second.wire.deliver('a', 'halo', { externalId: 'same' })).toBe('duplicate');
    await second.product.conversations.idle();
    expect(second.wire.sent).toEqual([]);
  });

  it('handles a message that was stored but never handled when its copy comes', async () => {
    const { product, wire, database } = await start();
    const beside = await testDatabase({ uri: database.uri, keep: true });
    const store = createConversationStore(createModels(beside.connection), []);
    // As after a lost answer of the database: stored by this very worker, in no lane.
    const [worker] = await store.workers();
    await store.insertMessages(
      [
        {
          id: 'wire:lost',
          channel: 'wire',
          externalId: 'lost',
          aliases: ['a'],
          kind: 'text',
          text: 'halo',
          at: 0,
          worker: worker?.id ?? '',
          order: 1,
        },
      ],
      [],
    );
    await beside.close();
    expect(await wire.deliver('a', 'halo', { externalId: 'lost' })).toBe('duplicate');
    await product.conversations.idle();
    expect(wire.textsTo('a')).toHaveLength(2);
  });
});

describe('in order', () => {
  it('takes ten answers of one contact in one tick as if they came one by one', async () => {
    const { product, wire } = await start();
    await Promise.all(form.map((text) => wire.deliver('fast', text)));
    await product.conversations.idle();
    for (const text of form) {
      await wire.deliver('slow', text);
      await product.conversations.idle();
    }
    expect(wire.textsTo('fast').length).toBeGreaterThan(8);
    const number = /\d{3} \d{3}/;
    expect(wire.textsTo('fast').map((text) => text.replace(number, '#'))).toEqual(
      wire.textsTo('slow').map((text) => text.replace(number, '#')),
    );
  });

  it('serves five hundred contacts at once, each as if alone', async () => {
    const wired = await start();
    const contacts = Array.from({ length: 500 }, (_, index) => `many:${index}`);
    for (const text of form.slice(0, 5)) {
      await Promise.all(contacts.map((contact) => wired.wire.deliver(contact, text)));
      await wired.product.conversations.idle();
    }
    const conversations = new Set(contacts.map((contact) => straight(wired.wire.textsTo(contact))));
    expect(conversations.size).toBe(1);
    expect(wired.wire.sent).toHaveLength(500 * 6);
  });

  it('refuses more of one contact than a person types, and takes them later', async () => {
    const { product, wire } = await start();
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) => wire.deliver('flood', `pesan ${index}`)),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every(({ reason }) => reason instanceof BusyError)).toBe(true);
    await product.conversations.idle();
    expect(await wire.deliver('flood', 'halo')).toBe('accepted');
  });
});

describe('one conversation', () => {
  it('answers two aliases of one contact in one conversation', async () => {
    const wired = await start();
    const { wire, product } = wired;
    await wire.deliver('lid', 'halo', { aliases: ['lid', 'phone'] });
    await product.conversations.idle();
    await Promise.all([
      wire.deliver('phone', 'iya', { aliases: ['phone'] }),
      wire.deliver('lid', 'Siti Aminah', { aliases: ['lid', 'phone'] }),
    ]);
    await product.conversations.idle();
    expect((await stored(wired, 'lid'))?._id).toEqual((await stored(wired, 'phone'))?._id);
    expect(wire.sent.at(-1)?.text).toContain('membuat apa');
    expect(wire.sent.at(-1)?.to).toBe('lid');
  });

  it('keeps one conversation and one order with two processes on one database', async () => {
    const uri = testUri();
    const one = await start({ uri });
    const two = await start({ uri, keep: true });
    const contacts = Array.from({ length: 20 }, (_, index) => `both:${index}`);
    for (const [index, text] of form.entries()) {
      await Promise.all(
        contacts.map((contact) =>
          (index % 2 === 0 ? one : two).wire.deliver(contact, text, { externalId: `${contact}/${index}` }),
        ),
      );
      await Promise.all([one.product.conversations.idle(), two.product.conversations.idle()]);
    }
    for (const contact of contacts) {
      const texts = [...one.wire.textsTo(contact), ...two.wire.textsTo(contact)];
      expect(texts).toHaveLength(form.length + 3);
    }
    expect(await one.database.connection.collection('conversations').countDocuments()).toBe(20);
    expect(await one.database.connection.collection('persons').countDocuments()).toBe(20);
  });

  it('handles one message once when two processes get it', async () => {
    const uri = testUri();
    const one = await start({ uri });
    const two = await start({ uri, keep: true });
    await Promise.all(
      [one, two].flatMap(({ wire }) =>
        Array.from({ length: 5 }, () => wire.deliver('a', 'halo', { externalId: 'same' })),
      ),
    );
    await Promise.all([one.product.conversations.idle(), two.product.conversations.idle()]);
    expect(one.wire.sent.length + two.wire.sent.length).toBe(2);
  });

  it('looks again when a commit meets a newer revision, and lets the others of the same bulk stand', async () => {
    const database = await testDatabase();
    const { conversations, ...models } = createModels(database.connection);
    const store = createConversationStore({ conversations, ...models }, []);
    await conversations.collection.createIndex({ aliases: 1 }, { unique: true });
    const commit = (id: string, expected: number, alias = id) => ({
      id,
      channel: 'wire',
      expected,
      set: { address: id, session: null, language: 'id', muted: false, persons: [], unfinished: null },
      aliases: [alias],
      outbox: [],
      finished: [],
      handled: { worker: 'w', order: expected + 1 },
      forgotten: [],
      at: 0,
    });
    expect(await store.commit([commit('a', 0), commit('b', 0)])).toEqual(['done', 'done']);
    expect(await store.commit([commit('a', 0), commit('b', 1), commit('c', 0, 'a')])).toEqual([
      'conflict',
      'done',
      'conflict',
    ]);
    const loaded = await store.load([['a'], ['b'], ['c']]);
    expect(loaded.map(([conversation]) => conversation?.revision)).toEqual([1, 2, undefined]);
    await database.close();
  });
});
