/** Broadcasts on their way: recipients are planned page by page, each is looked at again, and signs of a block stop all. */
import type { OutreachSettings } from '../../content/outreach-settings.ts';
import type { CaseStore } from '../../conversation/ports.ts';
import { MINUTE, type Clock } from '../../shared/clock.ts';
import type { Log } from '../../shared/log.ts';
import type { Delivery, DeliveryKind, Planner } from '../ports.ts';
import type { Ledger } from '../store.ts';
import { textFor, type Broadcast, type Recipients } from './model.ts';
import type { BroadcastService } from './service.ts';
import type { BroadcastStore } from './store.ts';

/** How long a process that plans may be silent before another goes on, in milliseconds. */
const PLANNING_LEASE = MINUTE;

/** Persons whose recipients are planned in one go: a pause takes hold after them. */
const STRETCH = 10_000;

const flows: Readonly<Record<Broadcast['reply'], string>> = {
  none: 'announcement',
  case: 'announcement_case',
  events: 'announcement_more',
  register: 'announcement_more',
  information: 'announcement_more',
};

export interface BroadcastSendingParts {
  store: BroadcastStore;
  service: BroadcastService;
  ledger: Ledger;
  settings: Pick<OutreachSettings, 'broadcasts'>;
  recipients: Recipients;
  person(id: string): Promise<{ name: string } | undefined>;
  cases: CaseStore;
  clock: Clock;
  log: Log;
}

export function createBroadcastSending(parts: BroadcastSendingParts) {
  return {
    planner: { name: 'broadcasts', plan: (now: number) => plan(parts, now) } satisfies Planner,
    kind: {
      kind: 'broadcast',
      owed: false,
      look: (delivery, conversation, now) => look(parts, delivery, conversation.persons, now),
    } satisfies DeliveryKind,
    watch: watcher(parts),
  };
}

async function plan(parts: BroadcastSendingParts, now: number): Promise<void> {
  const { store, ledger } = parts;
  for (let due = await store.takeToPlan(now, PLANNING_LEASE); due; due = await store.takeToPlan(now, PLANNING_LEASE))
    await planOne(parts, due, now);
  for (const { _id } of await store.inState(['running'], 100)) {
    const open = (await ledger.counts(_id)).some(({ state }) =>
      ['planned', 'claimed', 'paused', 'handed over'].includes(state),
    );
    if (!open) await store.change(_id, ['running'], { state: 'done' });
  }
}

/** Stretch by stretch; a pause, a cancel or a crash in between leaves the place to go on from. */
async function planOne({ store, ledger, recipients, clock }: BroadcastSendingParts, broadcast: Broadcast, now: number) {
  const { _id, audience, until } = broadcast;
  const stages = ledger.stagesFor({ kind: 'broadcast', thing: _id, slot: 'once', rank: 2, due: now, until }, now);
  for (let after: string | undefined = broadcast.cursor ?? ''; after !== undefined;) {
    const upTo = await recipients.placeAfter(after, STRETCH);
    await recipients.into(audience, stages, after, upTo);
    after = upTo;
    const further = { cursor: after ?? null, lease: clock.now() + PLANNING_LEASE };
    if (!(await store.change(_id, ['planning'], further))) {
      // Held or ended meanwhile: what this stretch has just added is held or ended with the rest.
      const { state } = (await store.find(_id)) ?? { state: 'cancelled' };
      if (state === 'cancelled') await ledger.turn(_id, ['planned'], 'dropped', now, 'cancelled');
      else await ledger.turn(_id, ['planned'], 'paused', now);
      return;
    }
  }
  await store.change(_id, ['planning'], { state: 'running', planned: true });
}

async function look(
  { store, person }: BroadcastSendingParts,
  { thing, person: contact, slot }: Delivery,
  persons: readonly string[],
  now: number,
): ReturnType<DeliveryKind['look']> {
  const broadcast = await store.find(thing);
  if (!broadcast) return { refused: 'gone' };
  const { state, text, attachment, reply, cold } = broadcast;
  const isTest = slot.startsWith('test');
  if (state === 'cancelled' && !isTest) return { refused: 'cancelled' };
  if ((state === 'paused' || state === 'stopped') && !isTest) return { later: now + MINUTE };
  const known = persons[0] === undefined ? undefined : await person(persons[0]);
  // Erased since it was planned.
  if (!known && !isTest) return { refused: 'gone' };
  const name = known?.name ?? 'Bapak/Ibu';
  return {
    flow: flows[reply],
    cold,
    answers: {
      'broadcast.id': { kind: 'text', text: thing },
      'broadcast.contact': { kind: 'text', text: contact },
      'broadcast.text': { kind: 'written', text: textFor(text, name) },
      'broadcast.reply': { kind: 'text', text: reply },
      ...(attachment && { 'broadcast.file': { kind: 'file' as const, ...attachment } }),
    },
  };
}

/**
 * Counts the newest sends of this process. A block that the channel tells stops at once; many that failed, or of which
 * nothing is known, do as well.
 */
function watcher({ service, settings, cases, clock, log }: BroadcastSendingParts) {
  const newest: boolean[] = [];
  return async (_delivery: Delivery, how: 'good' | 'bad' | 'blocked'): Promise<void> => {
    newest.push(how === 'good');
    if (newest.length > settings.broadcasts.window) newest.shift();
    const failed = newest.filter((good) => !good).length;
    if (how !== 'blocked' && failed < settings.broadcasts.failing) return;
    newest.length = 0;
    const reason =
      how === 'blocked' ? 'the channel limits this account' : `${failed} of the newest sends failed or are unknown`;
    const now = clock.now();
    const stopped = await service.stopAll(reason, now);
    log.error({ broadcasts: stopped, reason }, 'broadcasts were stopped; look at the phone, then resume them');
    for (const id of stopped)
      await cases.open({ contact: 'office', kind: 'broadcast_stopped', flow: '', node: reason, message: id, at: now });
  };
}
