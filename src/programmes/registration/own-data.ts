/** What a person may do with their own data, and who of several on one phone is meant (UU 27/2022 art. 30, 40, 43). */
import { DateTime } from 'luxon';
import type { ActionContext, ActionResult } from '../programme.ts';
import { answered, shown, textOf } from './answers.ts';
import { nameKey } from './names.ts';
import type { RegistrationParts } from './index.ts';
import type { Consent, Person, RegistrationStore } from './store.ts';

/** The person whom messages are for: the newest registered or chosen one. */
export async function activePerson(
  store: RegistrationStore,
  { persons }: ActionContext['contact'],
): Promise<Person | undefined> {
  const [id] = persons;
  return id === undefined ? undefined : ((await store.person(id)) ?? undefined);
}

/** Everything that is stored, as if it had been answered just now. */
export async function load({ store, timeZone }: RegistrationParts, { contact }: ActionContext): Promise<ActionResult> {
  const person = await activePerson(store, contact);
  if (!person) return { outcome: 'unknown' };
  const group = person.group === null ? undefined : (await store.group(person.group))?.name;
  const consents = await store.consentsOf(person._id);
  return {
    outcome: 'known',
    values: {
      ...answered(person, group),
      'person.consent': { kind: 'text', text: consentInWords(consents, timeZone()) },
    },
  };
}

/** "diberikan 25 November 2026", in the office's zone. */
function consentInWords(consents: readonly Consent[], zone: string): string {
  const last = consents.at(-1);
  if (!last) return 'dicatat petugas';
  const at = last.withdrawnAt ?? last.at;
  const day = DateTime.fromJSDate(at, { zone }).setLocale('id').toFormat('d MMMM yyyy');
  return `${last.withdrawnAt ? 'ditarik' : 'diberikan'} ${day}`;
}

export async function erase(
  { store, forgetElsewhere }: RegistrationParts,
  { key, contact, answers, now }: ActionContext,
): Promise<ActionResult> {
  const id = textOf(answers['person.id']);
  await forgetElsewhere(id);
  await store.erasePerson(id, { _id: key, channel: contact.channel, at: new Date(now) });
  const left = contact.persons.filter((other) => other !== id);
  return { outcome: 'done', contact: await sharing(store, left) };
}

/** What the person allows just now, to choose from; the newest purposes first, as many as a message shows. */
export async function consents(
  { store, purposeName }: RegistrationParts,
  { answers, contact }: ActionContext,
): Promise<ActionResult> {
  const given = (await store.consentsOf(textOf(answers['person.id']))).filter(
    ({ withdrawnAt }) => withdrawnAt === null,
  );
  const purposes = [...new Set(given.map(({ purpose }) => purpose))].slice(-SHOWN);
  const items = purposes.map((id) => ({ id, label: purposeName(id, contact.language) }));
  return items.length === 0
    ? { outcome: 'none' }
    : { outcome: 'some', values: { 'consent.list': { kind: 'list', items } } };
}

/** As many as a message shows. */
const SHOWN = 5;

const chosenPurpose = ({ answers }: ActionContext): string => {
  const chosen = answers['consent.chosen'];
  return chosen?.kind === 'picked' ? chosen.id : '';
};

export const purposeOf = (context: ActionContext): Promise<ActionResult> =>
  Promise.resolve({ outcome: chosenPurpose(context) === 'registration' ? 'registration' : 'programme' });

export async function withdraw(
  { store, endElsewhere }: RegistrationParts,
  context: ActionContext,
): Promise<ActionResult> {
  const { answers, now } = context;
  const person = textOf(answers['person.id']);
  await store.withdrawConsents(person, chosenPurpose(context), new Date(now));
  await endElsewhere(person, chosenPurpose(context), now);
  return { outcome: 'done' };
}

/** Who is registered on this phone. */
export async function people({ store }: RegistrationParts, { contact }: ActionContext): Promise<ActionResult> {
  const found = await store.personsOf(contact.persons);
  if (found.length < 2) return { outcome: found.length === 1 ? 'one' : 'none' };
  const names = found.map(({ name }) => name).join(', ');
  return { outcome: 'several', values: { 'person.people': { kind: 'text', text: names } } };
}

/** From now on messages are for the person of this name. */
export async function switchTo(
  { store }: RegistrationParts,
  { contact, answers }: ActionContext,
): Promise<ActionResult> {
  const person = named(await store.personsOf(contact.persons), textOf(answers['person.chosen']));
  if (!person) return { outcome: 'unknown' };
  const others = contact.persons.filter((other) => other !== person._id);
  return { outcome: 'found', values: shown(person), contact: await sharing(store, [person._id, ...others]) };
}

/** After a long silence: nobody’s data is shown here until it is known who writes. */
export const lock = (): Promise<ActionResult> =>
  Promise.resolve({ outcome: 'done', contact: { persons: [], speaksFor: '' } });

/** How often a number may be wrong before an officer looks who it is. */
const TRIES = 2;

/**
 * Opens a record by its number, for the contact that it was made by. A number that is somebody’s elsewhere is answered like
 * one that is nobody’s.
 */
export async function open({ store }: RegistrationParts, { contact, answers }: ActionContext): Promise<ActionResult> {
  const person = await store.personNumbered(textOf(answers['identity.said']));
  if (person?.contact === contact.id) {
    const others = contact.persons.filter((other) => other !== person._id);
    return { outcome: 'known', values: shown(person), contact: await sharing(store, [person._id, ...others]) };
  }
  const before = answers['identity.tries'];
  const tries = (before?.kind === 'number' ? before.number : 0) + 1;
  return {
    outcome: tries < TRIES ? 'wrong' : 'other',
    values: { 'identity.tries': { kind: 'number', number: tries } },
  };
}

/** The persons of a phone; where there are several, whom the messages are for. */
async function sharing(store: RegistrationStore, persons: readonly string[]) {
  const [first] = persons;
  const name = first !== undefined && persons.length > 1 ? ((await store.person(first))?.name ?? '') : '';
  return { persons, speaksFor: name };
}

/** The one whose name holds every word that was said; undefined where two do. */
function named(persons: readonly Person[], said: string): Person | undefined {
  const words = nameKey(said).split(' ');
  const fitting = persons.filter((person) => words.every((word) => person.nameKey.split(' ').includes(word)));
  return fitting.length === 1 ? fitting[0] : undefined;
}
