/** Numbers in words: the Indonesian ones and both Banjarese systems (domain.md §9.3). */
import { groupBy } from './group-by.ts';
import { misspellings } from './fuzzy.ts';
import { withoutDoubles } from './normalise.ts';

const units: Readonly<Record<string, number>> = {
  nol: 0,
  nul: 0,
  kosong: 0,
  satu: 1,
  asa: 1,
  sabuting: 1,
  sebuah: 1,
  sabuah: 1,
  dua: 2,
  tiga: 3,
  talu: 3,
  talung: 3,
  tallu: 3,
  empat: 4,
  ampat: 4,
  lima: 5,
  enam: 6,
  anam: 6,
  tujuh: 7,
  pitu: 7,
  pitung: 7,
  delapan: 8,
  dalapan: 8,
  lapan: 8,
  walu: 8,
  walung: 8,
  sembilan: 9,
  sambilan: 9,
  sanga: 9,
  sangang: 9,
  sepuluh: 10,
  sapuluh: 10,
  sebelas: 11,
  sawalas: 11,
  sablas: 11,
  sabalas: 11,
  salikur: 21,
  salawi: 25,
  seratus: 100,
  saratus: 100,
  seribu: 1_000,
  saribu: 1_000,
  salaksa: 10_000,
};

/** Stems that "belas", "walas", "likur" and "puluh" follow, also written together: "taluwalas", "talungpuluh". */
const stems: Readonly<Record<string, number>> = {
  dua: 2,
  tiga: 3,
  talu: 3,
  talung: 3,
  empat: 4,
  ampat: 4,
  lima: 5,
  enam: 6,
  anam: 6,
  tujuh: 7,
  pitu: 7,
  pitung: 7,
  delapan: 8,
  dalapan: 8,
  lapan: 8,
  walu: 8,
  walung: 8,
  sembilan: 9,
  sambilan: 9,
  sanga: 9,
  sangang: 9,
};

const stemEntries = Object.entries(stems);
const joinedWord = /(?:[bw]a?las|belas|likur|puluh?|r?atus)$/u;

const endings: readonly (readonly [RegExp, (stem: number) => number])[] = [
  [/^(belas|balas|walas|blas|bls|belasan)$/u, (stem) => stem + 10],
  [/^(likur)$/u, (stem) => stem + 20],
  [/^(puluh|pulu|pluh|plh|puluhan)$/u, (stem) => stem * 10],
  [/^(ratus|atus|rts|rtus|ratusan)$/u, (stem) => stem * 100],
];

/** People counted in one word. */
const people: Readonly<Record<string, number>> = {
  sendiri: 1,
  sendirian: 1,
  saurangan: 1,
  sorangan: 1,
  saurang: 1,
  seorang: 1,
  berdua: 2,
  badua: 2,
  bertiga: 3,
  batiga: 3,
  batalu: 3,
  berempat: 4,
  baampat: 4,
  berlima: 5,
  balima: 5,
};

const dozens: Readonly<Record<string, number>> = { lusin: 12, losin: 12, kodi: 20 };
const oneOf: Readonly<Record<string, number>> = { selusin: 12, salusin: 12, sekodi: 20, sakodi: 20 };

/** "tga" for "tiga": the consonants, as in short messages; only for words that keep their last vowel. */
const skeleton = (word: string): string => word.replace(/[aiueo](?=[^aiueo])/gu, '');

const spelt = Object.keys(units);
const byWord = new Map(Object.entries(units));
const oneWord = new Map(Object.entries({ ...oneOf, ...people, ...units }));
const long = new Set(spelt.filter((name) => name.length >= 5));
const bySkeleton = groupBy(spelt, skeleton);

/** A small number in one word, perhaps misspelt, people and dozens counted as well; undefined when it is none. */
export const wordNumber = (word: string): number | undefined => oneWord.get(word) ?? plainNumber(word);

/** A number's own word, perhaps misspelt: "saurangan" counts people and is none. */
export function plainNumber(word: string): number | undefined {
  const known = byWord.get(word) ?? joined(word);
  if (known !== undefined) return known;
  if (word.length < 3) return undefined;
  const single = withoutDoubles(word);
  if (spelt.includes(single)) return units[single];
  const skeletons = bySkeleton.get(word) ?? [];
  if (skeletons.length === 1) return units[skeletons[0] ?? ''];
  // One letter at most, and never the first: "sampai" is not "ampat".
  const close = misspellings(word, long);
  const [value, other] = new Set(close.map((name) => units[name]));
  return other === undefined ? value : undefined;
}

function joined(word: string): number | undefined {
  if (!joinedWord.test(word)) return undefined;
  for (const [stem, value] of stemEntries) {
    if (!word.startsWith(stem) || word.length === stem.length) continue;
    const ending = endings.find(([pattern]) => pattern.test(word.slice(stem.length)));
    if (ending) return ending[1](value);
  }
  return undefined;
}

/** One number found in a row of words: its value and how many words it took. */
export interface Found {
  value: number;
  from: number;
  length: number;
}

/** All whole numbers in a row of words, in order. "dua puluh lima" is one, "dua tiga" are two. */
export function numbersIn(words: readonly string[]): Found[] {
  const found: Found[] = [];
  for (let place = 0; place < words.length;) {
    const number = numberAt(words, place);
    if (number) {
      found.push(number);
      place += number.length;
    } else place++;
  }
  return found;
}

export function numberAt(words: readonly string[], from: number): Found | undefined {
  let total = 0;
  let length = 0;
  let last = Infinity;
  for (;;) {
    const part = partAt(words, from + length);
    // Parts of one number get smaller: "seratus dua puluh lima"; "dua tiga" are two numbers.
    if (!part || part.value >= last || (length > 0 && last < 10)) break;
    total += part.value;
    length += part.length;
    last = part.value >= 1_000 ? 1_000 : part.value >= 100 ? 100 : part.value >= 20 && part.value % 10 === 0 ? 10 : 1;
  }
  if (length === 0) return undefined;
  const dozen = dozens[words[from + length] ?? ''];
  return dozen === undefined ? { value: total, from, length } : { value: total * dozen, from, length: length + 1 };
}

/** A misspelt digit before an ending: "lma puluh". */
function digitWord(word: string): number | undefined {
  const value = wordNumber(word);
  return value !== undefined && value >= 2 && value <= 9 ? value : undefined;
}

function partAt(words: readonly string[], place: number): { value: number; length: number } | undefined {
  const word = words[place] ?? '';
  if (/^\d{1,9}$/.test(word)) return { value: Number(word), length: 1 };
  const next = words[place + 1] ?? '';
  const ending = endings.find(([pattern]) => pattern.test(next));
  const stem = stems[word] ?? (ending ? digitWord(word) : undefined);
  if (stem !== undefined && ending) return { value: ending[1](stem), length: 2 };
  if (stem !== undefined && (next === 'ribu' || next === 'rb')) return { value: stem * 1_000, length: 2 };
  const value = wordNumber(word);
  return value === undefined ? undefined : { value, length: 1 };
}
