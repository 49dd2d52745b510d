/** Nudges: who began a form and did not end it is asked, kindly and seldom, whether to go on. */
import type { Connection } from 'mongoose';
import type { OutreachSettings } from '../content/outreach-settings.ts';
import { DAY } from '../shared/clock.ts';
import { orBusy } from '../storage/transient.ts';
import type { IndexSpec } from '../storage/models/index.ts';
import { deliveryId, type DeliveryKind, type DeliveryPlan, type Planner } from './ports.ts';
import type { QuietHours } from './quiet.ts';
import type { Ledger } from './store.ts';

export const indexSpecs: readonly IndexSpec[] = [
  {
    collection: 'conversations',
    name: 'unfinished',
    key: { heardAt: 1 },
    partialFilterExpression: { 'unfinished.begun': { $exists: true } },
  },
];

/** The last nudge is of use for a week. */
const LAST_USEFUL = 7 * DAY;

/** Read at once. */
const PAGE = 500;

interface Unfinished {
  _id: string;
  channel: string;
  heardAt: number;
  unfinished: { flow: string; begun: number };
}

export interface NudgeParts {
  connection: Connection;
  ledger: Ledger;
  settings: Pick<OutreachSettings, 'nudges'>;
  quiet: QuietHours;
}

/** Finds forms that were left, and plans the nudge that is due: each at most once a form. */
export function createNudges({ connection, ledger, settings, quiet }: NudgeParts): {
  planner: Planner;
  kind: DeliveryKind;
} {
  const { nudges } = settings;
  const conversations = connection.collection('conversations');
  const spans = nudges.map(({ slot, after }, index) => ({
    slot,
    after,
    to: nudges[index + 1]?.after ?? after + LAST_USEFUL,
  }));

  /** Those whose last message is so old that this nudge is due and the next one is not. */
  async function plan(now: number): Promise<void> {
    for (const { slot, after, to } of spans) {
      let from = now - to;
      for (;;) {
        const found = conversations
          .find({ heardAt: { $gt: from, $lte: now - after }, 'unfinished.begun': { $exists: true } })
          .sort({ heardAt: 1 })
          .limit(PAGE);
        const page = (await orBusy(() => found.toArray())) as unknown as Unfinished[];
        const plans = page.map((left) => planOf(left, slot, after, to));
        const known = await ledger.known(plans);
        await ledger.plan(
          plans.filter((plan) => !known.has(deliveryId(plan))),
          now,
        );
        if (page.length < PAGE) break;
        from = page.at(-1)?.heardAt ?? now;
      }
    }
  }

  const planOf = (
    { _id, channel, heardAt, unfinished }: Unfinished,
    slot: string,
    after: number,
    to: number,
  ): DeliveryPlan => ({
    ...{ kind: 'nudge', thing: unfinished.flow, person: _id, slot: `${slot}@${unfinished.begun}` },
    ...{ contact: _id, channel, rank: 1 as const, due: quiet.nextAllowed(heardAt + after), until: heardAt + to },
  });

  return {
    planner: { name: 'nudges', plan },
    kind: {
      kind: 'nudge',
      owed: false,
      look({ thing, slot, until }, { unfinished, heardAt = 0 }, now) {
        const begun = Number(slot.split('@')[1]);
        if (unfinished?.flow !== thing || unfinished.begun !== begun) return Promise.resolve({ refused: 'done' });
        // Wrote again since: the count of hours began anew.
        const after = spans.find((span) => slot.startsWith(`${span.slot}@`))?.after ?? 0;
        if (heardAt + after > now || now >= until) return Promise.resolve({ refused: 'wrote again' });
        return Promise.resolve({ flow: 'nudge', answers: {} });
      },
    },
  };
}
