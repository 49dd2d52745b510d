/** Cases on MongoDB: one open case a contact and kind; the same message counts once however often it is told. */
import type { CaseStore } from '../conversation/ports.ts';
import type { Models } from './models/index.ts';
import { orBusy } from './transient.ts';

/** Messages remembered in a case; the conversation itself holds the rest. */
const MESSAGES_KEPT = 50;

/** @param dueAt by when staff should have answered a case of a kind that was opened at an instant; null for whenever */
export function createCaseStore(
  { cases }: Pick<Models, 'cases'>,
  dueAt: (kind: string, at: number) => number | null,
): CaseStore {
  return {
    async open({ contact, kind, flow, node, message, at }) {
      const when = new Date(at);
      const open = { contact, kind, state: 'open' as const };
      const due = dueAt(kind, at);
      const fresh = { dueAt: due === null ? null : new Date(due), escalatedAt: null, assignee: null, closed: null };
      // Two steps that are each harmless to repeat: the case exists, and this message stands in it once.
      await orBusy(() =>
        cases.collection.updateOne(
          open,
          { $setOnInsert: { ...open, flow, node, openedAt: when, messages: [], ...fresh }, $max: { touchedAt: when } },
          { upsert: true },
        ),
      );
      await orBusy(() =>
        cases.collection.updateOne({ ...open, messages: { $ne: message } }, {
          $push: { messages: { $each: [message], $slice: -MESSAGES_KEPT } },
        } as never),
      );
    },

    async touch(contact, message, at) {
      const open = { contact, state: 'open' as const, messages: { $ne: message } };
      await orBusy(() =>
        cases.collection.updateMany(open, {
          $max: { touchedAt: new Date(at) },
          $push: { messages: { $each: [message], $slice: -MESSAGES_KEPT } },
        } as never),
      );
    },
  };
}
