/**
 * Finds the answer to a free question among what people ask. It would rather find nothing than answer wrongly: the best
 * entry must hold most of what the question says, and must be clearly better than the next one.
 */
import MiniSearch from 'minisearch';
import { alike } from './concepts.ts';
import { fold, splitWords } from './normalise.ts';
import { questionWords, softeners } from './words.ts';

export interface FaqEntry {
  id: string;
  /** Ways to ask, Indonesian and Banjarese. */
  ask: readonly string[];
}

/** The id of the entry that answers a question, or null. */
export type Faq = (question: string) => string | null;

/** Least share of the question's telling words (weighed by how rare they are) that the best entry must hold. */
const COVERED = 0.65;

/** How much better than the next entry it must be. */
const AHEAD = 1.1;

/** Longer texts are stories or forwards. */
const WORDS = 25;

/** Words that every question may hold; they tell nothing apart. "berapa", "kapan" and "siapa" do. */
const empty = new Set(
  (
    'apa apakah napa itu tu ini yang yg nang untuk gasan di ke ka dari matan dan wan atau dengan lawan saya ulun aku kami bisa kawa ' +
    'boleh mau handak ada kah cara caranya bagaimana gimana kayapa kalau amun supaya agar sih saja haja juga jua lagi masih sudah ' +
    'harus perlu punya baisi minta bikin membuat maulah buat jadi urang orang pakai satu usaha sini seperti cuma mulai bukan tidak kada'
  ).split(' '),
);

/** Endings that change nothing of what is asked. */
const root = (word: string): string =>
  word.length > 5 ? word.replace(/(?:nya|kah|lah|ku)$/u, '').replace(/^(?:ba|ma|di)(?=\p{L}{5})/u, '') : word;

/** "nib itu apa", "napa itu kur": what is asked for is the meaning, which no other word of the question tells. */
const meaning = /\b(?:(?:itu|tu|ini|tuh) (?:apa|napa)|(?:apa|napa) (?:itu|tu)|arti(?:nya)?|maksud(?:nya)?)\b/u;
const MEANING = 'artinya';

function telling(text: string): string[] {
  const folded = fold(text);
  const words = splitWords(folded)
    .filter((word) => !softeners.has(word) && !empty.has(word))
    .map((word) => alike(root(word))[0] ?? word);
  return meaning.test(folded) ? [...words, MEANING] : words;
}

export function createFaq(entries: readonly FaqEntry[]): Faq {
  const index = new MiniSearch<{ id: string; ask: string }>({
    fields: ['ask'],
    tokenize: (text) => telling(text),
    processTerm: (term) => term,
  });
  index.addAll(entries.map(({ id, ask }) => ({ id, ask: ask.join(' . ') })));
  const holding = new Map<string, number>();
  for (const { ask } of entries)
    for (const word of new Set(telling(ask.join(' ')))) holding.set(word, (holding.get(word) ?? 0) + 1);
  /** How much a word tells: rare ones more; one that no entry knows tells that it is about something else. */
  const weight = (word: string): number => Math.log(1 + entries.length / (holding.get(word) ?? 0.5));

  return (question) => {
    const words = [...new Set(telling(question))];
    if (words.length === 0 || words.length > WORDS) return null;
    const found = index.search(question, {
      fuzzy: (term) => (term.length > 5 ? 1 : 0),
      prefix: (term) => term.length > 4,
    });
    const [best, next] = found;
    if (!best) return null;
    const all = words.reduce((sum, word) => sum + weight(word), 0);
    const held = words.filter((word) => best.queryTerms.includes(word));
    // "ini siapa?" asks nothing that a word of ours names.
    if (held.every((word) => questionWords.has(word) || word === MEANING)) return null;
    const covered = held.reduce((sum, word) => sum + weight(word), 0);
    const ahead = next === undefined || best.score >= next.score * AHEAD;
    return covered / all >= COVERED && ahead ? (best.id as string) : null;
  };
}
