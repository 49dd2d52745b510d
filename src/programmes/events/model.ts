/** Events as they are stored, and the rules that need no database: who they fit, what is next. Pure. */
import type { Answer, Answers } from '../../engine/index.ts';

export const eventKinds = ['training', 'bazaar', 'exhibition'] as const;
export type EventKind = (typeof eventKinds)[number];

/** One day of an event; milliseconds since the epoch. */
export interface EventDate {
  start: number;
  end: number;
}

/** Something that everyone concerned has to be told. */
export interface Notice {
  number: number;
  what: 'moved' | 'cancelled';
  at: number;
  planned: boolean;
}

export interface EventRecord {
  _id: string;
  kind: EventKind;
  /** As it stands on a button: at most twenty letters. */
  name: string;
  about: string;
  /** At most thirty, in order. */
  dates: EventDate[];
  place: {
    /** Where, with a landmark, in words: "aula kantor dinas, seberang masjid". */
    words: string;
    pin?: { latitude: number; longitude: number };
    online?: { link: string; phone: string };
  };
  /** How many can take part; null where there is room for all. */
  places: number | null;
  for: {
    crafts?: string[];
    kelurahan?: string[];
    yearsFrom?: number;
    yearsTo?: number;
    groups?: boolean;
    languages?: string[];
  };
  bring: string | null;
  picture: { id: string; type: string } | null;
  material: { id: string; type: string; name: string } | { link: string } | null;
  /** Four digits on the wall. */
  code: string;
  state: 'open' | 'cancelled';
  reason: string | null;
  /** At most twenty. */
  notices: Notice[];
  /** The end of the last date, for looking up. */
  last: number;
  createdAt: Date;
  changedAt: number;
}

/** `offered`: a place was freed and waits for a yes. An exhibition is applied for, and staff choose. */
export const enrolmentStates = [
  'coming',
  'waiting',
  'offered',
  'cancelled',
  'lapsed',
  'applied',
  'chosen',
  'declined',
] as const;
export type EnrolmentState = (typeof enrolmentStates)[number];

/** Who takes part just now. */
export const takingPart: readonly EnrolmentState[] = ['coming', 'chosen'];
/** Whom a change of the event concerns. */
export const concerned: readonly EnrolmentState[] = ['coming', 'chosen', 'waiting', 'offered', 'applied'];

export interface Enrolment {
  /** "<event>:<person>". */
  _id: string;
  event: string;
  person: string;
  name: string;
  contact: string;
  channel: string;
  state: EnrolmentState;
  /** Who comes along: an option of the list "companions". */
  companion: string | null;
  /** When it came to this state, milliseconds since the epoch. */
  since: number;
  offeredUntil: number | null;
  reason: string | null;
  /** Starts of the dates on which they were there, at most thirty. */
  present: number[];
  /** Said at a reminder that they come, by the start of the date. */
  confirmed: number | null;
  feedback: number[];
  /** Something to be told to this person; `number` grows. */
  notice: { what: 'freed' | 'lapsed' | 'chosen' | 'declined'; number: number; at: number; planned: boolean } | null;
}

/** What an event may want to know of a person. */
export interface Craftsman {
  id: string;
  name: string;
  crafts: readonly string[];
  kelurahan: string;
  group: boolean;
  years: number | null;
  /** The language of the conversation; Indonesian where it is not known. */
  language: string;
}

/** Whether an event is for this person. What is not known of them does not keep them out. */
export function isFor({ for: wanted }: Pick<EventRecord, 'for'>, person: Craftsman): boolean {
  const { crafts, kelurahan, yearsFrom = 0, yearsTo = Number.MAX_SAFE_INTEGER, groups, languages } = wanted;
  return (
    (crafts === undefined || crafts.some((craft) => person.crafts.includes(craft))) &&
    (kelurahan === undefined || kelurahan.includes(person.kelurahan)) &&
    (person.years === null || (person.years >= yearsFrom && person.years <= yearsTo)) &&
    (groups === undefined || groups === person.group) &&
    (languages === undefined || languages.includes(person.language))
  );
}

/** The next date that has not ended; undefined when all are over. */
export const nextDate = ({ dates }: Pick<EventRecord, 'dates'>, now: number): EventDate | undefined =>
  dates.find(({ end }) => end > now);

/** What every text about an event may name. `when` says an instant in words. */
export function eventValues(event: EventRecord, date: EventDate | undefined, when: (at: number) => string): Answers {
  const text = (value: string): Answer => ({ kind: 'text', text: value });
  const { place, picture, bring } = event;
  return {
    'event.id': text(event._id),
    'event.name': text(event.name),
    'event.about': { kind: 'written', text: event.about },
    'event.when': text(date ? when(date.start) : ''),
    'event.start': { kind: 'number', number: date?.start ?? 0 },
    'event.venue': { kind: 'written', text: placeInWords(place) },
    'event.bring': text(bring ?? 'diri saja'),
    ...(place.pin && { 'event.pin': { kind: 'pin', name: place.words, ...place.pin } }),
    ...(picture && { 'event.picture': { kind: 'file', name: 'gambar', ...picture } }),
  };
}

const placeInWords = ({ words, online }: EventRecord['place']): string =>
  online ? `${words}, lewat ${online.link}. Perlu bantuan, telepon ${online.phone}` : words;
