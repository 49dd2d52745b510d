/** "Dibantu di kantor": a day and an hour at the office, claimed once, with the way there and what to bring. */
import type { Answer, Answers } from '../../engine/index.ts';
import type { Held } from '../../rules/index.ts';
import type { Action, ActionContext, ActionResult, Programme } from '../programme.ts';
import type { Appointment, AppointmentStore } from './store.ts';

export interface AppointmentParts {
  store: AppointmentStore;
  rule(name: string, now: number): Held;
  person(id: string): Promise<{ id: string; name: string } | undefined>;
  /** The instants of some hours of the day on each of the next working days; milliseconds since the epoch. */
  hoursFrom(
    now: number,
    days: readonly number[],
    hours: readonly number[],
    count: number,
  ): readonly (readonly number[])[];
  /** "Kamis, 3 Desember". */
  day(at: number): string;
  /** "pukul sembilan pagi". */
  hour(at: number): string;
  /** "Kamis, 3 Desember, pukul sembilan pagi". */
  when(at: number): string;
}

/** Days that are offered: as many as a message shows. */
const DAYS = 5;

type Run = (parts: AppointmentParts, context: ActionContext) => Promise<ActionResult>;

const actions: Readonly<Record<string, Omit<Action, 'run'> & { run: Run }>> = {
  days: { outcomes: ['some', 'none', 'mine'], changes: false, run: days },
  hours: { outcomes: ['some', 'none'], changes: false, run: hours },
  book: { outcomes: ['booked', 'full', 'mine', 'none'], changes: true, opens: () => 'appointments', run: book },
  mine: { outcomes: ['mine', 'none'], changes: false, run: mine },
  cancel: { outcomes: ['done', 'none'], changes: true, run: cancel },
};

export function createAppointments(parts: AppointmentParts): Programme {
  return {
    id: 'appointments',
    actions: Object.fromEntries(
      Object.entries(actions).map(([name, { run, ...spec }]): [string, Action] => [
        name,
        { ...spec, run: (context) => run(parts, context) },
      ]),
    ),
  };
}

const text = (value: string): Answer => ({ kind: 'text', text: value });
/** Who is not on record may come, too. */
const whoIs = ({ contact }: ActionContext): string => contact.persons[0] ?? contact.id;

interface Office {
  days: readonly number[];
  hours: readonly number[];
  places: number;
  where: string;
}

/** When and where somebody helps; undefined while the office has not said it. Examples do not count where people are served. */
export function officeIn({ values }: Held): Office | undefined {
  const numbers = (name: string) =>
    String(values[name]?.value ?? '')
      .split(',')
      .map((one) => Number(one.trim()))
      .filter((one) => Number.isInteger(one) && one > 0);
  const [list, times] = [numbers('days'), numbers('hours')];
  const places = values['places']?.value;
  const where = values['where']?.value;
  if (list.length === 0 || times.length === 0 || typeof places !== 'number' || typeof where !== 'string')
    return undefined;
  return { days: list, hours: times, places, where };
}

/** Hours with a free place, day by day. */
async function free(parts: AppointmentParts, now: number, office: Office): Promise<readonly (readonly number[])[]> {
  const offered = parts.hoursFrom(now, office.days, office.hours, DAYS);
  const all = offered.flat();
  const taken = await parts.store.between(Math.min(...all), Math.max(...all) + 1);
  const count = (start: number) => taken.filter((one) => one.start === start).length;
  return offered.map((day) => day.filter((start) => count(start) < office.places)).filter((day) => day.length > 0);
}

async function days(parts: AppointmentParts, context: ActionContext): Promise<ActionResult> {
  const office = officeIn(parts.rule('appointments', context.now));
  if (!office) return { outcome: 'none' };
  const before = await parts.store.of(whoIs(context));
  if (before && before.start > context.now) return { outcome: 'mine', values: told(parts, before, office.where) };
  const offered = await free(parts, context.now, office);
  const items = offered.map(([first = 0]) => ({ id: String(first), label: parts.day(first) }));
  return items.length === 0
    ? { outcome: 'none' }
    : { outcome: 'some', values: { 'appointment.days': { kind: 'list', items } } };
}

async function hours(parts: AppointmentParts, { answers, now }: ActionContext): Promise<ActionResult> {
  const office = officeIn(parts.rule('appointments', now));
  const chosen = Number(pickedOf(answers['appointment.day']));
  const day = office && (await free(parts, now, office)).find((one) => parts.day(one[0] ?? 0) === parts.day(chosen));
  if (!day) return { outcome: 'none' };
  const items = day.slice(0, DAYS).map((start) => ({ id: String(start), label: parts.hour(start) }));
  return { outcome: 'some', values: { 'appointment.hours': { kind: 'list', items } } };
}

const pickedOf = (answer: Answer | undefined): string => (answer?.kind === 'picked' ? answer.id : '');

async function book(parts: AppointmentParts, context: ActionContext): Promise<ActionResult> {
  const { key, contact, now, answers } = context;
  const office = officeIn(parts.rule('appointments', now));
  const start = Number(pickedOf(answers['appointment.hour']));
  // Only what is offered may be taken: an old list is no promise.
  const offered = office && parts.hoursFrom(now, office.days, office.hours, DAYS).flat().includes(start);
  if (!office || !offered) return { outcome: 'none' };
  const person = whoIs(context);
  const name = (await parts.person(person))?.name ?? '';
  const gone = await parts.store.of(person);
  if (gone && gone.start <= now) await parts.store.cancel(gone._id);
  const about = context.with['about'] ?? context.programme;
  const made = await parts.store.book(
    { key, start, person, name, contact: contact.id, channel: contact.channel, about, at: new Date(now) },
    office.places,
  );
  if (made === 'full') return { outcome: 'full' };
  if ('another' in made) return { outcome: 'mine', values: told(parts, made.another, office.where) };
  return { outcome: 'booked', values: told(parts, made, office.where) };
}

/** What a text may say of an appointment. */
export const told = (
  { when }: Pick<AppointmentParts, 'when'>,
  { _id, start }: Appointment,
  where: string,
): Answers => ({
  'appointment.id': text(_id),
  'appointment.when': text(when(start)),
  'appointment.where': { kind: 'written', text: where },
});

async function mine(parts: AppointmentParts, context: ActionContext): Promise<ActionResult> {
  const found = await parts.store.of(whoIs(context));
  const office = officeIn(parts.rule('appointments', context.now));
  if (!found || found.start <= context.now) return { outcome: 'none' };
  return { outcome: 'mine', values: told(parts, found, office?.where ?? '') };
}

async function cancel({ store }: AppointmentParts, { answers }: ActionContext): Promise<ActionResult> {
  const id = answers['appointment.id'];
  return { outcome: id?.kind === 'text' && (await store.cancel(id.text)) ? 'done' : 'none' };
}
