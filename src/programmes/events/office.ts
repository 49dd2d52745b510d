/** What the office does with events: the service behind its commands and, later, its pages. */
import { randomInt } from 'node:crypto';
import { KawanError } from '../../shared/errors.ts';
import { eventOf, type EventFile } from './event-file.ts';
import type { Enrolments } from './enrolling.ts';
import type { EnrolmentState, EventRecord, Notice } from './model.ts';
import type { EventStore } from './store.ts';

export interface EventOfficeParts {
  store: EventStore;
  enrolments: Enrolments;
  zone(): string;
}

/** Changes of an event that are remembered. */
const NOTICES = 20;

export interface EventRow {
  event: EventRecord;
  /** How many enrolments stand in each state. */
  counts: Partial<Record<EnrolmentState, number>>;
}

export function createEventOffice({ store, enrolments, zone }: EventOfficeParts) {
  /** @throws KawanError when there is no such event. */
  async function eventNamed(id: string): Promise<EventRecord> {
    const event = await store.event(id);
    if (!event) throw new KawanError(`There is no event "${id}". "events list" shows all.`, { event: id });
    return event;
  }

  const noted = (event: EventRecord, what: Notice['what'], now: number): Notice[] => [
    ...event.notices.slice(1 - NOTICES),
    { what, number: (event.notices.at(-1)?.number ?? 0) + 1, at: now, planned: false },
  ];

  return {
    eventNamed,

    /** @throws RangeError for a series without an end; KawanError when the id is taken. */
    async add(file: EventFile, papers: Pick<EventRecord, 'picture' | 'material'>, now: number): Promise<EventRecord> {
      const event = eventOf(file, papers, { zone: zone(), now, code: String(randomInt(1_000, 10_000)) });
      if ((await store.saveEvent(event)) === 'known')
        throw new KawanError(`An event "${event._id}" exists already. Choose another id, or move that one.`);
      return event;
    },

    async list(since: number): Promise<EventRow[]> {
      const events = await store.since(since);
      const counts = await store.counts(events.map(({ _id }) => _id));
      return events.map((event) => ({ event, counts: counts.get(event._id) ?? {} }));
    },

    /**
     * Another time, another place, or both. Everyone concerned is told; reminders follow the new time.
     * @param shift milliseconds by which every date is moved
     */
    async move(
      id: string,
      change: { shift?: number; place?: EventRecord['place'] },
      now: number,
    ): Promise<EventRecord> {
      const event = await eventNamed(id);
      if (event.state !== 'open') throw new KawanError(`The event "${id}" is cancelled and cannot be moved.`);
      const { shift = 0, place = event.place } = change;
      const dates = event.dates.map(({ start, end }) => ({ start: start + shift, end: end + shift }));
      const last = dates.at(-1)?.end ?? event.last;
      const moved = { dates, place, last, notices: noted(event, 'moved', now), changedAt: now };
      await store.changeEvent(id, moved);
      return { ...event, ...moved };
    },

    /** Everyone concerned is told why. Not to be undone: a new event is made instead. */
    async cancel(id: string, reason: string, now: number): Promise<EventRecord> {
      const event = await eventNamed(id);
      if (event.state !== 'open') return event;
      const cancelled = {
        ...{ state: 'cancelled' as const, reason, changedAt: now },
        notices: noted(event, 'cancelled', now),
      };
      await store.changeEvent(id, cancelled);
      return { ...event, ...cancelled };
    },

    /** The decision on one who applied for an exhibition, with a reason where it is no. */
    async decide(id: string, person: string, how: { chosen: true } | { reason: string }, now: number): Promise<void> {
      const event = await eventNamed(id);
      const enrolment = await store.enrolment(id, person);
      const what = 'chosen' in how ? ('chosen' as const) : ('declined' as const);
      const notice = { what, number: (enrolment?.notice?.number ?? 0) + 1, at: now, planned: false };
      const reason = 'chosen' in how ? null : how.reason;
      const done = await store.change(`${event._id}:${person}`, ['applied', 'chosen', 'declined'], {
        ...{ state: what, since: now, reason, notice },
      });
      if (!done) throw new KawanError(`Nobody with this number has applied for "${id}".`);
    },

    /** The officer's list: who was there. */
    async attended(id: string, persons: readonly string[], now: number): Promise<number> {
      const event = await eventNamed(id);
      const start = event.dates.findLast((date) => date.start <= now)?.start ?? event.dates[0]?.start ?? now;
      let count = 0;
      for (const person of persons) if (await store.attended(id, person, start)) count++;
      return count;
    },

    /** Takes somebody out, as they asked an officer; who waits moves up. */
    withdraw: async (id: string, person: string, now: number) => enrolments.cancel(await eventNamed(id), person, now),
  };
}

export type EventOffice = ReturnType<typeof createEventOffice>;
