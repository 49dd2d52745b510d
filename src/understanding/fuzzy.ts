/**
 * Misspelt words: Damerau distance with limits by length (none up to three letters, one up to five, two beyond), which in
 * the trial of ux.md §5.2 found 94 % of words with one typo and took none wrongly.
 */
import damerau from 'damerau-levenshtein';
import { knownWords } from './words.ts';

/** The edits that a word of this length may have. */
const allowance = (length: number): number => (length <= 3 ? 0 : length <= 5 ? 1 : 2);

/** Whether `typed` is `word`, perhaps misspelt. Digits are never fuzzy. */
export function resembles(typed: string, word: string): boolean {
  if (typed === word) return true;
  const limit = allowance(Math.min(typed.length, word.length + 1));
  if (limit === 0 || Math.abs(typed.length - word.length) > limit) return false;
  if (knownWords.has(typed) || /\p{Nd}/u.test(typed) || typed.length > 40) return false;
  // People rarely miss the first letter; a word with another one is mostly another word.
  if (typed[0] !== word[0] && typed[1] !== word[0]) return false;
  return damerau(typed, word).steps <= limit;
}

/** The vocabulary's word that was meant: exactly, with doubled letters written once, run together with "bu", or misspelt by one. */
export function meant(typed: string, vocabulary: ReadonlySet<string>): string | undefined {
  if (vocabulary.has(typed)) return typed;
  const single = typed.replace(/(\p{L})\1/gu, '$1');
  if (vocabulary.has(single)) return single;
  const root = single.replace(/(bu|pak|lah|pang|kak|mas|ai)$/u, '');
  if (root.length >= 2 && vocabulary.has(root)) return root;
  if (typed.length < 4 || knownWords.has(typed) || /\p{Nd}/u.test(typed)) return undefined;
  for (const word of vocabulary)
    if (
      word.length >= 4 &&
      Math.abs(word.length - single.length) <= 1 &&
      word[0] === single[0] &&
      damerau(single, word).steps <= 1
    )
      return word;
  return undefined;
}
