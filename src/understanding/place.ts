/**
 * Where a parcel goes: a kota or kabupaten, by its name or a nickname, narrowed by its province. Where two fit, such as
 * the kota and the kabupaten of one name, both are asked; a province alone is no destination.
 */
import { resembles } from './fuzzy.ts';
import { readHolding } from './holding.ts';
import { fold, splitWords } from './normalise.ts';
import { askBack, read, type Reading } from './reading.ts';
import { questionWords, softeners } from './words.ts';

/** A kota or kabupaten. `name` begins with its kind: "Kota Banjarbaru". */
export interface City {
  code: string;
  name: string;
  /** Nicknames and other ways to write it. */
  words: readonly string[];
  province: { code: string; name: string; words: readonly string[] };
}

interface Named<T> {
  of: T;
  phrase: readonly string[];
}
interface Gazetteer {
  cities: readonly Named<City>[];
  provinces: readonly Named<string>[];
  vocabulary: ReadonlySet<string>;
}

const kinds = /^(?:kota|kabupaten|kab|kotamadya|kodya|administrasi|adm)$/u;
const known = new WeakMap<readonly City[], Gazetteer>();

function gazetteer(cities: readonly City[]): Gazetteer {
  const before = known.get(cities);
  if (before) return before;
  const named = cities.flatMap((of) =>
    [of.name, ...of.words].map((name) => ({ of, phrase: splitWords(fold(name)).filter((word) => !kinds.test(word)) })),
  );
  const byCode = new Map(cities.map(({ province }) => [province.code, province]));
  const provinces = [...byCode.values()].flatMap(({ code, name, words }) =>
    [name, ...words].map((text) => ({ of: code, phrase: splitWords(fold(text)) })),
  );
  const vocabulary = new Set([...named, ...provinces].flatMap(({ phrase }) => phrase));
  const made = { cities: named, provinces, vocabulary };
  known.set(cities, made);
  return made;
}

/** @returns the official code of the kota or kabupaten, "63.72". */
export const readPlace = (text: string, cities: readonly City[]): Reading<string> =>
  readHolding(text, (holding) => placeIn(holding, cities, gazetteer(cities)));

function placeIn(holding: string, all: readonly City[], { cities, provinces, vocabulary }: Gazetteer): Reading<string> {
  const words = splitWords(afterTo(holding)).filter((word) => !/\d/u.test(word));
  const kind = words.find((word) => /^(?:kota|kabupaten|kab)$/u.test(word));
  const said = words.filter((word) => !kinds.test(word)).map((word) => meantIn(word, vocabulary));
  const within = longest(provinces, said).map(({ of }) => of);
  const hits = longest(cities, said);
  const size = hits[0]?.phrase.length ?? 0;
  // "jawa timur" is a province although a kota's name may end in "timur".
  const province = longest(provinces, said)[0]?.phrase.length ?? 0;
  const found = [...new Set(hits.map(({ of }) => of))];
  const inProvince = within.length > 0 ? found.filter((city) => within.includes(city.province.code)) : found;
  const fitting = inProvince.length > 0 ? inProvince : province >= size ? [] : found;
  const ofKind = fitting.filter(
    (city) => kind === undefined || city.name.startsWith(kind === 'kota' ? 'Kota' : 'Kabupaten'),
  );
  const candidates = ofKind.length > 0 ? ofKind : fitting;
  const [only] = candidates;
  if (only && candidates.length === 1) return read(only.code);
  if (only)
    return askBack(
      'several',
      candidates.map(({ code }) => code),
    );
  if (within.length === 0) return askBack('unclear');
  return askBack(
    'several',
    all.filter((city) => within.includes(city.province.code)).map(({ code }) => code),
  );
}

/** "dari banjarbaru ke surabaya": only where it goes counts. */
const afterTo = (folded: string): string => folded.replace(/^.*\b(?:ke|ka|tujuan|tujuannya|kirim ke)\s+(?=\S)/u, '');

/** The word of a name that a typed word is, perhaps misspelt; a word of a name is no other. */
function meantIn(typed: string, vocabulary: ReadonlySet<string>): string {
  if (vocabulary.has(typed) || typed.length < 5 || questionWords.has(typed) || softeners.has(typed)) return typed;
  const near = [...vocabulary].filter((word) => word.length >= 5 && typed[0] === word[0] && resembles(typed, word));
  return near.length === 1 ? (near[0] ?? typed) : typed;
}

/** The names that stand in a text, the longest of them; one inside a longer one is not meant. */
function longest<T>(names: readonly Named<T>[], said: readonly string[]): readonly Named<T>[] {
  const text = ` ${said.join(' ')} `;
  const joined = said.join('');
  const hits = names.filter(
    ({ phrase }) =>
      text.includes(` ${phrase.join(' ')} `) || (phrase.length > 1 && said.length === 1 && joined === phrase.join('')),
  );
  const most = Math.max(0, ...hits.map(({ phrase }) => phrase.length));
  return hits.filter(({ phrase }) => phrase.length === most);
}
