/** Long rows of digits, such as a telephone number: typed in groups, with marks between, or said digit by digit. */
import { normalise, splitWords } from './normalise.ts';
import { wordNumber } from './numbers.ts';

/** Fewer digits than this, said in words, are a number and no row of digits. */
const SAID = 6;

/** A row of digits with nothing between but spaces and marks that people put there. */
const row = /\+?\(?\d(?:[ \n.()\-‐-―−]*\d)*/gu;

/** A letter that stands where a digit should: it must be asked, not guessed. */
const mixed = /\d[oOlIbBsS](?=[\doOlIbBsS]|$|\W)|(?<![\p{L}])[oOlI]\d{3,}/u;

/** A number that is written over several lines is one number. */
export const inOneLine = (text: string): string => normalise(text).replace(/(\d)\n(?=\d)/gu, '$1 ');

export interface Rows {
  /** Each row, digits only; a plus at the beginning stays. */
  rows: readonly string[];
  /** A letter stands among the digits. */
  mixed: boolean;
}

export function rowsOfDigits(text: string): Rows {
  const written = inDigits(text);
  const rows = [...written.matchAll(row)].map(([found]) => found.replace(/[^\d+]/gu, ''));
  return { rows, mixed: mixed.test(written) };
}

/** The text with digits that are said in words written as digits. */
function inDigits(text: string): string {
  const words = splitWords(text);
  const said = words.map((word) => (/^\p{L}+$/u.test(word) ? oneDigit(word) : undefined));
  const count = said.filter((digit) => digit !== undefined).length;
  return count < SAID ? text : words.map((word, index) => said[index] ?? ` ${word} `).join('');
}

function oneDigit(word: string): string | undefined {
  const value = wordNumber(word);
  return value !== undefined && value <= 9 ? String(value) : undefined;
}
