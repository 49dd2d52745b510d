/** A whole number, such as years or people. A range, two numbers or a fraction is asked again. */
import { sinceThen } from './holding.ts';
import { clauses, fold, splitWords } from './normalise.ts';
import { numbersIn } from './numbers.ts';
import { askBack, read, type Reading } from './reading.ts';
import { formerly, negations, notYet, nowadays } from './words.ts';

export function readInteger(text: string): Reading<number> {
  // "20thn" and "10an" are a number and a word.
  const folded = fold(text).replace(/(\d)(?=\p{L})/gu, '$1 ');
  if (!/[\p{L}\p{Nd}]/u.test(folded)) return askBack('empty');
  // "1.000" is a thousand; "1,5" and "-3" are no counts.
  const grouped = folded.replace(/(?<![\d.,])\d{1,3}(?:\.\d{3})+(?!\d|[.,]{1,3}\d)/gu, (all) =>
    all.replaceAll('.', ''),
  );
  if (
    /\d[,.]\d|^-\s?\d|\d\s?(?:-|–|s\/d|sampai|sampe|atau|kadang)\s?\d|setengah|satangah|pecahan|\d\s(?:ratus|puluh)\b/u.test(
      grouped,
    )
  )
    return askBack('unclear');
  // A bound is no number; said alone, "min" speaks to the administrator.
  if (/\b(?:min|minimal|maks|maksimal)\.? ?\d/u.test(grouped)) return askBack('unclear');
  // More or less than a number is none; "kurang lebih" is an estimate.
  if (
    /\b(?:lebih|labih|lbh|kurang)\b/u.test(
      grouped.replace(/\b(?:kurang (?:lebih|labih)|(?:lebih|labih) kurang)\b/gu, ' '),
    )
  )
    return askBack('unclear');
  const holding = whatHolds(clauses(sinceThen(grouped)));
  const numbers = holding.flatMap((part) => wholeNumbers(splitWords(part)));
  if (folded.includes('?')) return askBack('question');
  const single = /\b(?:se|sa)(?:tahun|bulan|minggu)\b/u.test(grouped) ? [{ value: 1 }] : [];
  if (numbers.length === 0 && splitWords(grouped).some((word) => notYet.has(word))) return askBack('unclear');
  const values = new Set((numbers.length > 0 ? numbers : single).map(({ value }) => value));
  if (values.size > 1) return askBack('several');
  const [value] = values;
  if (value === undefined) return askBack('unclear');
  // "nine with me" may be nine or ten.
  return /\b(lawan|dengan|sama|ditambah) (ulun|saya|aku)\b/u.test(grouped) ? askBack('unclear') : read(value);
}

/** "sepuluh ribu": the word behind a number may make it thousands. */
const wholeNumbers = (words: readonly string[]) =>
  numbersIn(words).map(({ value, from, length }) => ({
    value: value < 1_000 && thousands.test(words[from + length] ?? '') ? value * 1_000 : value,
  }));

const thousands = /^(?:ribu|rebu|rb)$/u;

/** Without what was formerly so, and what is said not to be: "dulu 10, wahini 4", "lain 5, 6". */
function whatHolds(parts: readonly string[]): readonly string[] {
  const begins = (part: string, words: ReadonlySet<string>) => words.has(splitWords(part)[0] ?? '');
  const today = parts.filter((part) => begins(part, nowadays));
  if (today.length > 0) return today;
  const kept = parts.filter((part) => !begins(part, formerly) && !begins(part, negations));
  return kept.length > 0 ? kept : parts;
}
