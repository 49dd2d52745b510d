/** A text that answers nothing: does it ask back, or say that one does not know? Then more is owed than "I do not understand". */
import { fold, splitWords } from './normalise.ts';
import { asks, questionWords, unknownPhrases } from './words.ts';

export type Doubt = 'question' | 'unknown';

export function readDoubt(text: string): Doubt | null {
  const folded = fold(text);
  const words = splitWords(folded);
  const spoken = ` ${words.join(' ')} `;
  if (unknownPhrases.some((phrase) => spoken.includes(` ${phrase} `))) return 'unknown';
  return asks(folded, words) ? 'question' : null;
}

/** The text without what makes it a question: "kur itu apa?" names KUR, where naming it is the answer. */
export const withoutAsking = (text: string): string =>
  splitWords(fold(text))
    .filter((word) => !questionWords.has(word))
    .map((word) => word.replace(/(?<=\p{L}{3})kah$/u, ''))
    .join(' ');
