/** Events: what fits a craftsman, enrolling and cancelling, presence, and what comes afterwards. */
import type { Answer, Answers } from '../../engine/index.ts';
import type { Action, ActionContext, ActionResult, Programme } from '../programme.ts';
import type { Enrolments } from './enrolling.ts';
import { eventValues, isFor, nextDate, takingPart, type Craftsman, type EventDate, type EventRecord } from './model.ts';
import type { EventStore } from './store.ts';

export interface EventParts {
  store: EventStore;
  enrolments: Enrolments;
  person(id: string): Promise<Craftsman | undefined>;
  files: { save(file: { type: string; name: string; bytes: Buffer }): Promise<string> };
  /** "Kamis, 3 Desember, pukul sembilan pagi". */
  when(at: number): string;
  /** "Kamis, 3 Desember". */
  day(at: number): string;
  /** "3 Desember 2026", for what is kept for years. */
  date(at: number): string;
  office(): string;
}

/** As many as a message shows. */
const SHOWN = 5;

/** Presence may be told from this long before the beginning until this long after the end, in milliseconds: two hours. */
const AROUND = 2 * 3_600_000;

/** Drawing and calendars need much that is seldom used: it is loaded when the first one is asked for. */
const papers = () => import('./papers.ts');

type Run = (parts: EventParts, context: ActionContext) => Promise<ActionResult>;

const actions: Readonly<Record<string, Omit<Action, 'run'> & { run: Run }>> = {
  list: { outcomes: ['some', 'none'], changes: false, run: list },
  load: { outcomes: ['open', 'full', 'apply', 'mine', 'gone'], changes: false, run: load },
  enrol: {
    outcomes: ['in', 'waiting', 'applied', 'already', 'closed', 'unregistered'],
    changes: true,
    opens: () => 'events',
    run: enrol,
  },
  mine: { outcomes: ['one', 'several', 'none'], changes: false, run: mine },
  cancel: { outcomes: ['done', 'none'], changes: true, run: cancel },
  confirm: { outcomes: ['done', 'gone'], changes: true, run: confirm },
  accept: { outcomes: ['in', 'late'], changes: true, run: accept },
  attend: { outcomes: ['present', 'wrong'], changes: true, run: attend },
  rate: { outcomes: ['done'], changes: true, run: rate },
  material: { outcomes: ['link', 'none'], changes: false, run: material },
  certificate: { outcomes: ['made', 'none'], changes: true, run: makeCertificate },
  calendar: { outcomes: ['made', 'none'], changes: false, run: makeCalendar },
};

export function createEvents(parts: EventParts): Programme {
  return {
    id: 'events',
    actions: Object.fromEntries(
      Object.entries(actions).map(([name, { run, ...spec }]): [string, Action] => [
        name,
        { ...spec, run: (context) => run(parts, context) },
      ]),
    ),
  };
}

const textOf = (answer: Answer | undefined): string => (answer?.kind === 'text' ? answer.text : '');
const pickedOf = (answer: Answer | undefined): string => (answer?.kind === 'picked' ? answer.id : '');
const eventOf = ({ answers }: ActionContext): string =>
  pickedOf(answers['event.chosen']) || textOf(answers['event.id']);

/** Whom a delivery was for; else who speaks. */
const personOf = ({ answers, contact }: ActionContext): string =>
  textOf(answers['event.person']) || (contact.persons[0] ?? '');

/** Events as a list to choose from, and a line each with its day. */
function shown(events: readonly { event: EventRecord; date: EventDate }[], day: EventParts['day']): Answers {
  return {
    'event.list': { kind: 'list', items: events.map(({ event }) => ({ id: event._id, label: event.name })) },
    'event.lines': {
      kind: 'written',
      text: events.map(({ event, date }) => `${day(date.start)}: ${event.name}`).join('\n'),
    },
  };
}

/** What fits, at most five, the nearest first. Who is not on record sees all. */
async function list({ store, person, day }: EventParts, { contact, now }: ActionContext): Promise<ActionResult> {
  const known = contact.persons[0] === undefined ? undefined : await person(contact.persons[0]);
  const who = known && { ...known, language: contact.language };
  const fitting = (await store.open(now)).flatMap((event) => {
    const [first] = event.dates;
    return first && first.start > now && (!who || isFor(event, who)) ? { event, date: first } : [];
  });
  const nearest = fitting.sort((a, b) => a.date.start - b.date.start).slice(0, SHOWN);
  return nearest.length === 0 ? { outcome: 'none' } : { outcome: 'some', values: shown(nearest, day) };
}

async function load({ store, when }: EventParts, context: ActionContext): Promise<ActionResult> {
  const { now } = context;
  const event = await store.event(eventOf(context));
  const date = event && nextDate(event, now);
  if (event?.state !== 'open' || !date) return { outcome: 'gone' };
  const values = eventValues(event, date, when);
  const before = await store.enrolment(event._id, personOf(context));
  if (before && (takingPart.includes(before.state) || before.state === 'applied')) return { outcome: 'mine', values };
  if (event.kind === 'exhibition') return { outcome: 'apply', values };
  const taken = event.places === null ? 0 : (await store.seats(event._id)).length;
  const full = event.places !== null && (taken >= event.places || (await store.queued(event._id)).length > 0);
  return { outcome: full ? 'full' : 'open', values };
}

async function enrol({ store, enrolments, person }: EventParts, context: ActionContext): Promise<ActionResult> {
  const { answers, contact, now } = context;
  const who = await person(personOf(context));
  if (!who) return { outcome: 'unregistered' };
  const event = await store.event(eventOf(context));
  if (!event) return { outcome: 'closed' };
  const along = answers['event.companion'];
  const companion = along?.kind === 'options' ? (along.ids[0] ?? null) : null;
  const result = await enrolments.enrol(event, { person: { id: who.id, name: who.name }, contact, companion, now });
  if (result.outcome !== 'waiting') return result;
  return { outcome: 'waiting', values: { 'event.position': { kind: 'number', number: result.position } } };
}

/** What the person takes part in or waits for and that is not over. */
async function mine({ store, when, day }: EventParts, context: ActionContext): Promise<ActionResult> {
  const { now } = context;
  const found: { event: EventRecord; date: EventDate }[] = [];
  for (const enrolment of await store.enrolmentsOf(personOf(context))) {
    const event = await store.event(enrolment.event);
    const date = event && nextDate(event, now);
    if (event?.state === 'open' && date) found.push({ event, date });
  }
  found.sort((a, b) => a.date.start - b.date.start);
  const [only] = found;
  if (!only) return { outcome: 'none' };
  if (found.length === 1) return { outcome: 'one', values: eventValues(only.event, only.date, when) };
  return { outcome: 'several', values: shown(found.slice(0, SHOWN), day) };
}

async function cancel({ store, enrolments }: EventParts, context: ActionContext): Promise<ActionResult> {
  const event = await store.event(eventOf(context));
  if (!event) return { outcome: 'none' };
  const was = await enrolments.cancel(event, personOf(context), context.now);
  const values: Answers = { 'event.name': { kind: 'text', text: event.name } };
  return { outcome: was ? 'done' : 'none', values };
}

/** The yes to a reminder counts: the officer sees who said so. */
async function confirm({ store }: EventParts, context: ActionContext): Promise<ActionResult> {
  const start = context.answers['event.start'];
  const confirmed = start?.kind === 'number' ? start.number : 0;
  const known = await store.change(`${eventOf(context)}:${personOf(context)}`, takingPart, { confirmed });
  return { outcome: known ? 'done' : 'gone' };
}

async function accept({ store, enrolments }: EventParts, context: ActionContext): Promise<ActionResult> {
  const event = await store.event(eventOf(context));
  if (!event) return { outcome: 'late' };
  const before = await store.enrolment(event._id, personOf(context));
  if (before?.state === 'coming') return { outcome: 'in' };
  return { outcome: (await enrolments.accept(event, personOf(context), context.now)) ? 'in' : 'late' };
}

/** The code on the wall: of an event that goes on just now and that the person takes part in. */
async function attend({ store }: EventParts, context: ActionContext): Promise<ActionResult> {
  const { answers, now } = context;
  const code = textOf(answers['event.code']);
  for (const enrolment of await store.enrolmentsOf(personOf(context), takingPart)) {
    const event = await store.event(enrolment.event);
    const date = event?.dates.find(({ start, end }) => now >= start - AROUND && now <= end + AROUND);
    if (!event || !date || event.code !== code) continue;
    await store.attended(event._id, enrolment.person, date.start);
    return { outcome: 'present', values: { 'event.name': { kind: 'text', text: event.name } } };
  }
  return { outcome: 'wrong' };
}

const questions = ['event.useful', 'event.clear', 'event.again'] as const;

/** The three answers, as the place of the option: 1 is the best. */
async function rate({ store }: EventParts, context: ActionContext): Promise<ActionResult> {
  const grades = ['good', 'fair', 'poor'];
  const feedback = questions.map((question) => {
    const answer = context.answers[question];
    return answer?.kind === 'options' ? grades.indexOf(answer.ids[0] ?? '') + 1 : 0;
  });
  await store.change(`${eventOf(context)}:${personOf(context)}`, takingPart, { feedback });
  return { outcome: 'done' };
}

/** A file goes along with the thanks; a link has to be told. */
function material(_parts: EventParts, { answers }: ActionContext): Promise<ActionResult> {
  return Promise.resolve({ outcome: answers['event.address'] === undefined ? 'none' : 'link' });
}

async function makeCertificate(parts: EventParts, context: ActionContext): Promise<ActionResult> {
  const { store, files, date, office } = parts;
  const taking = await store.enrolmentsOf(personOf(context), takingPart);
  const attended = taking.filter(({ present }) => present.length > 0);
  const enrolment = attended.find(({ event }) => event === eventOf(context)) ?? attended.at(-1);
  const event = enrolment && (await store.event(enrolment.event));
  if (!event) return { outcome: 'none' };
  const { certificate } = await papers();
  const bytes = await certificate(enrolment.name, event.name, date(enrolment.present.at(-1) ?? event.last), office());
  const name = 'sertifikat.png';
  const id = await files.save({ type: 'image/png', name, bytes });
  return {
    outcome: 'made',
    values: {
      'event.name': { kind: 'text', text: event.name },
      'event.paper': { kind: 'file', id, type: 'image/png', name },
    },
  };
}

async function makeCalendar({ store, files }: EventParts, context: ActionContext): Promise<ActionResult> {
  const [enrolment] = (await store.enrolmentsOf(personOf(context))).slice(-1);
  const event = enrolment && (await store.event(enrolment.event));
  if (!event) return { outcome: 'none' };
  const { calendar } = await papers();
  const name = 'jadwal.ics';
  const id = await files.save({ type: 'text/calendar', name, bytes: calendar(event) });
  const values: Answers = {
    'event.name': { kind: 'text', text: event.name },
    'event.paper': { kind: 'file', id, type: 'text/calendar', name },
  };
  return { outcome: 'made', values };
}
