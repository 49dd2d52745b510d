/** Outreach put together: what is due is found and written down, what may be sent is sent. */
import type { Connection } from 'mongoose';
import type { Channel } from '../channels/channel.ts';
import type { OutreachSettings } from '../content/outreach-settings.ts';
import type { CaseStore } from '../conversation/ports.ts';
import type { Reach } from '../conversation/speak-first.ts';
import type { Clock } from '../shared/clock.ts';
import { messageOf } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { createHolidayWatch } from './holidays.ts';
import { createNudges } from './nudges.ts';
import { createPace } from './pace.ts';
import type { Consents, Delivery, DeliveryKind, Planner } from './ports.ts';
import type { QuietHours } from './quiet.ts';
import { Sender } from './sender.ts';
import type { Ledger } from './store.ts';

export { deliveryId, deliveryStates, type Delivery, type DeliveryKind, type DeliveryPlan } from './ports.ts';
export { createQuietHours, type QuietHours } from './quiet.ts';
export { noteReceipts } from './receipts.ts';
export { reminderTimes } from './times.ts';
export { createLedger, type Ledger } from './store.ts';

export interface OutreachParts {
  connection: Connection;
  settings: OutreachSettings;
  timeZone: string;
  ledger: Ledger;
  quiet: QuietHours;
  reach: Reach;
  consents: Consents;
  cases: CaseStore;
  channels: readonly Channel[];
  /** What programmes bring. */
  kinds: readonly DeliveryKind[];
  planners: readonly Planner[];
  clock: Clock;
  log: Log;
  worker: string;
  chance: () => number;
  /** See `LEASE`; tests that kill do not wait two minutes. */
  lease?: number;
  sendLimit?: number;
  watch?(delivery: Delivery, how: 'good' | 'bad' | 'blocked'): Promise<void>;
}

export interface Outreach {
  /** Finds what is due and writes it down. */
  plan(): Promise<void>;
  /** Sends what may be sent just now. */
  send(): Promise<void>;
}

export function createOutreach(parts: OutreachParts): Outreach {
  const { connection, settings, timeZone, ledger, quiet, cases, channels, clock, log } = parts;
  const nudges = createNudges({ connection, ledger, settings, quiet });
  const kinds = new Map([...parts.kinds, nudges.kind].map((kind) => [kind.kind, kind]));
  const planners = [...parts.planners, nudges.planner, createHolidayWatch(settings, timeZone, cases, log)];
  const sender = new Sender({
    ...parts,
    kinds,
    pace: createPace(
      connection,
      settings,
      timeZone,
      parts.chance,
      (id) => channels.find((one) => one.id === id)?.daily,
    ),
  });
  return {
    async plan() {
      const now = clock.now();
      // One that fails keeps nobody else from being told.
      for (const { name, plan } of planners)
        await plan(now).catch((error: unknown) =>
          log.warn({ planner: name, why: messageOf(error) }, 'planning failed; tried again'),
        );
    },
    send: () => sender.run(),
  };
}
