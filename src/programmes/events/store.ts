/** Events, enrolments and places on MongoDB. A place, and a place in the queue, is claimed by inserting under a unique index. */
import { mongo, Schema, type Connection, type Model } from 'mongoose';
import { orBusy } from '../../storage/transient.ts';
import { concerned, type Enrolment, type EnrolmentState, type EventDate, type EventRecord } from './model.ts';

/** A place in an event (`seat`) or in its queue. */
interface Place {
  /** "<event>#seat3". */
  _id: string;
  event: string;
  kind: 'seat' | 'queue';
  number: number;
  person: string;
}

export const indexSpecs = [
  { collection: 'events', name: 'coming', key: { state: 1 as const, last: 1 as const } },
  { collection: 'events', name: 'changed', key: { 'notices.planned': 1 as const } },
  { collection: 'enrolments', name: 'event', key: { event: 1 as const, state: 1 as const, person: 1 as const } },
  { collection: 'enrolments', name: 'person', key: { person: 1 as const, state: 1 as const } },
  { collection: 'enrolments', name: 'offers', key: { state: 1 as const, offeredUntil: 1 as const } },
  { collection: 'enrolments', name: 'notices', key: { 'notice.planned': 1 as const } },
  { collection: 'enrolments', name: 'contact', key: { contact: 1 as const } },
  // One seat and one place in the queue a person; the number itself is the _id.
  {
    collection: 'event_places',
    name: 'one_each',
    key: { event: 1 as const, kind: 1 as const, person: 1 as const },
    unique: true,
  },
  { collection: 'event_places', name: 'order', key: { event: 1 as const, kind: 1 as const, number: 1 as const } },
];

/** Where a conversation's id stands; a merge of conversations moves it. */
export const contactReferences = [{ collection: 'enrolments', field: 'contact' }] as const;

const isDuplicate = (error: unknown): boolean => error instanceof mongo.MongoServerError && error.code === 11000;

export function createEventStore(connection: Connection) {
  const mixed = Schema.Types.Mixed;
  const model = <T>(collection: string, definition: object): Model<T> =>
    connection.model<T>(collection, new Schema<T>(definition as never, { collection, versionKey: false }));
  const text = { type: String, required: true } as const;
  const events = model<EventRecord>('events', {
    ...{ _id: text, kind: text, name: text, about: text, dates: mixed, place: mixed, places: Number, for: mixed },
    ...{ bring: String, picture: mixed, material: mixed, code: text, state: text, reason: String, notices: mixed },
    ...{ last: Number, createdAt: Date, changedAt: Number },
  }).collection;
  const enrolments = model<Enrolment>('enrolments', {
    ...{ _id: text, event: text, person: text, name: String, contact: text, channel: text, state: text },
    ...{ companion: String, since: Number, offeredUntil: Number, reason: String, present: mixed, confirmed: Number },
    ...{ feedback: mixed, notice: mixed },
  }).collection;
  const places = model<Place>('event_places', {
    ...{ _id: text, event: text, kind: text, number: Number, person: text },
  }).collection;

  const rows = async <T>(cursor: { toArray(): Promise<unknown[]> }): Promise<T[]> =>
    (await orBusy(() => cursor.toArray())) as T[];
  const numbers = async (event: string, kind: Place['kind']): Promise<Place[]> =>
    rows(places.find({ event, kind } as never).sort({ number: 1 }));

  /** The place that the person has, or the first free one up to `most` claimed now; undefined when there is none. */
  async function claim(event: string, kind: Place['kind'], person: string, most: number): Promise<number | undefined> {
    for (;;) {
      const taken = await numbers(event, kind);
      const own = taken.find((place) => place.person === person);
      if (own) return own.number;
      const used = new Set(taken.map(({ number }) => number));
      // A queue only grows at its end: who comes later never stands before.
      let number = kind === 'queue' ? (taken.at(-1)?.number ?? 0) + 1 : 1;
      while (used.has(number)) number++;
      if (number > most) return undefined;
      try {
        await orBusy(() =>
          places.insertOne({ _id: `${event}#${kind}${number}`, event, kind, number, person } as never),
        );
        return number;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    }
  }

  return {
    async event(id: string): Promise<EventRecord | undefined> {
      return ((await orBusy(() => events.findOne({ _id: id as never }))) ?? undefined) as EventRecord | undefined;
    },
    /** Open events that have not ended at an instant, and where `before` is given, that begin before it. At most 200. */
    open: (now: number): Promise<EventRecord[]> =>
      rows(
        events
          .find({ state: 'open', last: { $gt: now } } as never)
          .sort({ last: 1 })
          .limit(200),
      ),
    /** Events that ended after an instant, of any state; for what may still have to be told. At most 500. */
    since: (at: number): Promise<EventRecord[]> =>
      rows(
        events
          .find({ state: { $in: ['open', 'cancelled'] }, last: { $gt: at } } as never)
          .sort({ last: 1 })
          .limit(500),
      ),
    noticed: (): Promise<EventRecord[]> => rows(events.find({ 'notices.planned': false } as never).limit(50)),
    async saveEvent(event: EventRecord): Promise<'new' | 'known'> {
      const { _id, ...rest } = event;
      const done = await orBusy(() =>
        events.updateOne({ _id: _id as never }, { $setOnInsert: rest }, { upsert: true }),
      );
      return done.upsertedCount === 1 ? 'new' : 'known';
    },
    async changeEvent(id: string, change: Partial<EventRecord>): Promise<void> {
      await orBusy(() => events.updateOne({ _id: id as never }, { $set: change }));
    },

    async enrolment(event: string, person: string): Promise<Enrolment | undefined> {
      const found = await orBusy(() => enrolments.findOne({ _id: `${event}:${person}` as never }));
      return (found ?? undefined) as Enrolment | undefined;
    },
    /** What a person takes part in, waits for or applied for. */
    enrolmentsOf: (person: string, states: readonly EnrolmentState[] = concerned): Promise<Enrolment[]> =>
      rows(
        enrolments
          .find({ person, state: { $in: states } } as never)
          .sort({ since: 1 })
          .limit(50),
      ),
    /** Of an event, in pages by person: all after one. */
    enrolled: (event: string, states: readonly EnrolmentState[], after: string, limit: number): Promise<Enrolment[]> =>
      rows(
        enrolments
          .find({ event, state: { $in: states }, person: { $gt: after } } as never)
          .sort({ person: 1 })
          .limit(limit),
      ),
    noticedEnrolments: (): Promise<Enrolment[]> =>
      rows(enrolments.find({ 'notice.planned': false } as never).limit(200)),
    expiredOffers: (now: number): Promise<Enrolment[]> =>
      rows(enrolments.find({ state: 'offered', offeredUntil: { $lte: now } } as never).limit(200)),
    /** Made where there is none; a change to one that exists. Harmless to repeat. */
    async saveEnrolment(enrolment: Enrolment): Promise<void> {
      const { _id, ...rest } = enrolment;
      await orBusy(() => enrolments.updateOne({ _id: _id as never }, { $set: rest }, { upsert: true }));
    },
    /** Only while it is in one of these states; whether it was. */
    async change(id: string, from: readonly EnrolmentState[], change: Partial<Enrolment>): Promise<boolean> {
      const done = await orBusy(() =>
        enrolments.updateOne({ _id: id as never, state: { $in: from } }, { $set: change }),
      );
      return done.matchedCount === 1;
    },
    async attended(event: string, person: string, start: number): Promise<boolean> {
      const done = await orBusy(() =>
        enrolments.updateOne({ _id: `${event}:${person}` as never, present: { $ne: start } }, {
          $push: { present: start },
        } as never),
      );
      return done.modifiedCount === 1;
    },
    async noticePlanned(id: string, number: number): Promise<void> {
      await orBusy(() =>
        enrolments.updateOne(
          { _id: id as never, 'notice.number': number },
          {
            $set: { 'notice.planned': true },
          },
        ),
      );
    },
    async eventNoticePlanned(id: string, number: number): Promise<void> {
      await orBusy(() =>
        events.updateOne(
          { _id: id as never, 'notices.number': number },
          {
            $set: { 'notices.$.planned': true },
          },
        ),
      );
    },

    seat: (event: string, person: string, places: number) => claim(event, 'seat', person, places),
    queue: (event: string, person: string) => claim(event, 'queue', person, Number.MAX_SAFE_INTEGER),
    seats: (event: string) => numbers(event, 'seat'),
    queued: (event: string) => numbers(event, 'queue'),
    async leave(event: string, kind: Place['kind'], person: string): Promise<void> {
      await orBusy(() => places.deleteOne({ event, kind, person }));
    },
    /** All that is kept of a person. Their places are free then, and the next in the queue is found by the next look. */
    async forget(person: string): Promise<void> {
      for (const { event } of await rows<Enrolment>(enrolments.find({ person } as never).limit(1_000)))
        for (const kind of ['seat', 'queue']) await orBusy(() => places.deleteOne({ event, kind, person }));
      await orBusy(() => enrolments.deleteMany({ person }));
    },
    /** How many enrolments of each event stand in each state; by event. */
    async counts(ids: readonly string[]): Promise<ReadonlyMap<string, Partial<Record<EnrolmentState, number>>>> {
      const grouped = enrolments.aggregate([
        { $match: { event: { $in: ids } } },
        { $group: { _id: { event: '$event', state: '$state' }, count: { $sum: 1 } } },
      ]);
      const counts = new Map<string, Partial<Record<EnrolmentState, number>>>();
      for (const { _id, count } of await rows<{ _id: { event: string; state: EnrolmentState }; count: number }>(
        grouped,
      ))
        counts.set(_id.event, { ...counts.get(_id.event), [_id.state]: count });
      return counts;
    },
  };
}

export type EventStore = ReturnType<typeof createEventStore>;
export type { EventDate };
