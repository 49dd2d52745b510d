/**
 * Makes a text comparable: invisible marks, keycaps, foreign digits and styled letters become what they mean. Any string
 * is taken; nothing here can backtrack.
 */

/** The most that is read of a text. More is no answer, but a letter or something forwarded: staff read it. */
export const LONGEST_TEXT = 4_096;

const keycap = /([0-9])\uFE0F?\u20E3/gu;
const loneSurrogates = /\p{Cs}/gu;
const invisible = /[\p{Cf}\uFE00-\uFE0F\u{E0100}-\u{E01EF}\u034F]/gu;
const foreignDigit = /(?![0-9])\p{Nd}/gu;
const fractions = /[\u00BC-\u00BE\u2150-\u215F\u2189]/gu;

/** Circled digits of the dingbats block, which no normal form unfolds: ❶-❿, ➀-➉, ➊-➓. */
const dingbats = /[\u2776-\u2793]/gu;

/** What most people type on most days; none of the marks below is in it. */
const plain = /^[\x20-\x7E]*$/;
export const isPlain = (text: string): boolean => plain.test(text);

/** Readable as typed: one line per line break, single spaces, plain digits; case and punctuation stay. */
export function normalise(text: string): string {
  if (text.length <= LONGEST_TEXT && plain.test(text)) return text.replace(/ {2,}/g, ' ').trim();
  return (
    text
      .slice(0, LONGEST_TEXT)
      .replace(keycap, '$1')
      .replace(/\u{1F51F}/gu, '10')
      .replace(dingbats, (sign) => String(((sign.charCodeAt(0) - 0x2776) % 10) + 1))
      .replace(/\u00BD/gu, ' setengah ')
      .replace(fractions, ' pecahan ')
      .normalize('NFKC')
      // One sign may unfold into four words.
      .slice(0, LONGEST_TEXT)
      .replace(loneSurrogates, '')
      .replace(foreignDigit, digit)
      .replace(invisible, '')
      .replace(/[^\S\n]+/gu, ' ')
      .replace(/ ?\n\s*/gu, '\n')
      .trim()
  );
}

/** Decimal digits stand in blocks of ten from zero to nine. */
function digit(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}

/** Several readers look at one message, one after the other: what was made of it last is kept. */
const newest = { text: '', folded: '', split: '', words: [] as readonly string[] };

/** Lower case without marks over letters; what is written in a row of three or more letters is written once. */
export function fold(text: string): string {
  if (text !== newest.text) {
    newest.folded = folded(normalise(text));
    newest.text = text;
  }
  return newest.folded;
}

function folded(normal: string): string {
  const lower = normal.toLowerCase();
  const letters = (plain.test(lower) ? lower : lower.normalize('NFD').replace(/\p{M}/gu, '')).replace(/['’`]/gu, '');
  return hasDoubles(letters) ? letters.replace(/(\p{L})\1{2,}/gu, '$1') : letters;
}

/** Looking is much cheaper than replacing, and few words have any. */
function hasDoubles(word: string): boolean {
  for (let index = 1; index < word.length; index++)
    if (word.charCodeAt(index) === word.charCodeAt(index - 1)) return true;
  return false;
}

/** What is written with a doubled letter, written with one. */
export const withoutDoubles = (word: string): string => (hasDoubles(word) ? word.replace(/(\p{L})\1/gu, '$1') : word);

/** Words and numbers of a text, folded. "kira2" is the reduplication "kira". */
export const tokens = (text: string): readonly string[] => splitWords(fold(text));

/** The same for a text that is folded already. */
export function splitWords(folded: string): readonly string[] {
  if (folded !== newest.split) {
    newest.words = (folded.match(/[\p{L}\p{Nd}]+/gu) ?? []).map(withoutTwo);
    newest.split = folded;
  }
  return newest.words;
}

const withoutTwo = (word: string): string => (word.endsWith('2') ? word.replace(/^(\p{L}{3,})2$/u, '$1') : word);

/** The parts of a text between commas, full stops and line breaks; a dot or comma inside a number is none. */
export const clauses = (folded: string): string[] =>
  folded
    .split(/[;!?\n…]+|(?<!\d),|,(?!\d)|\.{2,}|\.(?=\s|$)/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
