/** What a reader answers: the value, or why it rather asks back. A wrong reading is far worse than a question. */

export type Reason =
  | 'empty' /** nothing that could be read */
  | 'unclear' /** words, but none that answer */
  | 'question' /** a question back */
  | 'both' /** a yes and a no */
  | 'doubtful' /** `candidates` holds one reading that may be something else: read it back */
  | 'several' /** more than one fits; see `candidates` */
  | 'maybe' /** perhaps, later, up to you */
  | 'unknown' /** "I do not know" */
  | 'out of range'; /** a number that is not on the list */

export type Reading<T> =
  { understood: true; value: T } | { understood: false; reason: Reason; candidates?: readonly string[] };

/** Something to choose. `words`: every label and synonym in every language; the first is the Indonesian label. */
export interface Option {
  id: string;
  words: readonly string[];
}

/** A kelurahan with its kecamatan. `words`: nicknames and places in it. */
export interface Area {
  code: string;
  name: string;
  district: { code: string; name: string };
  words: readonly string[];
}

export const read = <T>(value: T): Reading<T> => ({ understood: true, value });

export const askBack = (reason: Reason, candidates?: readonly string[]): Reading<never> => ({
  understood: false,
  reason,
  ...(candidates && { candidates }),
});
