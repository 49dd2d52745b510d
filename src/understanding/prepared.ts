/** A list of options as it is compared with what people say; made once a list. */
import { alike } from './concepts.ts';
import { tokens } from './normalise.ts';
import type { Option } from './reading.ts';
import { questionWords } from './words.ts';
import { readYesNo } from './yesno.ts';

/** Words of labels that tell nothing apart. */
const empty = new Set(
  'dan wan atau yang nang yg di ke ka dari matan untuk gasan dengan lawan saja haja ada itu ini'.split(' '),
);

const saysUnknown = (row: readonly string[]): boolean => {
  const reading = readYesNo(row.join(' '));
  return !reading.understood && reading.reason === 'unknown';
};

const denials = new Set('tidak tdk gak ga nggak kada kd ndak'.split(' '));

export interface Prepared {
  id: string;
  /** Each label and synonym as a row of words. */
  phrases: readonly (readonly string[])[];
  /** The same, each as one text. */
  spoken: ReadonlySet<string>;
  /** Words that no other option has. */
  own: ReadonlySet<string>;
  /** Words that other options have as well. */
  common: ReadonlySet<string>;
  /** Whether the label itself says yes or no. */
  says: boolean | undefined;
}

/** Ways to say "the other one", which its label says in one word. */
const others = ['lain', 'yang lain', 'yg lain', 'nang lain', 'lain lain', 'nang lainnya', 'yang lainnya'];

const known = new WeakMap<readonly Option[], readonly Prepared[]>();

/** Options as they are compared; kept by list, since the same lists come again with every message. */
export function prepare(options: readonly Option[]): readonly Prepared[] {
  let prepared = known.get(options);
  if (prepared) return prepared;
  // "J&T" is said "jnt".
  const spelt = (words: readonly string[]) =>
    words.flatMap((word) => (word.includes('&') ? [word, word.replaceAll('&', 'n')] : word));
  const rows = options.map(({ words }) =>
    spelt(words)
      .map(tokens)
      .filter((row) => row.length > 0),
  );
  const telling = (word: string) => !empty.has(word) && !questionWords.has(word);
  // "Tidak perlu" is said by "tidak" as well; "Tidak tahu" is not.
  const own = (row: readonly string[]) => (saysUnknown(row) ? row.filter((word) => !denials.has(word)) : row);
  const sets = rows.map((row) => new Set(row.flatMap(own).filter(telling).flatMap(alike)));
  const shared = (word: string) => sets.filter((set) => set.has(word)).length > 1;
  prepared = options.map(({ id, words: [label = ''] }, index) => {
    const words = [...(sets[index] ?? [])];
    const polarity = readYesNo(label);
    return {
      says: polarity.understood ? polarity.value : undefined,
      id,
      phrases: rows[index] ?? [],
      spoken: new Set(rows[index]?.flatMap((row) => [row.join(' '), ...(row.join(' ') === 'lainnya' ? others : [])])),
      own: new Set(words.filter((word) => !shared(word))),
      common: new Set(words.filter(shared)),
    };
  });
  known.set(options, prepared);
  return prepared;
}
