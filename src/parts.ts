/** The programmes, their stores and the ledger, joined: everything that needs a database and no channel. For compose and for the office's commands. */
import { DateTime } from 'luxon';
import { joinApplications } from './applications.ts';
import { joinAppointments } from './appointments.ts';
import { createAudience } from './audience.ts';
import { createMerging } from './console/people/merging/store.ts';
import type { Content } from './content/library.ts';
import { mainLanguage } from './content/locales.ts';
import { dateInWords, timeInWords } from './content/office-hours.ts';
import { createTextLint, type TextLint } from './lint/text.ts';
import { createAnnounce } from './outreach/broadcasts/announce.ts';
import { createBroadcastService } from './outreach/broadcasts/service.ts';
import { createBroadcastStore } from './outreach/broadcasts/store.ts';
import { createLedger, createQuietHours, reminderTimes, type QuietHours } from './outreach/index.ts';
import { createEnrolments, OFFER } from './programmes/events/enrolling.ts';
import { createEvents } from './programmes/events/index.ts';
import { createEventOffice } from './programmes/events/office.ts';
import { createPlanning } from './programmes/events/planning.ts';
import { createEventStore } from './programmes/events/store.ts';
import { createTelling } from './programmes/events/telling.ts';
import { createKur } from './programmes/kur/index.ts';
import { createNib } from './programmes/nib/index.ts';
import { kbliFileSchema, type KbliFile } from './programmes/nib/kbli.ts';
import type { Programme } from './programmes/programme.ts';
import { createRegistration } from './programmes/registration/index.ts';
import { known } from './programmes/registration/people.ts';
import { createRegistrationStore } from './programmes/registration/store.ts';
import { shared } from './programmes/shared/index.ts';
import { createRuleValues } from './storage/rule-values.ts';
import type { Database } from './storage/connect.ts';
import { createFileStore } from './storage/file-store.ts';

/** Words that everybody knows, for the lint of what staff write. */
const WORDS = 'locales/words.txt';

export type ProductParts = ReturnType<typeof createParts>;

/**
 * @param content read later than this is called: reading it needs the names of the actions
 * @param barred channels on which nobody is staff
 */
export function createParts(
  database: Pick<Database, 'connection' | 'vault'>,
  content: () => Content,
  barred: readonly string[] = [],
) {
  const { connection, vault } = database;
  const registration = createRegistrationStore(connection);
  const events = createEventStore(connection);
  const ledger = createLedger(connection);
  const files = createFileStore({ connection, vault });
  const merging = createMerging(connection, vault);
  let hours: QuietHours | undefined;
  const quiet = () => (hours ??= createQuietHours({ ...content().outreach, timeZone: content().office.timeZone }));
  const here = (at: number) => DateTime.fromMillis(at, { zone: content().office.timeZone });
  const when = (at: number) => `${dateInWords(here(at))}, ${timeInWords(here(at))}`;
  const person = async (id: string) => {
    const found = await registration.person(id);
    return found ? known(found) : undefined;
  };
  // A day of time in which one is told: who cannot be told at night has the day from the morning on.
  const enrolments = createEnrolments(events, (now) => quiet().nextAllowed(now) + OFFER);
  const remind = (start: number) => reminderTimes(content().outreach, quiet(), start);
  const planning = createPlanning({
    store: events,
    plan: (plans, now) => ledger.plan(plans, now),
    reminderTimes: remind,
    nextAllowed: (at) => quiet().nextAllowed(at),
  });
  const telling = createTelling({ store: events, person, when });
  const eventOffice = createEventOffice({ store: events, enrolments, zone: () => content().office.timeZone });
  const recipients = createAudience(connection);
  const broadcastStore = createBroadcastStore(connection, barred);
  let lint: TextLint | undefined;
  const broadcasts = createBroadcastService({
    ...{ store: broadcastStore, ledger, recipients },
    secondFrom: () => content().outreach.broadcasts.secondFrom,
    lint: (text, bare) => (lint ??= createTextLint(content(), WORDS))(text, bare),
  });
  const applications = joinApplications({ database, content, registration, ledger });
  const appointments = joinAppointments({ database, content, ledger, reminderTimes: remind, person });
  let codes: KbliFile | undefined;
  const programmes: Programme[] = [
    shared,
    createAnnounce({
      store: broadcastStore,
      service: broadcasts,
      events: async (now) => (await events.open(now)).slice(0, 5).map(({ _id, name }) => ({ id: _id, label: name })),
      zone: () => content().office.timeZone,
      stateName: (state) => content().locales.text(mainLanguage, 'outreach', `states.${state}`, {}),
    }),
    createRegistration({
      store: registration,
      textVersion: () => content().consentVersion('registration'),
      purposeName: (purpose, language) =>
        content().locales.text(language, purpose, purpose === 'registration' ? 'purpose' : 'application.name', {}),
      timeZone: () => content().office.timeZone,
      async endElsewhere(id, purpose, now) {
        await applications.store.endOf(purpose, id, new Date(now));
        // The number of the card was given for this alone.
        if (purpose === 'nib') await applications.store.forgetIdentity(id);
      },
      async forgetElsewhere(id) {
        await events.forget(id);
        await merging.forget(id);
        await appointments.store.forget(id);
        for (const file of await applications.store.forget(id)) await files.remove(file);
      },
    }),
    applications.programme,
    appointments.programme,
    createNib(() => (codes ??= content().file('nib/kbli.yaml', kbliFileSchema))),
    createKur({ rule: (name, now) => content().rules.rule(name, now) }),
    createEvents({
      ...{ store: events, enrolments, person, files, when },
      day: (at) => dateInWords(here(at)),
      date: (at) => here(at).setLocale('id').toFormat('d MMMM yyyy'),
      office: () => content().office.name,
    }),
  ];
  return {
    connection,
    vault,
    programmes,
    recipients,
    broadcastStore,
    broadcasts,
    person,
    registration,
    merging,
    applications,
    appointments,
    ruleValues: createRuleValues(connection),
    events,
    enrolments,
    eventOffice,
    planning,
    telling,
    ledger,
    files,
    quiet,
    when,
  };
}
