/** A question of the corpus schema, answered: every kind of answer by its name. */
import { readChoice } from './choice.ts';
import { readCommand, type Command } from './command.ts';
import { readDate } from './date.ts';
import { readInteger } from './integer.ts';
import { readIntent } from './intent.ts';
import { readKelurahan } from './kelurahan.ts';
import { readMoney } from './money.ts';
import { readName } from './name.ts';
import { readNik } from './nik.ts';
import { readPhone } from './phone.ts';
import { readPlace, type City } from './place.ts';
import { askBack, read, type Area, type Reading } from './reading.ts';
import { readWeight } from './weight.ts';
import { readYesNo } from './yesno.ts';

export const expectKinds = [
  'yesno',
  'choice',
  'integer',
  'money',
  'date',
  'phone',
  'nik',
  'kelurahan',
  'name',
  'command',
  'intent',
  'place',
  'weight',
] as const;
export type ExpectKind = (typeof expectKinds)[number];

export interface Question {
  expect: ExpectKind;
  text: string;
  /** For `choice`, in the order shown. */
  options?: readonly { id: string; label: string }[] | undefined;
  /** For `date`: ISO date-time with its offset; the day in that offset is today. */
  now?: string | undefined;
  /** For `date`: it lies behind, such as a date of birth. */
  past?: boolean | undefined;
}

/** The places that exist: the city's kelurahan, and every kota and kabupaten. */
export interface Gazetteer {
  areas: readonly Area[];
  cities: readonly City[];
}

/** `value` is null where the only right thing is to ask again; `reason` says why. */
export interface Understood {
  value: boolean | string | number | null;
  reason: string;
}

/** What the corpus takes for now where a line names no other. */
const NOW = '2026-11-25T09:00:00+08:00';

type Reader = (question: Question, places: Gazetteer) => Reading<boolean | string | number>;

const readers: Record<ExpectKind, Reader> = {
  yesno: ({ text }) => readYesNo(text),
  choice: ({ text, options = [] }) => readChoice(text, optionsOf(options)),
  integer: ({ text }) => readInteger(text),
  money: ({ text }) => readMoney(text),
  date: ({ text, now = NOW, past = false }) => readDate(text, { today: now.slice(0, 10), past }),
  phone: ({ text }) => readPhone(text),
  nik: ({ text }) => readNik(text),
  kelurahan: ({ text }, { areas }) => readKelurahan(text, areas),
  name: ({ text }) => readName(text),
  command: ({ text }) => commandOf(readCommand(text)),
  intent: ({ text }) => orUnclear(readIntent(text)),
  place: ({ text }, { cities }) => readPlace(text, cities),
  weight: ({ text }) => readWeight(text),
};

/** @throws RangeError when `now` does not begin with a date. */
export function understand(question: Question, places: Gazetteer): Understood {
  const reading = readers[question.expect](question, places);
  return reading.understood ? { value: reading.value, reason: 'understood' } : { value: null, reason: reading.reason };
}

const optionsOf = (options: readonly { id: string; label: string }[]) =>
  options.map(({ id, label }) => ({ id, words: [label] }));

/** What only the person can tell apart is asked. */
const commandOf = (command: Command | null): Reading<string> => {
  if (command === 'leave') return askBack('several', ['stop', 'delete_data']);
  return command === 'enough' ? askBack('doubtful', ['stop']) : orUnclear(command);
};

const orUnclear = (value: string | null): Reading<string> => (value === null ? askBack('unclear') : read(value));
