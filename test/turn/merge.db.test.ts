/** Two conversations of one person become one in a transaction: all of it, or nothing. */
import { expect, it } from 'vitest';
import { allIndexes, contactReferences } from '../../src/collections.ts';
import { mergeOf } from '../../src/conversation/merge.ts';
import { createConversationStore } from '../../src/storage/conversation-store.ts';
import { ensureIndexes } from '../../src/storage/indexes.ts';
import { createModels } from '../../src/storage/models/index.ts';
import { testDatabase } from '../support/test-database.ts';

async function twoConversations() {
  const database = await testDatabase({ monitorCommands: true });
  const { connection } = database;
  await ensureIndexes(connection, allIndexes);
  const store = createConversationStore(createModels(connection), contactReferences);
  const put = (name: string, documents: object[]) => connection.collection(name).insertMany(documents);
  const talk = { channel: 'c', session: null, language: 'id', muted: false, outbox: {}, handled: {}, revision: 1 };
  await put('conversations', [
    { ...talk, _id: 'c:phone', aliases: ['phone'], address: 'phone', persons: ['p1'], heardAt: 1 },
    { ...talk, _id: 'c:lid', aliases: ['lid'], address: 'lid', persons: [], heardAt: 2, forgetAt: new Date() },
  ]);
  await put('cases', [
    { contact: 'c:phone', kind: 'human', state: 'open', messages: ['m1'] },
    { contact: 'c:phone', kind: 'brake', state: 'open', messages: ['m2'] },
    { contact: 'c:lid', kind: 'human', state: 'open', messages: ['m3'] },
  ]);
  await put('persons', [{ _id: 'p1', number: '1', contact: 'c:phone' }]);
  await put('consents', [{ contact: 'c:phone', person: 'p1' }]);
  await put('enrolments', [{ event: 'e', person: 'p1', contact: 'c:phone' }]);
  await put('deliveries', [
    { _id: 'd1', contact: 'c:phone', person: 'p1' },
    { _id: 'd2', contact: 'c:phone', person: 'c:phone' },
  ]);
  const found = (await store.load([['phone', 'lid']]))[0] ?? [];
  const all = (name: string) => connection.collection(name).find({}).sort({ _id: 1 }).toArray();
  return { database, connection, store, merge: mergeOf(found), all };
}

it('whatever points to the one that ends points to the one that stays', async () => {
  const { database, store, merge, all } = await twoConversations();
  expect(await store.merge(merge)).toBe(true);
  const conversations = await all('conversations');
  expect(conversations).toMatchObject([{ _id: 'c:lid', persons: ['p1'], revision: 2, merged: ['c:phone'] }]);
  expect(conversations[0]?.['aliases']).toEqual(['lid', 'phone']);
  // Who is on record is not forgotten.
  expect(conversations[0]).not.toHaveProperty('forgetAt');
  for (const name of ['persons', 'consents', 'enrolments', 'deliveries'])
    expect((await all(name)).map(({ contact }) => contact as string)).not.toContain('c:phone');
  expect((await all('deliveries')).map(({ person }) => person as string)).toEqual(['p1', 'c:lid']);
  const open = (await all('cases')).filter(({ state }) => state === 'open');
  expect(open.map(({ contact, kind, messages }): unknown[] => [contact, kind, messages])).toEqual([
    ['c:lid', 'brake', ['m2']],
    ['c:lid', 'human', ['m3', 'm1']],
  ]);
  await database.close();
});

it('a turn that came in between wins, and nothing at all is changed', async () => {
  const { database, connection, store, merge, all } = await twoConversations();
  const before = await Promise.all(['conversations', 'cases', 'persons', 'deliveries'].map(all));
  await connection.collection('conversations').updateOne({ _id: 'c:lid' as never }, { $set: { revision: 2 } });
  expect(await store.merge(merge)).toBe(false);
  const [conversations, ...rest] = await Promise.all(['conversations', 'cases', 'persons', 'deliveries'].map(all));
  expect(conversations?.map(({ _id }) => String(_id))).toEqual(['c:lid', 'c:phone']);
  expect(rest).toEqual(before.slice(1));
  await database.close();
});

it('two processes that join at once join once', async () => {
  const { database, store, merge, all } = await twoConversations();
  const outcomes = await Promise.all([store.merge(merge), store.merge(merge)]);
  expect(outcomes.sort()).toEqual([false, true]);
  expect(await all('conversations')).toHaveLength(1);
  await database.close();
});
