/** A kelurahan by its name, nickname, a place in it, or its official code; a kecamatan or several that fit are asked again. */
import { resembles } from './fuzzy.ts';
import { groupBy } from './group-by.ts';
import { sinceThen } from './holding.ts';
import { clauses, fold, splitWords, withoutDoubles } from './normalise.ts';
import { askBack, read, type Area, type Reading } from './reading.ts';
import { formerly, near, negations, nowadays } from './words.ts';

/** Short forms of words in names of places (domain.md §4.2), spelt as after `sound`. */
const shortForms: Readonly<Record<string, string>> = {
  sei: 'sungai',
  sai: 'sungai',
  sungei: 'sungai',
  sungi: 'sungai',
  gt: 'guntung',
  gtg: 'guntung',
  gtng: 'guntung',
  gunt: 'guntung',
  lanul: 'landasan ulin',
  lu: 'landasan ulin',
  ls: 'landasan',
  lds: 'landasan',
  ldsn: 'landasan',
  utr: 'utara',
  sel: 'selatan',
  slt: 'selatan',
  sltn: 'selatan',
  tgh: 'tengah',
  tngh: 'tengah',
  brt: 'barat',
  tmr: 'timur',
  lokut: 'loktabat utara',
  loksel: 'loktabat selatan',
};

/** Banjarese has three vowels; Indonesian e is heard as a, o as u: "salatan", "campaka", "mantaus". */
const sound = (word: string): string => withoutDoubles(word.replaceAll('e', 'a').replaceAll('o', 'u'));

/** A name as a row of words, and the same run together; empty where it is one word, or too short to be told so. */
interface Phrase {
  words: readonly string[];
  whole: string;
}
interface Prepared {
  area: Area;
  phrases: readonly Phrase[];
}
interface Entry {
  prepared: Prepared;
  phrase: Phrase;
}
interface Places {
  areas: readonly Prepared[];
  /** Names by their first word, and those that may be run together. */
  byFirst: ReadonlyMap<string, readonly Entry[]>;
  wholes: readonly Entry[];
  /** Every word of every name. */
  vocabulary: ReadonlySet<string>;
  districts: readonly { code: string; phrase: readonly string[] }[];
}

const known = new WeakMap<readonly Area[], Places>();

function prepare(areas: readonly Area[]): Places {
  let places = known.get(areas);
  if (!places) {
    const names = new Map(areas.map(({ district }) => [district.code, district.name]));
    const prepared = areas.map((area) => ({ area, phrases: [area.name, ...area.words].map(phraseOf) }));
    const districts = [...names].map(([code, name]) => ({ code, phrase: wordsOf(fold(name)) }));
    const entries = prepared.flatMap((one) => one.phrases.map((phrase): Entry => ({ prepared: one, phrase })));
    const ofAreas = entries.flatMap(({ phrase }) => phrase.words);
    const vocabulary = new Set([...ofAreas, ...districts.flatMap(({ phrase }) => phrase)]);
    const byFirst = groupBy(entries, ({ phrase }) => phrase.words[0] ?? '');
    const wholes = entries.filter(({ phrase }) => phrase.whole !== '');
    places = { areas: prepared, districts, vocabulary, byFirst, wholes };
    known.set(areas, places);
  }
  return places;
}

function phraseOf(name: string): Phrase {
  const words = wordsOf(fold(name));
  const whole = withoutDoubles(words.join(''));
  return { words, whole: words.length > 1 && whole.length >= 6 ? whole : '' };
}

/** Words of a place, short forms written out, spelt by sound. */
const wordsOf = (folded: string): string[] =>
  splitWords(
    folded.replace(/\bl\.? ?(?=ulin)/gu, 'landasan ').replace(/\bs\.? ?(?=(?:ulin|besar|basar|tiung)\b)/gu, 'sungai '),
  )
    .flatMap((word) => (shortForms[word] ?? word).split(' '))
    .map(sound);

export function readKelurahan(text: string, areas: readonly Area[]): Reading<string> {
  const folded = fold(text);
  const code = /\b\d\d\.\d\d\.\d\d\.\d{4}\b/u.exec(folded)?.[0];
  if (code !== undefined && areas.some((area) => area.code === code)) return read(code);
  const places = prepare(areas);
  const words = joinedUp(whatHolds(folded), places.vocabulary).filter(
    (word) => !/\d/u.test(word) && word !== 'rt' && word !== 'rw',
  );
  if (words.length === 0) return askBack(folded === '' ? 'empty' : 'unclear');
  const saidKelurahan = words.some((word) => word === 'kalurahan' || word === 'kal' || word === 'kalurahannya');
  const { rest, district } = withoutDistrict(words, places);
  const said = saidIn(rest, places);
  const hits = strongest(places, said, folded);
  const within = district === undefined ? hits : hits.filter(({ area }) => area.district.code === district);
  const found = withoutWhole(within.length > 0 ? within : hits);
  const [only] = found;
  if (found.length === 1 && only) {
    // "cempaka" is a kelurahan and a kecamatan; "landasan ulin timur" says more than its kecamatan's name.
    const both = !saidKelurahan && district === undefined && only.area.name === only.area.district.name;
    return both ? askBack('several', codesOf(areas, only.area.district.code)) : read(only.area.code);
  }
  if (found.length > 1)
    return askBack(
      'several',
      found.map(({ area }) => area.code),
    );
  const whole = district ?? isWholeDistrict(said, places);
  const partly = partlyNamed(places, rest);
  // "banjarbaru utara" is a kecamatan, although kelurahan elsewhere end in "utara"; "landasan ulin" begins five names.
  if (partly.codes.length > 1 && (!whole || partly.words >= 2)) return askBack('several', partly.codes);
  return whole ? askBack('several', codesOf(areas, whole)) : askBack(folded.includes('?') ? 'question' : 'unclear');
}

/** "cempaka, palam" names the kecamatan and a kelurahan in it, not two kelurahan. */
const withoutWhole = (hits: readonly Prepared[]): readonly Prepared[] =>
  hits.filter(
    ({ area }) =>
      area.name !== area.district.name ||
      !hits.some((other) => other.area !== area && other.area.district.code === area.district.code),
  );

const codesOf = (areas: readonly Area[], district: string): string[] =>
  areas.filter((area) => area.district.code === district).map(({ code }) => code);

/** "lok tabat" is one word of a name. */
function joinedUp(words: readonly string[], vocabulary: ReadonlySet<string>): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const both = `${joined.at(-1) ?? ''}${word}`;
    if (both !== word && vocabulary.has(both)) joined.splice(-1, 1, both);
    else joined.push(word);
  }
  return joined;
}

/** The words of the parts that hold: not what is only near, denied, or formerly so. */
function whatHolds(folded: string): string[] {
  const parts = clauses(sinceThen(folded).replace(/\b(kel|kec|sei|gt|gtg|l)\./gu, '$1 ')).map(splitWords);
  const today = parts.filter((part) => nowadays.has(part[0] ?? ''));
  const kept = (today.length > 0 ? today : parts).filter(
    (part) =>
      !negations.has(part[0] ?? '') && !(formerly.has(part[0] ?? '') && parts.length > 1) && !near.has(part[0] ?? ''),
  );
  const words = kept.flatMap((part) => {
    const cut = part.findIndex((word, index) => index > 0 && near.has(word));
    return cut < 0 ? part : part.slice(0, cut);
  });
  return wordsOf(words.join(' '));
}

/** "kec. Cempaka" names the kecamatan, which must not win over a kelurahan beside it. */
function withoutDistrict(
  words: readonly string[],
  { districts }: Places,
): { rest: readonly string[]; district?: string } {
  const start = words.findIndex((word) => /^(kac|kacamatan|kacamatannya)$/u.test(word));
  if (start < 0) return { rest: words };
  const tail = words.slice(start + 1);
  const named = districts
    .filter(({ phrase }) => phrase.every((word, index) => resembles(tail[index] ?? '', word)))
    .sort((a, b) => b.phrase.length - a.phrase.length)[0];
  if (!named) return { rest: words };
  return { rest: [...words.slice(0, start), ...tail.slice(named.phrase.length)], district: named.code };
}

/** Areas whose name or nickname is in the text; of two names one inside the other, the longer. */
function strongest(places: Places, said: Said, folded: string): Prepared[] {
  const likely = said.flatMap((words) => words.flatMap((word) => places.byFirst.get(word) ?? []));
  const hits = likely.filter(({ phrase }) => holds(said, phrase.words));
  if (said.length <= 2) {
    const joined = sound(folded.replace(/[^\p{L}]/gu, ''));
    hits.push(...places.wholes.filter(({ phrase }) => isRunTogether(joined, phrase)));
  }
  const most = Math.max(0, ...hits.map(({ phrase }) => phrase.words.length));
  const found = new Set(hits.filter(({ phrase }) => phrase.words.length === most).map(({ prepared }) => prepared));
  return places.areas.filter((prepared) => found.has(prepared));
}

/** For each word of the text the words of names that it may be. One that is a word of a name is no other, misspelt. */
type Said = readonly (readonly string[])[];

const saidIn = (words: readonly string[], { vocabulary }: Places): Said =>
  words.map((word) => (vocabulary.has(word) ? [word] : [...vocabulary].filter((known) => isMisspelt(word, known))));

/** The phrase stands in the text in order, with at most one word between ("landasan ulin nang barat"). */
function holds(said: Said, phrase: readonly string[]): boolean {
  return said.some((first, start) => {
    if (!first.includes(phrase[0] ?? '')) return false;
    let place = start;
    return phrase.every((word, index) => {
      if (said[place]?.includes(word)) return (place += 1) > 0;
      if (index > 0 && said[place + 1]?.includes(word)) return (place += 2) > 0;
      return false;
    });
  });
}

const isMisspelt = (typed: string, word: string): boolean =>
  (word.length >= 4 && resembles(typed, word)) || squeezed(typed, word);

/** A word without some of its vowels: "plam", "kmuning". */
const squeezed = (typed: string, word: string): boolean =>
  typed.length >= 4 && typed.length >= word.length - 2 && typed[0] === word[0] && bare(typed) === bare(word);

const bare = (word: string): string => (word[0] ?? '') + word.slice(1).replace(/[aiu]/g, '');

const isRunTogether = (joined: string, { whole }: Phrase): boolean =>
  whole !== '' && (joined.includes(whole) || (joined.length <= whole.length + 2 && resembles(joined, whole)));

/** Kelurahan that share the words said, and how many words those are: "guntung", "landasan ulin", "sungai". */
function partlyNamed({ areas }: Places, words: readonly string[]): { codes: string[]; words: number } {
  const telling = words.filter((word) => areas.some(({ phrases }) => phrases[0]?.words.includes(word)));
  if (telling.length === 0 || words.length > telling.length + 3) return { codes: [], words: 0 };
  const shared = areas.filter(({ phrases }) => telling.every((word) => phrases[0]?.words.includes(word)));
  return { codes: shared.map(({ area }) => area.code), words: telling.length };
}

/** The code of the kecamatan when its name is all that is said. */
function isWholeDistrict(said: Said, { districts }: Places): string | false {
  return districts.find(({ phrase }) => said.length <= phrase.length + 2 && holds(said, phrase))?.code ?? false;
}
