/**
 * Values of rules that the office owns, on MongoDB: a draft is published, and what was published may be rolled back; then
 * what held before holds again. Nothing is ever changed or removed: what held on a day can be told for ever.
 */
import { mongo, type Connection } from 'mongoose';
import type { Published } from '../rules/index.ts';
import { orBusy } from './transient.ts';

export type ValueState = 'draft' | 'published' | 'rolled back';

export interface StoredValue extends Omit<Published, 'id'> {
  _id: string;
  state: ValueState;
  /** Accounts and instants of each step. */
  written: { by: string; at: Date };
  published: { by: string; at: Date } | null;
  rolledBack: { by: string; at: Date; reason: string } | null;
}

export const indexSpecs = [
  { collection: 'rule_values', name: 'state', key: { state: 1 as const, from: 1 as const } },
  { collection: 'rule_values', name: 'value', key: { rule: 1 as const, name: 1 as const, from: 1 as const } },
];

/** More would be a value a day for years. */
const MOST = 2_000;

export function createRuleValues(connection: Connection) {
  const values = connection.collection<StoredValue>('rule_values');
  const move = async (id: string, from: ValueState, set: Partial<StoredValue>): Promise<boolean> => {
    const done = await orBusy(() => values.updateOne({ _id: id, state: from }, { $set: set }));
    return done.modifiedCount === 1;
  };
  return {
    /** Everything that is published, for the rulebook. */
    async published(): Promise<Published[]> {
      const found = await orBusy(() => values.find({ state: 'published' }).sort({ from: 1 }).limit(MOST).toArray());
      return found.map(({ _id, rule, name, from, value, range, source, checked }) => ({
        ...{ id: _id, rule, name, from, value, range, source, checked },
      }));
    },
    /** What was ever written down for one value, the newest first. */
    history: (rule: string, name: string): Promise<StoredValue[]> =>
      orBusy(() => values.find({ rule, name }).sort({ from: -1 }).limit(100).toArray()),
    drafts: (): Promise<StoredValue[]> =>
      orBusy(() => values.find({ state: 'draft' }).sort({ from: 1 }).limit(MOST).toArray()),
    async write(value: Omit<StoredValue, '_id' | 'state' | 'published' | 'rolledBack'>): Promise<string> {
      const _id = new mongo.ObjectId().toHexString();
      await orBusy(() => values.insertOne({ _id, ...value, state: 'draft', published: null, rolledBack: null }));
      return _id;
    },
    /** False where it is no draft any more. */
    publish: (id: string, by: string, at: Date) => move(id, 'draft', { state: 'published', published: { by, at } }),
    /** False where it is not published. */
    rollBack: (id: string, by: string, at: Date, reason: string) =>
      move(id, 'published', { state: 'rolled back', rolledBack: { by, at, reason } }),
    find: (id: string): Promise<StoredValue | null> => orBusy(() => values.findOne({ _id: id })),
  };
}

export type RuleValues = ReturnType<typeof createRuleValues>;
