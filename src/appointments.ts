/** Appointments joined with the office's calendar and the ledger. */
import { DateTime } from 'luxon';
import type { Content } from './content/library.ts';
import { dateInWords, hoursFrom, timeInWords } from './content/office-hours.ts';
import type { Ledger } from './outreach/index.ts';
import { createAppointments } from './programmes/appointments/index.ts';
import { createAppointmentStore } from './programmes/appointments/store.ts';
import { createAppointmentTelling, type TellingParts } from './programmes/appointments/telling.ts';
import type { Database } from './storage/connect.ts';

export interface Around extends Pick<TellingParts, 'reminderTimes'> {
  database: Pick<Database, 'connection'>;
  content: () => Content;
  ledger: Ledger;
  person(id: string): Promise<{ id: string; name: string } | undefined>;
}

export function joinAppointments({ database, content, ledger, reminderTimes, person }: Around) {
  const store = createAppointmentStore(database.connection);
  const here = (at: number) => DateTime.fromMillis(at, { zone: content().office.timeZone });
  const day = (at: number) => dateInWords(here(at));
  const hour = (at: number) => timeInWords(here(at));
  const when = (at: number) => `${day(at)}, ${hour(at)}`;
  const rule = (name: string, now: number) => content().rules.rule(name, now);
  const programme = createAppointments({
    ...{ store, rule, person, day, hour, when },
    hoursFrom: (now, days, hours, count) =>
      hoursFrom(content().office, content().outreach.holidays, now, { days, hours, count }),
  });
  const telling = createAppointmentTelling({
    ...{ store, rule, when, reminderTimes },
    plan: (plans, now) => ledger.plan(plans, now),
  });
  return { store, programme, telling };
}
