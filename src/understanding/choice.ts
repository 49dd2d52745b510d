/** One or several out of a list, by digit, place, label or synonym. Digits are never fuzzy; two that fit are asked again. */
import { readCommand } from './command.ts';
import { resembles } from './fuzzy.ts';
import { clauses, fold, splitWords, tokens } from './normalise.ts';
import { plainNumber } from './numbers.ts';
import { prepare, type Prepared } from './prepared.ts';
import { monthIn, rangeIn } from './ranges.ts';
import { askBack, read, type Option, type Reading } from './reading.ts';
import { readYesNo } from './yesno.ts';
import { asks, formerly, near, negations, notYet, nowadays, softeners } from './words.ts';

const numberWords = new Set('no nomor nomer nmr pilihan opsi pilih yang yg nang angka'.split(' '));
const joining = new Set('dan wan lawan sama dengan plus juga jua n'.split(' '));
const ordinals = new Map([
  ['pertama', 1],
  ['partama', 1],
  ['kesatu', 1],
  ['kasatu', 1],
  ['terakhir', -1],
  ['tarakhir', -1],
  ['paling atas', 1],
  ['paling bawah', -1],
]);

/** The option that a text names exactly: by its digit ("2.", "(2)", "no 2", "nomor dua") or in its very words. */
export function isExactly(text: string, options: readonly Option[]): string | null {
  const words = tokens(text);
  const place = placeIn(words, options.length);
  if (place !== undefined) return options[place - 1]?.id ?? null;
  const joined = words.join(' ');
  if (joined === '') return null;
  return prepare(options).find(({ spoken }) => spoken.has(joined))?.id ?? null;
}

/** The option whose very words a text is, softeners aside; a place in the list counts for nothing, since none is shown. */
export function isNamed(text: string, options: readonly Option[]): string | null {
  const words = tokens(text);
  const core = words.filter((word) => !softeners.has(word));
  const spoken = [words.join(' '), core.join(' ')].filter((one) => one !== '');
  return prepare(options).find((option) => spoken.some((one) => option.spoken.has(one)))?.id ?? null;
}

/** The place that is named, from 1; undefined when something else than a place stands there. */
function placeIn(words: readonly string[], count: number): number | undefined {
  const core = words.filter((word) => !softeners.has(word));
  const spoken = ordinals.get(core.length === 1 ? (core[0] ?? '') : core.join(' ').replace(/^(yang|yg|nang) /u, ''));
  if (spoken !== undefined) return spoken < 0 ? count : spoken;
  const place = core.filter((word) => !numberWords.has(word));
  const [only, second] = place;
  if (only === undefined || place.length > 2) return undefined;
  if (place.length === 2 && /^(ke|ka)$/u.test(only) && second !== undefined) return digits(second);
  if (place.length !== 1) return undefined;
  return digits(only) ?? digits(only.replace(/^(ke|ka)/u, ''));
}

const digits = (word: string): number | undefined => (/^\d{1,2}$/.test(word) ? Number(word) : smallNumber(word));

function smallNumber(word: string): number | undefined {
  const value = /^\p{L}+$/u.test(word) ? plainNumber(word) : undefined;
  return value !== undefined && value >= 1 && value <= 20 ? value : undefined;
}

/** "yes, but": what follows takes back what came before. */
const contrast = /\b(tapi|tetapi|tagal|cuma|cuman|kecuali)\b/u;

export function readChoice(text: string, options: readonly Option[]): Reading<string> {
  const folded = fold(text);
  const words = splitWords(folded);
  if (words.length === 0) return askBack('empty');
  const exact = isExactly(text, options);
  if (exact !== null) return read(exact);
  const range = rangeIn(folded, options) ?? monthIn(words, options);
  if (range !== undefined && !folded.includes('?')) return read(range);
  const place = placeIn(words, options.length);
  if (place !== undefined) return askBack('out of range');
  const named = namedIn(folded, options);
  const numbers = words.filter((word) => /^\d+$/.test(word)).map(Number);
  const [hit] = named;
  const polar = named.length === 1 ? undefined : polarIn(text, options);
  if (polar !== undefined && (named.length === 0 || named.includes(polar))) return read(polar);
  const commanded = named.length === 0 ? (commandedIn(text, options) ?? unknownIn(text, options)) : undefined;
  if (commanded !== undefined) return read(commanded);
  if (named.length > 1) return askBack('several', named);
  if (asks(folded, words)) return askBack('question');
  if (contrast.test(folded)) return askBack('both');
  if (new Set(numbers).size > 1 && hit === undefined) return askBack('several');
  if (hit !== undefined) return agrees(words, numbers, hit, options) ? read(hit) : askBack('both');
  const partly = prepare(options).filter(({ common }) => words.some((word) => common.has(word)));
  if (partly.length > 1 && partly.length < Math.max(options.length, 3))
    return askBack(
      'several',
      partly.map(({ id }) => id),
    );
  return lonePlace(words, options);
}

/** "oke" after "Benar, simpan / Ada yang salah": a yes or a no names the one option that says it, if there is just one. */
function polarIn(text: string, options: readonly Option[]): string | undefined {
  const answer = readYesNo(text);
  if (!answer.understood) return undefined;
  const same = prepare(options).filter(({ says }) => says === answer.value);
  return same.length === 1 ? same[0]?.id : undefined;
}

/** "kada jadi" after an option "Batal": what the person would command stands on the list. */
function commandedIn(text: string, options: readonly Option[]): string | undefined {
  const command = readCommand(text);
  if (command === null) return undefined;
  const same = options.filter(({ words }) => readCommand(words[0] ?? '') === command);
  return same.length === 1 ? same[0]?.id : undefined;
}

/** "kada tahu" after an option "Tidak tahu". */
function unknownIn(text: string, options: readonly Option[]): string | undefined {
  const same = says(text) === 'unknown' ? options.filter(({ words }) => says(words[0] ?? '') === 'unknown') : [];
  return same.length === 1 ? same[0]?.id : undefined;
}

function says(text: string): string {
  const reading = readYesNo(text);
  return reading.understood ? '' : reading.reason;
}

/** A leading digit must name the same option as the words; digits elsewhere ("rt 2") belong to something else. */
function agrees(words: readonly string[], numbers: readonly number[], id: string, options: readonly Option[]): boolean {
  const [first] = words;
  if (first === undefined || !/^\d{1,2}$/.test(first) || numbers.length !== 1) return true;
  return options[Number(first) - 1]?.id === id;
}

/** "assalamualaikum bu, ulun nomor dua": a place named with its word, in a sentence that names nothing else. */
function lonePlace(words: readonly string[], options: readonly Option[]): Reading<string> {
  const marked = words.flatMap((word, index) => {
    const value = /^(no|nomor|nomer|nmr|pilihan)$/u.test(word) ? digits(words[index + 1] ?? '') : undefined;
    return value === undefined ? [] : [value];
  });
  const leading =
    /^\d{1,2}$/.test(words[0] ?? '') && words.slice(1).every((word) => softeners.has(word)) ? [Number(words[0])] : [];
  const places = new Set([...marked, ...leading]);
  const [place] = places;
  const option = places.size === 1 && place !== undefined ? options[place - 1] : undefined;
  return option ? read(option.id) : askBack('unclear');
}

/** Ids of the options that a text names by words of their own, without what it says not to be so. */
function namedIn(folded: string, options: readonly Option[]): string[] {
  const parts = whatHolds(clauses(folded).map(splitWords));
  const prepared = prepare(options);
  const ids = prepared.filter((option) => parts.some((words) => names(words, option, prepared))).map(({ id }) => id);
  if (ids.length < 2) return ids;
  // A longer phrase that fits whole is meant more than a word of it, unless another option is named beside it.
  const whole = prepared.flatMap((option) =>
    option.phrases
      .filter((phrase) => phrase.length > 1 && parts.some((words) => contains(words, phrase)))
      .map((phrase) => ({ option, phrase })),
  );
  const [first] = whole;
  if (!first || whole.some(({ option }) => option !== first.option)) return ids;
  const besides = parts.map((words) => words.filter((word) => !first.phrase.includes(word)));
  const others = prepared.filter(
    (option) => option !== first.option && besides.some((words) => names(words, option, prepared)),
  );
  return [first.option.id, ...others.map(({ id }) => id)];
}

function names(words: readonly string[], option: Prepared, all: readonly Prepared[]): boolean {
  if (option.phrases.some((phrase) => phrase.length > 1 && contains(words, phrase))) return true;
  return words.some((word, index) => {
    if (/^\d+$/.test(word) || softeners.has(word)) return false;
    const before = words[index - 1] ?? '';
    if (negations.has(before) || notYet.has(before) || near.has(before)) return false;
    const bare = word.replace(/(?<=\p{L}{3})nya$/u, '');
    return (
      option.own.has(word) ||
      (bare !== word && option.own.has(bare)) ||
      (!belongsElsewhere(word, option, all) && resemblesAny(word, option.own))
    );
  });
}

function resemblesAny(typed: string, words: ReadonlySet<string>): boolean {
  for (const word of words) if (resembles(typed, word)) return true;
  return false;
}

/** Exactly a word of another option is never a misspelling of this one. */
const belongsElsewhere = (word: string, option: Prepared, all: readonly Prepared[]): boolean =>
  all.some((other) => other !== option && (other.own.has(word) || other.common.has(word)));

const contains = (words: readonly string[], phrase: readonly string[]): boolean =>
  words.some((_, start) => phrase.every((word, offset) => words[start + offset] === word));

/** Parts that hold: without "not …", and without what was formerly so when it is said what is so now. */
function whatHolds(parts: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const now = parts.filter((words) => words.some((word) => nowadays.has(word)));
  if (now.length > 0 && parts.some((words) => formerly.has(words[0] ?? ''))) return now;
  // "lain sasirangan, purun" refuses the first; a lone "tidak" is an answer by itself.
  const kept = parts.filter((words) => !negations.has(words[0] ?? '') || words.length === 1 || parts.length === 1);
  return kept.length > 0 ? kept : parts;
}

const everything = new Set('semua semuanya samuaan sabarataan samunyaan sebarataan barataan kabeh'.split(' '));

/** Several of a list: "1 dan 3", "1,3", "sasirangan wan purun", "semuanya". In the order of the list. */
export function readChoices(text: string, options: readonly Option[]): Reading<readonly string[]> {
  const folded = fold(text);
  const words = splitWords(folded);
  if (words.length === 0) return askBack('empty');
  if (folded.includes('?')) return askBack('question');
  const core = words.filter((word) => !softeners.has(word));
  if (core.length > 0 && core.every((word) => everything.has(word))) return read(options.map(({ id }) => id));
  const places = placesIn(words, options.length);
  if (places === 'out of range') return askBack('out of range');
  const chosen = new Set([...places.map((place) => options[place - 1]?.id ?? ''), ...namedIn(folded, options)]);
  const one = chosen.size === 0 ? readChoice(text, options) : undefined;
  if (one) return one.understood ? read([one.value]) : one;
  return read(options.filter(({ id }) => chosen.has(id)).map(({ id }) => id));
}

/** All places that are named, when nothing but places, softeners and "and" stands there; else none. */
function placesIn(words: readonly string[], count: number): number[] | 'out of range' {
  const core = words.filter((word) => !softeners.has(word) && !numberWords.has(word) && !joining.has(word));
  const places = core.map((word) => digits(word) ?? splitDigits(word));
  if (places.length === 0 || places.some((place) => place === undefined)) return [];
  const whole = places.flat() as number[];
  return whole.some((place) => place < 1 || place > count) ? 'out of range' : whole;
}

/** "ke2" or "ka3" in a row of places. */
const splitDigits = (word: string): number | undefined =>
  /^(ke|ka)\d{1,2}$/u.test(word) ? Number(word.slice(2)) : undefined;
