/**
 * Broadcasts as a service: made, looked at, agreed to, begun, held, ended. Commands, a chat and pages stand on these
 * functions; each may be repeated. Who may call is the caller's matter.
 */
import { randomUUID } from 'node:crypto';
import { DAY } from '../../shared/clock.ts';
import { KawanError } from '../../shared/errors.ts';
import type { DeliveryState } from '../ports.ts';
import type { Ledger } from '../store.ts';
import { textFor, type Audience, type Broadcast, type Recipients, type Reply } from './model.ts';
import type { BroadcastStore } from './store.ts';

/** A broadcast that was not sent within this time is old news; milliseconds. */
const USEFUL = 7 * DAY;

/** As many are shown as they will see it. */
const SAMPLES = 3;

export interface BroadcastServiceParts {
  store: BroadcastStore;
  ledger: Ledger;
  /** From so many recipients a second member of staff must agree. */
  secondFrom(): number;
  recipients: Recipients;
  /** What is hard to read in a text, in words for staff; `bare` is the text without the names that are put in. */
  lint(text: string, bare?: string): readonly string[];
}

export interface Draft {
  text: string;
  attachment?: Broadcast['attachment'];
  audience: Audience;
  reply?: Reply;
  cold?: boolean;
  by: string;
}

export interface Preview {
  /** How many contacts receive it. */
  recipients: number;
  /** The text as three of them will see it. */
  samples: { name: string; text: string }[];
  findings: readonly string[];
  /** A second member of staff has to agree. */
  needsSecond: boolean;
}

export interface Status {
  broadcast: Broadcast;
  counts: { state: DeliveryState; reason: string | null; count: number }[];
}

export type BroadcastService = ReturnType<typeof createBroadcastService>;

export function createBroadcastService(parts: BroadcastServiceParts) {
  const { store, ledger, recipients, secondFrom, lint } = parts;

  /** @throws KawanError when there is none. */
  async function named(id: string): Promise<Broadcast> {
    const broadcast = await store.find(id);
    if (!broadcast) throw new KawanError(`There is no broadcast "${id}". "broadcast list" shows the newest.`);
    return broadcast;
  }

  /** How a text to an audience would go out; nothing is stored. */
  async function look(text: string, audience: Audience): Promise<Preview> {
    const { count, sample } = await recipients.glance(audience, SAMPLES);
    const samples = sample.map(({ name }) => ({ name, text: textFor(text, name) }));
    const longest = samples.reduce((a, b) => (b.text.length > a.length ? b.text : a), text);
    return {
      recipients: count,
      samples,
      findings: lint(longest, textFor(text, '')),
      needsSecond: count >= secondFrom(),
    };
  }

  async function preview(id: string): Promise<Preview> {
    const { text, audience } = await named(id);
    const seen = await look(text, audience);
    await store.change(id, ['draft', 'agreeing'], { recipients: seen.recipients });
    return seen;
  }

  /** From one of these states to another, with those deliveries that follow. @throws KawanError when it is in another. */
  async function turn(id: string, from: Broadcast['state'][], to: Broadcast['state'], more: Partial<Broadcast> = {}) {
    if (await store.change(id, from, { state: to, ...more })) return;
    const { state } = await named(id);
    if (state !== to)
      throw new KawanError(`The broadcast "${id}" is ${state}; only ${from.join(', ')} can become ${to}.`);
  }

  return {
    named,
    look,

    /** What is hard to read in a text, in words for staff. */
    check: lint,
    preview,

    /** @param id for one that must be made once, however often it is asked for */
    async draft(
      { text, attachment = null, audience, reply = 'none', cold = false, by }: Draft,
      now: number,
      id = `b-${randomUUID().slice(0, 8)}`,
    ) {
      await store.add({
        ...{ _id: id, text, attachment, audience, reply, cold, by, second: null, state: 'draft', recipients: null },
        ...{
          at: now,
          until: now + USEFUL,
          cursor: '',
          planned: false,
          lease: 0,
          reason: null,
          createdAt: new Date(now),
        },
      });
      return id;
    },

    /** Sends it to one contact as it will be seen, whatever the audience. */
    async test(id: string, contact: { id: string; channel: string }, now: number): Promise<void> {
      await named(id);
      const until = now + DAY;
      const to = { person: contact.id, contact: contact.id, channel: contact.channel };
      await ledger.plan([{ kind: 'broadcast', thing: id, ...to, slot: `test${now}`, rank: 0, due: now, until }], now);
    },

    /** The yes. Above the settable size it waits for a second member of staff; else for its time. */
    async start(id: string, now: number, at = now): Promise<'agreeing' | 'waiting'> {
      const { recipients: known, state } = await named(id);
      if (state !== 'draft') return state === 'agreeing' ? 'agreeing' : 'waiting';
      const count = known ?? (await preview(id)).recipients;
      const next = count >= secondFrom() ? 'agreeing' : 'waiting';
      await turn(id, ['draft'], next, { at: Math.max(at, now), until: Math.max(at, now) + USEFUL });
      return next;
    },

    /** @throws KawanError when it is the same person who made it. */
    async agree(id: string, by: string): Promise<void> {
      const broadcast = await named(id);
      if (broadcast.by === by) throw new KawanError('A second member of staff must agree, not the one who wrote it.');
      await turn(id, ['agreeing'], 'waiting', { second: by });
    },

    async pause(id: string, now: number): Promise<void> {
      await turn(id, ['waiting', 'planning', 'running'], 'paused');
      await ledger.turn(id, ['planned'], 'paused', now);
    },

    async resume(id: string, now: number): Promise<void> {
      const { planned } = await named(id);
      await turn(id, ['paused', 'stopped'], planned ? 'running' : 'planning', { reason: null, lease: 0 });
      await ledger.turn(id, ['paused'], 'planned', now);
    },

    /** What has not gone out will not. Not to be undone. */
    async cancel(id: string, now: number): Promise<void> {
      await turn(id, ['draft', 'agreeing', 'waiting', 'planning', 'running', 'paused', 'stopped'], 'cancelled');
      await ledger.turn(id, ['planned', 'paused'], 'dropped', now, 'cancelled');
    },

    /** To those only that failed. */
    async resendFailed(id: string, now: number): Promise<number> {
      const again = await ledger.retryFailed(id, now, now + USEFUL, now);
      if (again > 0)
        await turn(id, ['running', 'done', 'stopped', 'paused'], 'running', { until: now + USEFUL, reason: null });
      return again;
    },

    /** Every running broadcast is held, since the channel shows signs of a block. Which. */
    async stopAll(reason: string, now: number): Promise<string[]> {
      const stopped: string[] = [];
      for (const { _id } of await store.inState(['planning', 'running'], 100)) {
        if (await store.change(_id, ['planning', 'running'], { state: 'stopped', reason })) stopped.push(_id);
        await ledger.turn(_id, ['planned'], 'paused', now);
      }
      return stopped;
    },

    async status(id: string): Promise<Status> {
      return { broadcast: await named(id), counts: await ledger.counts(id) };
    },

    newest: (limit: number) => store.newest(limit),

    /** The newest one of a member of staff that is not over. */
    async openOf(by: string): Promise<Broadcast | undefined> {
      const open = await store.inState(['agreeing', 'waiting', 'planning', 'running', 'paused', 'stopped'], 100);
      return open.findLast((broadcast) => broadcast.by === by);
    },

    /** The newest one that waits for somebody else's agreement. */
    async toAgree(by: string): Promise<Broadcast | undefined> {
      return (await store.inState(['agreeing'], 100)).findLast((broadcast) => broadcast.by !== by);
    },
  };
}
