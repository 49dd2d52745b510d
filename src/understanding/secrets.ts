/**
 * What of a message must not be stored as it was written: numbers as long as those of identity cards and family cards, and
 * passwords and codes, which nobody should ever send. Found before anything else reads the message.
 */
import { fold } from './normalise.ts';
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

/** Digits in groups, with the spaces and marks that people put between; a letter may stand where a digit should. */
const run = /(?<![\p{L}\p{N}])[\p{Nd}oOlI](?:[\s.\-‐-―−_/]{0,3}[\p{Nd}oOlI]){14,}(?![\p{L}\p{N}])/gu;

/** A code or password, named as such. What follows its name is the secret. */
const named =
  /(?<![\p{L}])(?:otp|kode|code|pin|sandi|kata sandi|password|pasword|passwort|pass|paswot|verifikasi)(?:nya|ku)?(?:\s+(?:otp|oss|wa|verifikasi|masuk|saya|ulun|akun|rahasia|sandi))*\s*(?::|=|adalah|itu|yaitu|ya)?\s*["'“”*]?([^\s"'“”*]{4,40})/giu;

/** A code holds a digit; a word behind "kode" is no secret ("kode pos"), nor are the four digits on the wall of a hall. */
const isCode = (given: string, name: string): boolean =>
  /\p{Nd}/u.test(given) && (!/^(?:kode|code)(?:nya)?\s*\S?\s*$/iu.test(name) || digitCount(given) > 4);
const passwordWord = /(?:sandi|pas{1,2}wor|paswot|pass)/iu;

/** Most messages are short and hold nothing of the kind; one look tells it. */
const mayHold = (text: string): boolean => text.length >= SHORTEST || nameOfCode.test(text);

const nameOfCode = /otp|kode|code|pin|sandi|pas|verif/iu;

export function findSecrets(text: string): Secret[] {
  if (!mayHold(text)) return [];
  const numbers = [...writtenNumbers(text), ...spokenNumbers(text)];
  const codes = [...(nameOfCode.test(text) ? text.matchAll(named) : [])].flatMap((match): Secret[] => {
    const given = match[1] ?? '';
    const name = match[0].slice(0, match[0].length - given.length);
    const password = passwordWord.test(name);
    if (!isCode(given, name) && !(password && /[^\p{L}.,!?]/u.test(given))) return [];
    const from = match.index + match[0].lastIndexOf(given);
    return [{ kind: 'code', from, to: from + given.length, written: given }];
  });
  const free = codes.filter((code) => numbers.every(({ from, to }) => code.to <= from || code.from >= to));
  return [...numbers, ...free].sort((a, b) => a.from - b.from);
}

function writtenNumbers(text: string): Secret[] {
  return [...text.matchAll(run)].flatMap((match) => {
    const groups = [...match[0].matchAll(/[\p{Nd}oOlI]+/gu)].map((group) => ({
      text: digitsOf(group[0]),
      from: match.index + group.index,
      to: match.index + group.index + group[0].length,
    }));
    return rowsIn(groups);
  });
}

/** Neighbouring groups that are together as long as such a number; the whole where it fits, else each row of groups that does. */
function rowsIn(groups: readonly { text: string; from: number; to: number }[]): Secret[] {
  const found: Secret[] = [];
  for (let start = 0; start < groups.length;) {
    let written = '';
    let best: Secret | undefined;
    let end = start;
    for (let next = start; next < groups.length; next++) {
      written += groups[next]?.text ?? '';
      if (written.length > LONGEST) break;
      // No province begins with a nought: that is a telephone.
      if (written.startsWith('0') || written.length < SHORTEST || digitCount(written) < FEWEST) continue;
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
  const words = [...text.matchAll(/[\p{L}\p{Nd}]+/gu)].map((match) => ({
    digit: oneDigit(match[0]),
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

function oneDigit(word: string): number | undefined {
  if (/^\p{Nd}$/u.test(word)) return Number(digitsOf(word));
  const value = /^\p{L}+$/u.test(word) ? wordNumber(fold(word)) : undefined;
  return value !== undefined && value <= 9 ? value : undefined;
}

const digitCount = (text: string): number => (text.match(/\d/g) ?? []).length;

/** Digits of any script as ours; letters stay. */
const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => fold(digit));

/** The text with each secret put behind a mask: the last four digits of a number, nothing of a code. */
export function maskSecrets(text: string, secrets: readonly Secret[]): string {
  let masked = '';
  let at = 0;
  for (const { kind, from, to, written } of secrets) {
    masked += `${text.slice(at, from)}${kind === 'number' ? `[nomor …${written.slice(-4)}]` : '[disembunyikan]'}`;
    at = to;
  }
  return masked + text.slice(at);
}
