/** Appointments at the office on MongoDB. A place at an hour is claimed by inserting under a unique index. */
import { mongo, type Connection } from 'mongoose';
import { orBusy } from '../../storage/transient.ts';

export interface Appointment {
  /** "<start>#<place>": two persons cannot have one place at one hour. */
  _id: string;
  /** The call that made it, so that doing it twice is harmless. */
  key: string;
  /** Milliseconds since the epoch. */
  start: number;
  person: string;
  name: string;
  contact: string;
  channel: string;
  /** The programme that it is about. */
  about: string;
  at: Date;
}

export const indexSpecs = [
  // One appointment a person.
  { collection: 'appointments', name: 'one_each', key: { person: 1 as const }, unique: true },
  { collection: 'appointments', name: 'start', key: { start: 1 as const } },
  { collection: 'appointments', name: 'contact', key: { contact: 1 as const } },
];

/** Where a conversation's id stands; a merge of conversations moves it. */
export const contactReferences = [{ collection: 'appointments', field: 'contact' }] as const;

const isDuplicate = (error: unknown): boolean => error instanceof mongo.MongoServerError && error.code === 11000;

/** Appointments are read for some weeks, of an office with a handful of places an hour. */
const MOST = 1_000;

export function createAppointmentStore(connection: Connection) {
  const appointments = connection.collection<Appointment>('appointments');
  const between = (from: number, to: number): Promise<Appointment[]> =>
    orBusy(() =>
      appointments
        .find({ start: { $gte: from, $lt: to } })
        .sort({ start: 1 })
        .limit(MOST)
        .toArray(),
    );
  return {
    between,
    of: (person: string): Promise<Appointment | null> => orBusy(() => appointments.findOne({ person })),
    find: (id: string): Promise<Appointment | null> => orBusy(() => appointments.findOne({ _id: id })),

    /**
     * Claims one of `places` at an hour. `full`: all are taken; `another`: the person has one already, which is told. The
     * same call gives the same appointment, however often it is made.
     */
    async book(
      appointment: Omit<Appointment, '_id'>,
      places: number,
    ): Promise<Appointment | 'full' | { another: Appointment }> {
      const { start, person, key } = appointment;
      for (let place = 0; place < places; place++) {
        const made = { _id: `${start}#${place}`, ...appointment };
        try {
          await orBusy(() => appointments.insertOne(made));
          return made;
        } catch (error) {
          if (!isDuplicate(error)) throw error;
          const mine = await orBusy(() => appointments.findOne({ person }));
          if (mine) return mine.key === key ? mine : { another: mine };
        }
      }
      return 'full';
    },

    async cancel(id: string): Promise<boolean> {
      return (await orBusy(() => appointments.deleteOne({ _id: id }))).deletedCount === 1;
    },
    async forget(person: string): Promise<void> {
      await orBusy(() => appointments.deleteMany({ person }));
    },
  };
}

export type AppointmentStore = ReturnType<typeof createAppointmentStore>;
