/** What is said of each kind of delivery, decided at the moment of sending: is it still true, and of use? */
import type { Answers } from '../../engine/index.ts';
import type { Craftsman, Enrolment, EnrolmentState, EventRecord } from './model.ts';
import { eventValues, takingPart } from './model.ts';
import type { EventStore } from './store.ts';

export interface TellingParts {
  store: EventStore;
  person(id: string): Promise<Craftsman | undefined>;
  /** "Kamis, 3 Desember, pukul sembilan pagi". */
  when(at: number): string;
}

interface Sent {
  thing: string;
  person: string;
  slot: string;
}

type Said = { flow: string; answers: Answers; speaksFor?: string } | { refused: string };

/** Whether it is still to be told, and of which date. */
type Rule = (event: EventRecord, enrolment: Enrolment, slot: string, now: number) => Verdict;

interface Verdict {
  start?: number;
  refused?: string;
}

const onlyWhile =
  (states: readonly EnrolmentState[]): Rule =>
  (event, { state }) =>
    event.state === 'open' && states.includes(state) ? {} : { refused: state };

const answered: (what: EnrolmentState) => Rule =
  (what) =>
  (event, { state }) =>
    event.state === 'open' && state === what ? {} : { refused: state };

const rules: Readonly<Record<string, Rule>> = {
  reminder: (event, { state }, slot) => {
    const start = Number(slot.split('@')[1]);
    if (event.state !== 'open') return { refused: 'event cancelled' };
    if (!takingPart.includes(state)) return { refused: state };
    return event.dates.some((date) => date.start === start) ? { start } : { refused: 'moved' };
  },
  moved: (event, { state }, slot) => {
    if (event.state !== 'open') return { refused: 'event cancelled' };
    // Moved again meanwhile: the newer notice tells where and when.
    const newer = event.notices.some(({ what, number }) => what === 'moved' && number > Number(slot));
    if (newer) return { refused: 'moved again' };
    return ['cancelled', 'lapsed', 'declined'].includes(state) ? { refused: state } : {};
  },
  cancelled: (event, { state }) =>
    event.state === 'cancelled' && !['cancelled', 'lapsed', 'declined'].includes(state) ? {} : { refused: state },
  freed: (event, enrolment, slot, now) => {
    if (enrolment.state !== 'offered' || String(enrolment.notice?.number) !== slot) return { refused: enrolment.state };
    return (enrolment.offeredUntil ?? 0) > now && event.state === 'open' ? {} : { refused: 'too late' };
  },
  lapsed: answered('lapsed'),
  chosen: answered('chosen'),
  declined: answered('declined'),
  afterwards: onlyWhile(takingPart),
};

/**
 * Kinds of delivery that this programme brings, and whether each is owed: an event that does not take place, or another day,
 * would cost a way in vain; chosen or not is the answer to an own wish.
 */
export const toldKinds: readonly { kind: string; owed: boolean }[] = Object.keys(rules).map((kind) => ({
  kind,
  owed: ['cancelled', 'moved', 'chosen', 'declined'].includes(kind),
}));

export function createTelling({ store, person, when }: TellingParts) {
  return async (
    kind: string,
    { thing, person: whom, slot }: Sent,
    persons: readonly string[],
    now: number,
  ): Promise<Said> => {
    const event = await store.event(thing);
    const enrolment = event && (await store.enrolment(thing, whom));
    if (!event || !enrolment) return { refused: 'gone' };
    const verdict = rules[kind]?.(event, enrolment, slot, now) ?? { refused: 'unknown kind' };
    if (verdict.refused !== undefined) return { refused: verdict.refused };
    const date = event.dates.find(({ start, end }) =>
      verdict.start === undefined ? end > now : start === verdict.start,
    );
    const { reason } = kind === 'cancelled' ? event : enrolment;
    const answers: Answers = {
      ...eventValues(event, date ?? event.dates.at(-1), when),
      'event.person': { kind: 'text', text: whom },
      'event.reason': { kind: 'written', text: reason ?? 'ada halangan' },
      ...materialOf(event),
    };
    const name = persons.length > 1 ? (await person(whom))?.name : undefined;
    return { flow: kind, answers, ...(name !== undefined && { speaksFor: name }) };
  };
}

/** The file, or the link in words; where there is none, nothing is promised. */
function materialOf({ material }: EventRecord): Answers {
  if (!material) return {};
  if ('link' in material) return { 'event.address': { kind: 'written', text: material.link } };
  return { 'event.material': { kind: 'file', ...material } };
}
