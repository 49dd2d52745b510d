/**
 * Who takes part: places, the queue, and moving up. Each step may be repeated after a crash. Within a process an event's
 * steps go one after the other; between processes the unique index of the places decides.
 */
import { DAY } from '../../shared/clock.ts';
import { takingPart, type Enrolment, type EventRecord } from './model.ts';
import type { EventStore } from './store.ts';

/** How long a freed place waits for a yes, in milliseconds: a day. */
export const OFFER = DAY;

/** Who enrols: a person on record, in a conversation. */
export interface Enrolling {
  person: { id: string; name: string };
  contact: { id: string; channel: string };
  companion: string | null;
  now: number;
}

export type Enrolled = { outcome: 'in' | 'applied' | 'already' | 'closed' } | { outcome: 'waiting'; position: number };

export type Enrolments = ReturnType<typeof createEnrolments>;

/** @param offerEnds until when a place that is offered now waits for a yes: a day of time in which one is told */
export function createEnrolments(store: EventStore, offerEnds: (now: number) => number) {
  const lines = new Map<string, Promise<unknown>>();
  /** One after the other for an event. */
  const inLine = <T>(event: string, act: () => Promise<T>): Promise<T> => {
    const before = lines.get(event) ?? Promise.resolve();
    const turn = before.then(act, act);
    const end = turn.catch(() => undefined);
    lines.set(event, end);
    void end.then(() => lines.get(event) === end && lines.delete(event));
    return turn;
  };

  async function positionOf(event: string, person: string): Promise<number> {
    const queue = await store.queued(event);
    return queue.findIndex((place) => place.person === person) + 1;
  }

  async function enrol(event: EventRecord, who: Enrolling): Promise<Enrolled> {
    const { person, now } = who;
    if (event.state !== 'open' || (event.dates[0]?.start ?? 0) <= now) return { outcome: 'closed' };
    const before = await store.enrolment(event._id, person.id);
    if (before && (takingPart.includes(before.state) || before.state === 'applied')) return { outcome: 'already' };
    if (before?.state === 'waiting') return { outcome: 'waiting', position: await positionOf(event._id, person.id) };
    if (event.kind === 'exhibition') {
      await store.saveEnrolment(made(event, who, 'applied', before));
      return { outcome: 'applied' };
    }
    const jumps = event.places !== null && before?.state !== 'offered' && (await store.queued(event._id)).length > 0;
    const seat = jumps ? undefined : await seatFor(event, person.id);
    if (seat !== undefined) {
      await store.saveEnrolment(made(event, who, 'coming', before));
      await store.leave(event._id, 'queue', person.id);
      return { outcome: 'in' };
    }
    await store.queue(event._id, person.id);
    await store.saveEnrolment(made(event, who, 'waiting', before));
    return { outcome: 'waiting', position: await positionOf(event._id, person.id) };
  }

  const seatFor = ({ _id, places }: EventRecord, person: string) =>
    places === null ? Promise.resolve(0) : store.seat(_id, person, places);

  /** Gives free places to the first in the queue, who have a day to say yes. */
  async function moveUp(event: EventRecord, now: number): Promise<void> {
    if (event.places === null || event.state !== 'open' || (event.dates[0]?.start ?? 0) <= now) return;
    for (const { person } of await store.queued(event._id)) {
      const enrolment = await store.enrolment(event._id, person);
      // What a crash left half done is ended here: no enrolment, or one that is not waiting any more.
      if (enrolment?.state !== 'waiting') {
        if (enrolment && enrolment.state !== 'offered') await store.leave(event._id, 'queue', person);
        continue;
      }
      if ((await store.seat(event._id, person, event.places)) === undefined) return;
      const number = (enrolment.notice?.number ?? 0) + 1;
      await store.change(enrolment._id, ['waiting'], {
        ...{ state: 'offered', since: now, offeredUntil: offerEnds(now) },
        notice: { what: 'freed', number, at: now, planned: false },
      });
    }
  }

  async function cancel(event: EventRecord, person: string, now: number): Promise<boolean> {
    const id = `${event._id}:${person}`;
    const was = await store.change(id, ['coming', 'chosen', 'waiting', 'offered', 'applied'], {
      ...{ state: 'cancelled', since: now, offeredUntil: null },
    });
    await store.leave(event._id, 'queue', person);
    await store.leave(event._id, 'seat', person);
    await moveUp(event, now);
    return was;
  }

  /** The yes to a freed place. False when it came too late. */
  async function accept(event: EventRecord, person: string, now: number): Promise<boolean> {
    const offer = await store.enrolment(event._id, person);
    if (offer?.state !== 'offered' || (offer.offeredUntil ?? 0) <= now) return false;
    const taken = await store.change(`${event._id}:${person}`, ['offered'], {
      ...{ state: 'coming', since: now, offeredUntil: null },
    });
    if (taken) await store.leave(event._id, 'queue', person);
    return taken;
  }

  /** Offers that nobody answered within the day go to the next. */
  async function lapse(enrolment: Enrolment, event: EventRecord, now: number): Promise<void> {
    const number = (enrolment.notice?.number ?? 0) + 1;
    // The place first: killed in between, the offer is still there and is ended by the next run.
    await store.leave(event._id, 'queue', enrolment.person);
    await store.leave(event._id, 'seat', enrolment.person);
    await store.change(enrolment._id, ['offered'], {
      ...{ state: 'lapsed', since: now, offeredUntil: null },
      notice: { what: 'lapsed', number, at: now, planned: false },
    });
    await moveUp(event, now);
  }

  return {
    enrol: (event: EventRecord, who: Enrolling) => inLine(event._id, () => enrol(event, who)),
    cancel: (event: EventRecord, person: string, now: number) => inLine(event._id, () => cancel(event, person, now)),
    accept: (event: EventRecord, person: string, now: number) => inLine(event._id, () => accept(event, person, now)),
    moveUp: (event: EventRecord, now: number) => inLine(event._id, () => moveUp(event, now)),
    /** Offers that have run out, everywhere. */
    async lapseAll(now: number): Promise<void> {
      for (const enrolment of await store.expiredOffers(now)) {
        const event = await store.event(enrolment.event);
        if (event) await inLine(event._id, () => lapse(enrolment, event, now));
      }
    },
  };
}

function made(event: EventRecord, who: Enrolling, state: Enrolment['state'], before: Enrolment | undefined): Enrolment {
  const { person, contact, companion, now } = who;
  return {
    ...{ _id: `${event._id}:${person.id}`, event: event._id, person: person.id, name: person.name },
    ...{ contact: contact.id, channel: contact.channel, state, companion, since: now },
    ...{ offeredUntil: null, reason: null, confirmed: null },
    present: before?.present ?? [],
    feedback: before?.feedback ?? [],
    notice: before?.notice ?? null,
  };
}
