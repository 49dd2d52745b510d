/** Registration: a craftsman becomes a person on record, with a number. The pattern for programmes with code of their own. */
import { createHash } from 'node:crypto';
import type { Answers } from '../../engine/index.ts';
import type { Action, ActionContext, ActionResult, Programme } from '../programme.ts';
import { areaOf, chosen, shown, textOf } from './answers.ts';
import { groupKey, nameKey, personNumber } from './names.ts';
import { activePerson, consents, erase, load, lock, open, people, purposeOf, switchTo, withdraw } from './own-data.ts';
import type { Person, RegistrationStore } from './store.ts';

export interface RegistrationParts {
  store: RegistrationStore;
  /** Which wording of the consent is in use: a hash of its texts. */
  textVersion(): string;
  /** What a consent was for, in words. */
  purposeName(purpose: string, language: string): string;
  /** The office's time zone, such as "Asia/Makassar": dates are told in it. */
  timeZone(): string;
  /** What other programmes keep of a person goes with them. Harmless to repeat. */
  forgetElsewhere(person: string): Promise<void>;
  /** What was asked for in a programme whose consent was taken back ends. Harmless to repeat. */
  endElsewhere(person: string, purpose: string, now: number): Promise<void>;
}

export function createRegistration(parts: RegistrationParts): Programme {
  const action = (
    outcomes: readonly string[],
    changes: boolean,
    run: (context: ActionContext) => Promise<ActionResult>,
  ): Action => ({
    outcomes,
    changes,
    run,
  });
  return {
    id: 'registration',
    actions: {
      check: action(['new', 'known'], false, (context) => check(parts, context)),
      // Written down, but not in the way of *kembali*: a consent that is taken back is forgotten again.
      consent: action(['done'], false, (context) => consent(parts, context)),
      forget: action(['done'], true, (context) => forget(parts, context)),
      find_group: action(['found', 'new'], false, (context) => findGroup(parts, context)),
      // A correction of what is on record begins nothing new.
      save: {
        ...action(['saved', 'changed', 'already'], true, (context) => save(parts, context)),
        opens: ({ answers }) => (answers['person.id'] === undefined ? 'registration' : undefined),
      },
      card: action(['known', 'unknown'], false, (context) => card(parts, context)),
      load: action(['known', 'unknown'], false, (context) => load(parts, context)),
      erase: action(['done'], true, (context) => erase(parts, context)),
      consents: action(['some', 'none'], false, (context) => consents(parts, context)),
      purpose: action(['registration', 'programme'], false, (context) => purposeOf(context)),
      withdraw: action(['done'], true, (context) => withdraw(parts, context)),
      people: action(['several', 'one', 'none'], false, (context) => people(parts, context)),
      switch: action(['found', 'unknown'], true, (context) => switchTo(parts, context)),
      lock: action(['done'], true, lock),
      open: action(['known', 'wrong', 'other'], true, (context) => open(parts, context)),
    },
  };
}

async function check({ store }: RegistrationParts, { contact }: ActionContext): Promise<ActionResult> {
  const person = await activePerson(store, contact);
  return person ? { outcome: 'known', values: shown(person) } : { outcome: 'new' };
}

async function consent(
  { store, textVersion }: RegistrationParts,
  { key, contact, answers, now }: ActionContext,
): Promise<ActionResult> {
  await store.saveConsent({
    _id: key,
    contact: contact.id,
    channel: contact.channel,
    purpose: 'registration',
    textVersion: textVersion(),
    layer: answers['consent.full'] === undefined ? 'short' : 'full',
    helper: textOf(answers['consent.helper']) || null,
    person: null,
    at: new Date(now),
    withdrawnAt: null,
  });
  return { outcome: 'done' };
}

/** Who refuses leaves nothing behind. A person who is on record already keeps the consent given then. */
async function forget({ store }: RegistrationParts, { contact }: ActionContext): Promise<ActionResult> {
  await store.forgetConsents(contact.id);
  return { outcome: 'done' };
}

async function findGroup({ store }: RegistrationParts, { answers }: ActionContext): Promise<ActionResult> {
  const [found] = await store.groupsNamed(
    groupKey(textOf(answers['person.group'])),
    areaOf(answers['person.kelurahan']),
  );
  if (!found) return { outcome: 'new' };
  const values: Answers = {
    'group.id': { kind: 'text', text: found._id },
    'group.found': { kind: 'text', text: found.name },
    'group.place': { kind: 'area', code: found.kelurahan },
  };
  return { outcome: 'found', values };
}

/** Doing it twice under one key gives the same person with the same number. */
async function save({ store }: RegistrationParts, context: ActionContext): Promise<ActionResult> {
  const { key, contact, answers, now } = context;
  const name = textOf(answers['person.name']);
  if (answers['person.id'] !== undefined) return change(store, context);
  const earlier = (await store.personsOf(contact.persons)).find((person) => person.nameKey === nameKey(name));
  if (earlier) return { outcome: 'already', values: shown(earlier) };
  const id = `p-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;
  const person = await store.savePerson(
    {
      _id: id,
      ...(await told(store, context, id)),
      standing: 'declared',
      contact: contact.id,
      channel: contact.channel,
      createdAt: new Date(now),
      updatedAt: null,
    },
    (attempt) => personNumber(key, attempt),
  );
  await store.bindConsents(contact.id, person._id);
  if (person.business === 'leader' && person.group !== null) await store.lead(person.group, person._id);
  const others = contact.persons.filter((other) => other !== person._id);
  return {
    outcome: 'saved',
    values: shown(person),
    contact: { persons: [person._id, ...others], ...(others.length > 0 && { speaksFor: person.name }) },
  };
}

/** Corrects the person that was loaded. */
async function change(store: RegistrationStore, context: ActionContext): Promise<ActionResult> {
  const { contact, answers, now } = context;
  const id = textOf(answers['person.id']);
  const person = await store.changePerson(id, { ...(await told(store, context, id)), updatedAt: new Date(now) });
  if (!person) return { outcome: 'already', values: { ...answers } };
  if (person.business === 'leader' && person.group !== null) await store.lead(person.group, id);
  return {
    outcome: 'changed',
    values: shown(person),
    ...(contact.persons.length > 1 && { contact: { speaksFor: person.name } }),
  };
}

/** What a person has told of themselves. */
async function told(store: RegistrationStore, context: ActionContext, id: string) {
  const { answers } = context;
  const name = textOf(answers['person.name']);
  const years = answers['person.years'];
  const business = (chosen(answers['person.business'])[0] ?? 'own') as Person['business'];
  return {
    name,
    nameKey: nameKey(name),
    nameWords: nameKey(name).split(' '),
    crafts: chosen(answers['person.crafts']),
    kelurahan: areaOf(answers['person.kelurahan']),
    business,
    group: business === 'own' ? null : await groupOf(store, context, id),
    years: years?.kind === 'number' ? years.number : null,
    yearsSaid: years?.kind === 'number' ? null : (chosen(years)[0] ?? 'skipped'),
  };
}

async function groupOf(store: RegistrationStore, { answers, now }: ActionContext, person: string): Promise<string> {
  const same = answers['group.same'];
  const found = answers['group.id'];
  if (found?.kind === 'text' && same?.kind === 'yes' && same.yes) return found.text;
  const name = textOf(answers['person.group']);
  const group = await store.saveGroup(
    {
      _id: `g-${person.slice(2)}`,
      name,
      nameKey: groupKey(name),
      kelurahan: areaOf(answers['person.kelurahan']),
      createdAt: new Date(now),
    },
    same?.kind === 'yes' && !same.yes,
  );
  return group._id;
}

async function card({ store }: RegistrationParts, { contact }: ActionContext): Promise<ActionResult> {
  const person = await activePerson(store, contact);
  return person ? { outcome: 'known', values: shown(person) } : { outcome: 'unknown' };
}
