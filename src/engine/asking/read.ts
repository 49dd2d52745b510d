/** What a text means at a question: an answer, a choice of a narrower list, a way out, or nothing that we understood. */
import {
  climbNik,
  digitsIn,
  isExactly,
  isNamed,
  readAgreement,
  readChoice,
  readChoices,
  readCode,
  readInteger,
  readKelurahan,
  readMoney,
  readMonths,
  readName,
  readNib,
  readText,
  readYesNo,
  tokens,
  withoutAsking,
  type Reading,
} from '../../understanding/index.ts';
import { ANSWER_LENGTH, OPTIONS_A_MESSAGE } from '../limits.ts';
import { isWeighty, type AskNode } from '../nodes/schema.ts';
import type { Answer } from '../session.ts';
import type { TextRef } from '../effect.ts';
import { sharedText, type Walk } from '../frames.ts';
import { HIDDEN } from '../input.ts';
import { isEngineOption, type Choosable, type Options } from './options.ts';

export type Meaning =
  | { type: 'answer'; answer: Answer }
  /** It may be something else: it is read back. */
  | { type: 'doubt'; answer: Answer }
  /** An option of the engine's own, or a kecamatan: not yet an answer. */
  | { type: 'option'; id: string }
  /** Several fit: show these. */
  | { type: 'narrow'; ids: readonly string[] }
  /** `why`: what was missing, where that can be said. */
  | { type: 'unclear'; why?: TextRef };

const unclear: Meaning = { type: 'unclear' };

/** Not understood, and we can say what was missing. */
const because = (key: string, count: number): Meaning => ({
  type: 'unclear',
  why: sharedText(key, { 'digits.count': { kind: 'number', number: count } }),
});

/** What may stand beside a digit that is nothing but a digit. */
const beside = /^(?:\d+|no|nomor|bu|pak|ya|lah)$/u;

/** What is exactly on the screen, by its digit or in its very words; it goes before everything else. */
export function readExact(text: string, node: AskNode, options: Options): string | null {
  if (options.shown.length === 0) return null;
  const words = tokens(text);
  const hasDigit = words.some((word) => /\d/.test(word));
  // Without digits on the screen a number is an answer, so only words count.
  if (!options.numbered) return hasDigit ? null : isExactly(text, options.shown);
  // "The first one", "just one" may be said of anything; where a yes weighs, it is the bare digit or the label.
  const bare = hasDigit && words.every((word) => beside.test(word));
  return isWeighty(node) && !bare ? isNamed(text, options.shown) : isExactly(text, options.shown);
}

/** What an option on the screen stands for. */
export function meaningOfOption(node: AskNode, id: string, all: readonly Choosable[]): Meaning {
  if (node.ask === 'yesno' && (id === 'yes' || id === 'no')) return answer({ kind: 'yes', yes: id === 'yes' });
  if (id === 'skip') return answer({ kind: 'skipped' });
  const option = all.find((candidate) => candidate.id === id);
  if (option && 'place' in option.label)
    return isKelurahan(id) ? answer({ kind: 'area', code: id }) : { type: 'option', id };
  if (option && 'written' in option.label) return answer({ kind: 'picked', id, label: option.label.written });
  const rupiah = node.ask === 'money' ? /^rp_(\d+)$/.exec(id)?.[1] : undefined;
  if (rupiah !== undefined) return answer({ kind: 'money', rupiah: Number(rupiah) });
  const months = node.ask === 'months' ? /^m_(\d+)$/.exec(id)?.[1] : undefined;
  if (months !== undefined) return answer({ kind: 'number', number: Number(months), unit: 'months' });
  const list = node.options ?? node.or;
  if (list !== undefined && !isEngineOption(id)) return answer({ kind: 'options', list, ids: [id] });
  return { type: 'option', id };
}

/** Reads a text that is not exactly an option. The options beside it may also be named loosely. */
export function readAnswer(walk: Walk, node: AskNode, text: string, options: Options): Meaning {
  const meaning = readers[node.ask](walk, node, node.questions ? withoutAsking(text) : text, options);
  if (meaning.type !== 'unclear' || node.ask === 'choices') return meaning;
  const beside = chosen(node, readChoice(text, options.beside), options);
  return beside.type === 'unclear' ? meaning : beside;
}

type Reader = (walk: Walk, node: AskNode, text: string, options: Options) => Meaning;

const readers: Record<AskNode['ask'], Reader> = {
  yesno: (_walk, node, text) =>
    of(isWeighty(node) ? readAgreement(text, node.readback) : readYesNo(text), (yes) => ({ kind: 'yes', yes })),
  choice: (_walk, node, text, options) =>
    node.deed && !namesOption(text, options) ? unclear : chosen(node, readChoice(text, options.own), options),
  choices: (_walk, node, text, options) =>
    of(readChoices(text, options.own), (ids) => ({ kind: 'options', list: node.options ?? '', ids: [...ids] })),
  integer: (walk, node, text) => {
    const reading = readInteger(text);
    const number = reading.understood ? fit(reading.value, node, walk.now) : undefined;
    return number === undefined
      ? unclear
      : answer({ kind: 'number', number, ...(node.unit !== undefined && { unit: node.unit }) });
  },
  name(_walk, _node, text) {
    const reading = readName(text);
    const name = reading.understood
      ? reading.value
      : reading.reason === 'doubtful'
        ? reading.candidates?.[0]
        : undefined;
    if (name === undefined) return unclear;
    const value: Answer = { kind: 'text', text: name.slice(0, ANSWER_LENGTH) };
    return reading.understood ? answer(value) : { type: 'doubt', answer: value };
  },
  // A text that may be long is kept to the letter, whatever it is; a short one is an answer, and is read as one.
  text: (_walk, { max }, text) =>
    max === undefined
      ? of(readText(text), (value) => ({ kind: 'text', text: value.slice(0, ANSWER_LENGTH) }))
      : !/\p{L}/u.test(text)
        ? unclear
        : answer({ kind: 'text', text: text.trim().slice(0, max) }),
  money: (_walk, { min = 0, max = Number.MAX_SAFE_INTEGER }, text) => {
    const reading = readMoney(text);
    return reading.understood && reading.value >= min && reading.value <= max
      ? answer({ kind: 'money', rupiah: reading.value })
      : unclear;
  },
  months(_walk, { min = 1, max = Number.MAX_SAFE_INTEGER }, text) {
    const reading = readMonths(text);
    return reading.understood && reading.value >= min && reading.value <= max
      ? answer({ kind: 'number', number: reading.value, unit: 'months' })
      : unclear;
  },
  nik: (walk, _node, text) => nikIn(walk, text),
  nib(_walk, _node, text) {
    const reading = readNib(text);
    if (reading.understood) return answer({ kind: 'text', text: reading.value });
    const count = digitsIn(text);
    return count >= ATTEMPT ? because('unclear.nib', count) : unclear;
  },
  photo: () => unclear,
  code: (_walk, { max }, text) => of(readCode(text, max), (value) => ({ kind: 'text', text: value })),
  kelurahan: (walk, node, text, options) => {
    if (options.shown.length > 0) {
      const pick = chosen(node, readChoice(text, options.shown), options);
      if (pick.type !== 'unclear') return pick;
    }
    const reading = readKelurahan(text, walk.library.areas);
    if (!reading.understood && reading.candidates) return { type: 'narrow', ids: reading.candidates };
    return of(reading, (code) => ({ kind: 'area', code }));
  },
};

/** Whether a text holds a word of an option, and is not merely taken for one since it agrees or refuses. */
function namesOption(text: string, { own }: Options): boolean {
  const words = new Set(own.flatMap((option) => option.words.flatMap(tokens)));
  return tokens(text).some((word) => words.has(word));
}

/** Fewer digits are no attempt at a number of a card. */
const ATTEMPT = 6;

/** The number was hidden before; here it is looked at, and kept sealed. */
function nikIn({ hidden, now, library, before }: Walk, text: string): Meaning {
  const [number, other] = hidden?.numbers ?? [];
  if (other) return { type: 'unclear', why: sharedText('unclear.nik_several') };
  if (/\b(?:kk|kartu keluarga)\b/iu.test(text)) return { type: 'unclear', why: sharedText('unclear.nik_family') };
  if (!number) {
    const count = digitsIn(text.replaceAll(HIDDEN, ''));
    return count >= ATTEMPT ? because('unclear.nik_length', count) : unclear;
  }
  const climbed = climbNik(number.written, { now, areas: library.areas });
  if ('fault' in climbed) return because(`unclear.nik_${climbed.fault}`, climbed.length);
  if (climbed.odd.includes('letters')) before.push(sharedText('engine.letters'));
  return answer({ kind: 'secret', sealed: number.sealed, last4: climbed.digits.slice(-4) });
}

const answer = (value: Answer): Meaning => ({ type: 'answer', answer: value });

const of = <T>(reading: Reading<T>, make: (value: T) => Answer): Meaning =>
  reading.understood ? answer(make(reading.value)) : unclear;

function chosen(node: AskNode, reading: Reading<string>, options: Options): Meaning {
  if (reading.understood) return meaningOfOption(node, reading.value, options.all);
  const { candidates = [] } = reading;
  const few = candidates.length > 1 && candidates.length <= OPTIONS_A_MESSAGE;
  return few && candidates.length < options.all.length ? { type: 'narrow', ids: candidates } : unclear;
}

/** Within its bounds; with `since` a calendar year becomes years ("sejak 1998"). */
function fit(
  value: number,
  { min = 0, max = Number.MAX_SAFE_INTEGER, since }: AskNode,
  now: number,
): number | undefined {
  const years = since && value > max ? calendarYear(now) - value : value;
  return years >= min && years <= max ? years : undefined;
}

/** The calendar year of an instant; a day's error at the turn of the year does not matter for "since 1998". */
const calendarYear = (now: number): number => 1970 + Math.floor(now / 31_556_952_000);

/** A kelurahan's code has four parts ("63.72.03.1001"), a kecamatan's three. */
const isKelurahan = (code: string): boolean => code.split('.').length === 4;
