/**
 * What of a message must not be stored as it was written: numbers as long as those of identity cards and family cards, and
 * passwords and codes, which nobody should ever send. Found before anything else reads the message.
 */
import { fold, isPlain } from './normalise.ts';
import { wordNumber } from './numbers.ts';

export interface Secret {
  kind: 'number' | 'code';
  /** Where it stands in the text, as written. */
  from: number;
  to: number;
  /** Of a number: as it was written, with letters that stand for digits, without spaces and marks. */
  written: string;
}

/** An identity number has sixteen digits; one digit too few or some too many are still nearly the whole of it. */
const SHORTEST = 15;
const LONGEST = 18;

/** So many of them are digits; the others are letters that look like some. */
const FEWEST = 10;

/** Letters and digits, and what stands between them. */
const piece = /[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu;

/** A group of digits; a letter may stand where a digit should. */
const group = /^[\p{Nd}oOlI]+$/u;

/** So many digits in a word are a number of their own. */
const inWord = /\p{Nd}[\p{Nd}oOlI]{14,}/gu;

/** Spaces and marks that people put between groups. */
const between = /^[\s.\-‐-―−_/]{1,3}$/u;

/** The name of a code or password, and what may be said between it and the secret itself. */
const named =
  /(?<!\p{L})(?:otp|kode|code|pin|sandi|kata sandi|password|pasword|passwort|pass|paswot|verifikasi)(?:nya|ku)?/giu;
const told = /\s+(?:otp|oss|wa|verifikasi|masuk|saya|ulun|akun|rahasia|sandi)(?![\p{L}\p{N}])/iuy;
const given = /\s*(?:(?::|=|adalah|itu|yaitu|ya)\s*)?["'“”*]?([^\s"'“”*]{4,40})/iuy;

/** So many words may stand between a name and its secret ("kode verifikasi wa ulun"). */
const WORDS_BETWEEN = 4;

/** A code holds a digit; a word behind "kode" is no secret ("kode pos"), nor are the four digits on the wall of a hall. */
const isCode = (code: string, name: string): boolean =>
  /\p{Nd}/u.test(code) && (!/^(?:kode|code)(?:nya)?\S?$/iu.test(name.replace(/\s+/gu, '')) || digitCount(code) > 4);
const passwordWord = /(?:sandi|pas{1,2}wor|paswot|pass)/iu;

/** Most messages are short and hold nothing of the kind; one look tells it. */
const mayHold = (text: string): boolean => text.length >= SHORTEST || nameOfCode.test(text);

const nameOfCode = /otp|kode|code|pin|sandi|pas|verif/iu;

/** Without so many digits there is no written number. */
const manyDigits = /^(?:\P{Nd}*\p{Nd}){10}/u;

/** In their order; none reaches into another. One look at each letter, however long the text. */
export function findSecrets(text: string): Secret[] {
  if (!mayHold(text)) return [];
  const found = [
    ...(manyDigits.test(text) ? writtenNumbers(text) : []),
    ...spokenNumbers(text),
    ...(nameOfCode.test(text) ? codesIn(text) : []),
  ];
  let end = 0;
  return found
    .sort((a, b) => a.from - b.from || b.to - a.to)
    .filter(({ from, to }) => {
      const free = from >= end;
      if (free) end = to;
      return free;
    });
}

function codesIn(text: string): Secret[] {
  let end = 0;
  return [...text.matchAll(named)].flatMap(({ 0: called, index }): Secret[] => {
    if (index < end) return [];
    const code = codeAfter(text, index + called.length);
    if (!code) return [];
    const name = text.slice(index, code.from);
    if (!isCode(code.written, name) && !(passwordWord.test(name) && /[^\p{L}.,!?]/u.test(code.written))) return [];
    end = code.to;
    return [code];
  });
}

/** The word behind the name of a code: what is said between the two is stepped over, as much of it as leaves a secret. */
function codeAfter(text: string, start: number): Secret | undefined {
  const starts = [start];
  while (starts.length <= WORDS_BETWEEN) {
    const next = reach(told, text, starts.at(-1) ?? start);
    if (!next) break;
    starts.push(next.to);
  }
  for (const from of starts.reverse()) {
    const { written = '', to = 0 } = reach(given, text, from) ?? {};
    if (written !== '') return { kind: 'code', from: to - written.length, to, written };
  }
  return undefined;
}

/** What a sticky expression matches just here. */
function reach(sticky: RegExp, text: string, from: number): { written: string; to: number } | undefined {
  sticky.lastIndex = from;
  const match = sticky.exec(text);
  return match ? { written: match[1] ?? '', to: sticky.lastIndex } : undefined;
}

/** Digits that stand in groups, as people write long numbers: each row of neighbouring groups is looked at by itself. */
function writtenNumbers(text: string): Secret[] {
  const found: Secret[] = [];
  let row: Group[] = [];
  const end = () => {
    found.push(...rowsIn(row));
    row = [];
  };
  for (const { 0: part, index: from } of text.matchAll(piece)) {
    if (group.test(part)) row.push(groupOf(part, from));
    else if (!between.test(part)) end();
    if (row.length > 0) continue;
    // Written onto a word ("nik6372…"), it stands for itself.
    for (const { 0: digits, index } of part.matchAll(inWord)) found.push(...rowsIn([groupOf(digits, from + index)]));
  }
  end();
  return found;
}

/** Digits without a gap. */
interface Group {
  text: string;
  /** How many of it are digits; the others are letters. */
  digits: number;
  from: number;
  to: number;
}

function groupOf(written: string, from: number): Group {
  const text = digitsOf(written);
  return { text, digits: digitCount(text), from, to: from + written.length };
}

/** Neighbouring groups that are together as long as such a number; the whole where it fits, else each row of groups that does. */
function rowsIn(groups: readonly Group[]): Secret[] {
  const found: Secret[] = [];
  for (let start = 0; start < groups.length;) {
    const first = groups[start];
    // Longer than any number of a card without a gap: two of them, or one with something typed onto it.
    if (first && first.text.length > LONGEST && first.digits >= FEWEST)
      found.push({ kind: 'number', from: first.from, to: first.to, written: first.text });
    let written = '';
    let digits = 0;
    let best: Secret | undefined;
    let end = start;
    for (let next = start; next < groups.length; next++) {
      written += groups[next]?.text ?? '';
      digits += groups[next]?.digits ?? 0;
      if (written.length > LONGEST) break;
      // No province begins with a nought: that is a telephone.
      if (written.startsWith('0') || written.length < SHORTEST || digits < FEWEST) continue;
      best = { kind: 'number', from: groups[start]?.from ?? 0, to: groups[next]?.to ?? 0, written };
      end = next + 1;
    }
    if (best) found.push(best);
    start = best ? end : start + 1;
  }
  return found;
}

/** "anam tiga pitu dua …": said digit by digit. */
function spokenNumbers(text: string): Secret[] {
  // A digit said in a word has two letters at least, and a space behind it.
  if (text.length < SHORTEST * 3) return [];
  const known = new Map<string, number | undefined>();
  const words = [...text.matchAll(/[\p{L}\p{Nd}]+/gu)].map((match) => ({
    digit: remembered(known, match[0], oneDigit),
    spoken: /\p{L}/u.test(match[0]),
    from: match.index,
    to: match.index + match[0].length,
  }));
  const found: Secret[] = [];
  for (let start = 0; start < words.length; start++) {
    let end = start;
    while (words[end]?.digit !== undefined) end++;
    const row = words.slice(start, end);
    if (row.length >= SHORTEST && row.some(({ spoken }) => spoken))
      found.push({
        kind: 'number',
        from: row[0]?.from ?? 0,
        to: row.at(-1)?.to ?? 0,
        written: row.map(({ digit }) => digit).join(''),
      });
    if (row.length > 0) start = end;
  }
  return found;
}

/** What a word is, looked up once however often it is said. */
function remembered<T>(known: Map<string, T>, word: string, look: (word: string) => T): T {
  const found = known.has(word) ? (known.get(word) as T) : look(word);
  known.set(word, found);
  return found;
}

/** The longest word for a digit, written as people write, has fewer letters. */
const LONGEST_DIGIT = 16;

function oneDigit(word: string): number | undefined {
  if (word.length > LONGEST_DIGIT) return undefined;
  if (/^\p{Nd}$/u.test(word)) return Number(digitsOf(word));
  const value = /^\p{L}+$/u.test(word) ? wordNumber(fold(word)) : undefined;
  return value !== undefined && value <= 9 ? value : undefined;
}

const digitCount = (text: string): number => (text.match(/\d/g) ?? []).length;

/** Digits of any script as ours; letters stay. */
const digitsOf = (text: string): string =>
  isPlain(text) ? text : text.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => fold(digit));

/** What stands in place of a secret: the last four digits of a number, nothing of a code. */
export const maskOf = ({ kind, written }: Pick<Secret, 'kind' | 'written'>): string =>
  kind === 'number' ? `[nomor …${written.slice(-4)}]` : '[disembunyikan]';
