/**
 * Makes a text comparable: invisible marks, keycaps, foreign digits and styled letters become what they mean. Any string
 * is taken; nothing here can backtrack.
 */

/** Code points that are read; a longer text is a forward, and its beginning tells enough. */
const LENGTH = 4_096;

const keycap = /([0-9])\uFE0F?\u20E3/gu;
const loneSurrogates = /\p{Cs}/gu;
const invisible = /[\p{Cf}\uFE00-\uFE0F\u{E0100}-\u{E01EF}\u034F]/gu;
const foreignDigit = /(?![0-9])\p{Nd}/gu;
const fractions = /[\u00BC-\u00BE\u2150-\u215F\u2189]/gu;

/** Circled digits of the dingbats block, which no normal form unfolds: ❶-❿, ➀-➉, ➊-➓. */
const dingbats = /[\u2776-\u2793]/gu;

/** Readable as typed: one line per line break, single spaces, plain digits; case and punctuation stay. */
export function normalise(text: string): string {
  const short =
    text.length > LENGTH
      ? Array.from(text.slice(0, LENGTH * 2))
          .slice(0, LENGTH)
          .join('')
      : text;
  return short
    .replace(loneSurrogates, '')
    .replace(keycap, '$1')
    .replace(/\u{1F51F}/gu, '10')
    .replace(dingbats, (sign) => String(((sign.charCodeAt(0) - 0x2776) % 10) + 1))
    .replace(/\u00BD/gu, ' setengah ')
    .replace(fractions, ' pecahan ')
    .normalize('NFKC')
    .replace(foreignDigit, digit)
    .replace(invisible, '')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n\s*/gu, '\n')
    .trim();
}

/** Decimal digits stand in blocks of ten from zero to nine. */
function digit(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}

/** Lower case without marks over letters; what is written in a row of three or more letters is written once. */
export const fold = (text: string): string =>
  normalise(text)
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['’`]/gu, '')
    .replace(/(\p{L})\1{2,}/gu, '$1');

/** Words and numbers of a text, folded. "kira2" is the reduplication "kira". */
export function tokens(text: string): string[] {
  return splitWords(fold(text));
}

/** The same for a text that is folded already. */
export const splitWords = (folded: string): string[] =>
  (folded.match(/[\p{L}\p{Nd}]+/gu) ?? []).map((word) => word.replace(/^(\p{L}{3,})2$/u, '$1'));

/** The parts of a text between commas, full stops and line breaks; a dot inside a number or an abbreviation is none. */
export const clauses = (folded: string): string[] =>
  folded
    .split(/[,;!?\n…]+|\.{2,}|\.(?=\s|$)/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
