/**
 * Misspelt words: Damerau distance with limits by length (none up to three letters, one up to five, two beyond), which in
 * the trial of ux.md §5.2 found 94 % of words with one typo and took none wrongly.
 */
import damerau from 'damerau-levenshtein';
import { groupBy } from './group-by.ts';
import { withoutDoubles } from './normalise.ts';
import { knownWords } from './words.ts';

/** The edits that a word of this length may have. */
const allowance = (length: number): number => (length <= 3 ? 0 : length <= 5 ? 1 : 2);

/** Whether `typed` is `word`, perhaps misspelt. Digits are never fuzzy. */
export function resembles(typed: string, word: string): boolean {
  if (typed === word) return true;
  const limit = allowance(Math.min(typed.length, word.length + 1));
  if (limit === 0 || Math.abs(typed.length - word.length) > limit) return false;
  // People rarely miss the first letter; a word with another one is mostly another word.
  if (typed[0] !== word[0] && typed[1] !== word[0]) return false;
  return isWithin(typed, word, limit) && typed.length <= 40 && !knownWords.has(typed) && !/\p{Nd}/u.test(typed);
}

/** The vocabulary's word that was meant: exactly, with doubled letters written once, run together with "bu", or misspelt by one. */
export function meant(typed: string, vocabulary: ReadonlySet<string>): string | undefined {
  if (vocabulary.has(typed)) return typed;
  const single = withoutDoubles(typed);
  if (vocabulary.has(single)) return single;
  const root = single.replace(/(bu|pak|lah|pang|kak|mas|ai)$/u, '');
  if (root.length >= 2 && vocabulary.has(root)) return root;
  if (typed.length < 4 || knownWords.has(typed) || /\p{Nd}/u.test(typed)) return undefined;
  return misspellings(single, vocabulary).find((word) => word.length >= 4);
}

/** The words of a vocabulary that this may be with one edit at most, and none in the first letter. */
export const misspellings = (typed: string, vocabulary: ReadonlySet<string>): readonly string[] =>
  knownWords.has(typed)
    ? []
    : beginningWith(firstLetter(typed), vocabulary).filter(
        (word) => Math.abs(word.length - typed.length) <= 1 && isWithin(typed, word, 1),
      );

/** Whether one word becomes the other by so many edits at most. One edit changes two of the letters that a word has. */
const isWithin = (typed: string, word: string, limit: number): boolean =>
  bits(lettersOf(typed) ^ lettersOf(word)) <= 2 * limit && damerau(typed, word).steps <= limit;

/** A bit for each letter that a word has; all beyond z share the rest. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let index = 0; index < word.length; index++) letters |= 1 << (word.charCodeAt(index) - 97);
  return letters;
}

function bits(number: number): number {
  let count = 0;
  for (let rest = number; rest !== 0; rest &= rest - 1) count++;
  return count;
}

const byFirstLetter = new WeakMap<ReadonlySet<string>, Map<string, string[]>>();

function beginningWith(letter: string, vocabulary: ReadonlySet<string>): readonly string[] {
  let known = byFirstLetter.get(vocabulary);
  if (!known) {
    known = groupBy(vocabulary, firstLetter);
    byFirstLetter.set(vocabulary, known);
  }
  return known.get(letter) ?? [];
}

const firstLetter = (word: string): string => word[0] ?? '';

/** A slip of the finger: letters swapped or one missing, never the first; for words that are long enough to stay unmistakable. */
export function isSlipOf(typed: string, word: string): boolean {
  if (typed.length < 4 || typed[0] !== word[0]) return false;
  if (typed.length === word.length) return sorted(typed) === sorted(word);
  return (
    word.length === typed.length + 1 &&
    [...word].some((_, index) => word.slice(0, index) + word.slice(index + 1) === typed)
  );
}

const sorted = (letters: string): string => [...letters].sort().join('');
