/** Applications joined with what they need of other programmes, of the files and of the office's calendar. */
import { DateTime } from 'luxon';
import type { Content } from './content/library.ts';
import { daysRule, MOST_DAYS } from './content/programme-file.ts';
import { mainLanguage } from './content/locales.ts';
import { afterWorkingDays, dateInWords } from './content/office-hours.ts';
import { createApplications } from './programmes/applications/index.ts';
import type { ApplicationParts, Settings } from './programmes/applications/parts.ts';
import { createApplicationOffice, type OfficeSettings } from './programmes/applications/office.ts';
import { createApplicationStore } from './programmes/applications/store.ts';
import { createApplicationTelling } from './programmes/applications/telling.ts';
import type { RegistrationStore } from './programmes/registration/store.ts';
import type { Ledger } from './outreach/index.ts';
import type { Database } from './storage/connect.ts';

export interface Around {
  database: Pick<Database, 'connection' | 'vault'>;
  content: () => Content;
  registration: RegistrationStore;
  ledger: Ledger;
}

export function joinApplications({ database, content, registration, ledger }: Around) {
  const store = createApplicationStore(database.connection);
  const fileOf = (programme: string) => content().flows.programmes.find((file) => file.programme === programme);
  const settings = (programme: string): (Settings & OfficeSettings) | undefined => {
    const application = fileOf(programme)?.application;
    return application && { ...application, approvedFacts: application.approved?.facts ?? {} };
  };
  const deadline: ApplicationParts['deadline'] = (programme, now) => {
    const { values, version } = content().rules.rule(daysRule(programme), now);
    const set = Number(values['days']?.value ?? values['days']?.range?.high);
    const promised = set >= 1 && set <= MOST_DAYS;
    const days = promised ? set : Number(version.values['days']);
    return { dueAt: new Date(afterWorkingDays(content().office, content().outreach.holidays, now, days)), promised };
  };
  const common: Pick<ApplicationParts, 'person' | 'day' | 'words' | 'stepWords'> = {
    async person(id) {
      const found = await registration.person(id);
      if (!found) return undefined;
      const { name, standing, contact, channel, years, yearsSaid, business } = found;
      return { id, name, standing, contact, channel, years, yearsSaid, group: business !== 'own' };
    },
    day: (at) => dateInWords(DateTime.fromMillis(at, { zone: content().office.timeZone })),
    words: (language, programme, key, values) => content().locales.text(language, programme, key, values),
    stepWords(language, programme, key) {
      const { locales } = content();
      const own = locales.has(mainLanguage, programme, key);
      return locales.text(language, own ? programme : 'applications', key, {});
    },
  };
  const programme = createApplications({
    ...{ ...common, store, vault: database.vault, settings, deadline },
    rule: (name, now) => content().rules.rule(name, now),
    steps: () => content().rules.steps,
    goal: (rule, language) =>
      content().locales.text(language, content().rules.programmeOf(rule) ?? 'shared', `goals.${rule}`, {}),
    flowOf: (step) => content().rules.facts.steps[step]?.flow,
    consents: {
      has: async (person, purpose) =>
        (await registration.consentsOf(person)).some((one) => one.purpose === purpose && one.withdrawnAt === null),
      give: ({ key, person, contact, purpose, full, now }) =>
        registration.saveConsent({
          ...{ _id: key, contact: contact.id, channel: contact.channel, purpose, person, helper: null },
          ...{ textVersion: content().consentVersion(purpose), layer: full ? 'full' : 'short' },
          ...{ at: new Date(now), withdrawnAt: null },
        }),
    },
  });
  const office = createApplicationOffice({
    ...{ store, settings, deadline },
    versions: (rules, now) => rules.map((rule) => content().rules.rule(rule, now).id),
  });
  const telling = createApplicationTelling({
    ...{ ...common, store },
    plan: (plans, now) => ledger.plan(plans, now),
    isOpen: (id) => content().states.of(id).state === 'open',
    nameOf: (id) => content().states.nameOf(id),
    wordFor: (id) => Object.values(fileOf(id)?.keywords ?? {})[0]?.[0] ?? 'menu',
  });
  return { store, programme, office, telling, settings };
}
