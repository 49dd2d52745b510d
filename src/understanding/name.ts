/**
 * A person's name as it should be stored: title case, titles kept, the phrase around it removed. What may be something else, or
 * was cut out of a sentence, is doubtful: the reading stands among the candidates, to be read back.
 */
import { withoutEnd } from './ends.ts';
import { fold, isPlain, normalise, splitWords } from './normalise.ts';
import {
  after,
  answers,
  before,
  correcting,
  denying,
  doubtful,
  globalWords,
  naming,
  noPerson,
  ordinary,
  setAside,
  trailing,
} from './name-words.ts';
import { askBack, read, type Reading } from './reading.ts';
import { negations, notYet, questionWords } from './words.ts';

const titles: Readonly<Record<string, string>> = {
  h: 'H.',
  hj: 'Hj.',
  hjh: 'Hj.',
  haji: 'H.',
  hajah: 'Hj.',
  hajjah: 'Hj.',
  ust: 'Ust.',
  ustadz: 'Ust.',
  drs: 'Drs.',
  dra: 'Dra.',
  dr: 'Dr.',
  ir: 'Ir.',
};

/** A longer text is a letter. */
const LENGTH = 400;

/** A name has at most this many words; more is a sentence. */
const WORDS = 6;

const pictures = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/gu;

const together = /(?<!\p{L})(h|hj|ust|dr|drs|dra|ir|\p{L})\.(?=\p{L}{2})/giu;

export function readName(text: string): Reading<string> {
  if (text.length > LENGTH) return askBack('unclear');
  const written = normalise(text).replace(/[*_~`"“”]/gu, '');
  const plain = (isPlain(written) ? written : written.replace(pictures, '')).replace(/^[\s-]+/u, '').trim();
  if (plain === '') return askBack('empty');
  if (plain.includes('?')) return askBack('question');
  // "Hj.Mastiah", "M.Yusuf": a title and an initial stand apart.
  const apart = plain.replace(together, '$1. ');
  const words = wordsOf(core(corrected(apart)));
  const folded = words.map((word) => fold(word).replace(/\.$/u, ''));
  const whole = words.length === wordsOf(apart).length;
  const mixed = folded.some(isBeside) && (words.length > 1 || !whole);
  const named = words.length < wordsOf(apart).length && naming.has(fold(wordsOf(apart)[0] ?? ''));
  const answered = folded.every((word) => answers.has(word));
  if (!isName(words) || isBetterLater(apart, words)) return cutOut(apart);
  if (mixed && !answered && !(named && words.length === 1)) {
    const cut = cutOut(apart);
    // "ulun Bahari": nothing else in it is a name, so this may be one.
    return hasReading(cut) || words.length > 1 ? cut : askBack('doubtful', [asStored(words)]);
  }
  if (!folded.some((word, index) => isOdd(word) && !isTitle(word, index, words.length))) return read(asStored(words));
  if (folded.every((word) => globalWords.has(word))) return askBack('unclear');
  if (named) return askBack('doubtful', [asStored(words)]);
  if (folded.some((word) => questionWords.has(word))) return askBack('question');
  return answered ? askBack('unclear') : askBack('doubtful', [asStored(words)]);
}

const hasReading = (reading: Reading<string>): boolean => reading.understood || reading.candidates !== undefined;

const wordsOf = (text: string): readonly string[] => text.split(/\s+/u).filter((word) => word !== '');

const isBeside = (word: string): boolean =>
  [word, word.replace(/nya$/u, '')].some((one) => answers.has(one) || ordinary.has(one) || questionWords.has(one));
const isOdd = (word: string): boolean => isBeside(word) || doubtful.has(word) || globalWords.has(word);

const isName = (words: readonly string[]): boolean =>
  words.length > 0 &&
  words.length <= WORDS &&
  words.every((word) => /^[\p{L}\p{M}'’-]+\.?$/u.test(word)) &&
  /\p{L}{2}/u.test(words.join(' '));

const CORRECTS = 'eh';

/** A run of words that may be a name, and what led to it. */
interface Run {
  words: string[];
  named: boolean;
  aside: boolean;
  corrects: boolean;
}

/** "usaha saya Rindang Banua, nama saya Siti": what is called a name later, or corrects, goes before what merely stands first. */
const isBetterLater = (text: string, words: readonly string[]): boolean =>
  runsOf(text).some(({ named, corrects, words: [first] }) => (named || corrects) && first !== words[0]);

/** The one name that stands in a sentence, always doubtful: what is called so, what corrects, or the only one there is. */
function cutOut(text: string): Reading<string> {
  if (/^\p{L}(?:[\s-]+\p{L}){2,}$/u.test(text)) return askBack('doubtful', [asStored([text.replace(/[\s-]+/gu, '')])]);
  if (splitWords(fold(text)).some((word) => questionWords.has(word))) return askBack('question');
  const runs = runsOf(text).filter(({ words, aside }) => !aside && isName(words));
  const run =
    runs.findLast(({ named }) => named) ??
    runs.findLast(({ corrects }) => corrects) ??
    (runs.length === 1 && !refuses(text) && runs[0]);
  if (run) return askBack('doubtful', [asStored(run.words)]);
  // Nothing but a few words: whoever is called so can say yes.
  const words = wordsOf(text);
  if (naming.has(fold(words.at(-2) ?? '')) && isName(words.slice(-1)) && !answers.has(fold(words.at(-1) ?? '')))
    return askBack('doubtful', [asStored(words.slice(-1))]);
  const few = words.length <= 3 && isName(words) && words.some((word) => !isBeside(fold(word)));
  if (few) return askBack('doubtful', [asStored(words)]);
  return askBack('unclear');
}

/** Who says what is not, or not yet, tells something else; the only unknown word in it is hardly a name. */
const refuses = (text: string): boolean =>
  splitWords(fold(text)).some(
    (word) => (negations.has(word) && !denying.has(word)) || notYet.has(word) || word === 'sudah',
  );

/** The runs of words that stand between words that are in no name; a sign or a number ends one, too. */
function runsOf(text: string): readonly Run[] {
  const runs: Run[] = [];
  const lead: string[] = [];
  let open = false;
  for (const [part] of text.matchAll(/[\p{L}\p{M}'’-]+\.?|[^\s\p{L}]+/gu)) {
    const word = fold(part).replace(/\.$/u, '');
    if (!/^\p{L}/u.test(part) || isBeside(word)) {
      open = false;
      if (/^\p{L}/u.test(part)) lead.push(word);
      // "bukan, Salamah": what was said before is denied, and what follows holds.
      else if (denying.has(lead.at(-1) ?? '')) lead[lead.length - 1] = CORRECTS;
      continue;
    }
    const run = open ? runs.at(-1) : undefined;
    if (run) run.words.push(part);
    else runs.push({ words: [part], ...toldBy(lead.splice(0)) });
    // "Rukiah. uma ulun": a full stop ends it, the dot of an initial or a title does not.
    open = !(part.endsWith('.') && word.length > 3);
  }
  return runs;
}

/** What the words before a run make of it; the nearest one that says anything counts. */
function toldBy(lead: readonly string[]): Pick<Run, 'named' | 'aside' | 'corrects'> {
  const place = lead.findLastIndex((word) => naming.has(word) || setAside.has(word) || correcting.has(word));
  const word = lead[place] ?? '';
  const named = naming.has(word) && !lead.slice(place).some((behind) => noPerson.has(behind.replace(/nya$/u, '')));
  const denied = denying.has(lead[place - 1] ?? '');
  return {
    named: named && !denied,
    aside: denied || setAside.has(word) || (naming.has(word) && !named),
    corrects: correcting.has(word),
  };
}

const asStored = (words: readonly string[]): string =>
  words
    .map((word, index) =>
      titled(index === words.length - 1 ? word.replace(/(?<=\p{L}{2})\.$/u, '') : word, index, words.length),
    )
    .join(' ');

/** "lain Rusnah, Rusinah": what follows the refused one. "Imah, nama asli Siti": the one that stands on the card. */
function corrected(text: string): string {
  const match =
    /^(?:lain|bukan|bkn)\s[^,;]+[,;]/iu.exec(text) ??
    /[,;]\s{0,3}(?:nama|ngaran)\s{1,3}(?:asli|lengkap)(?:nya)?\s{0,3}(?::|(?=\s))/iu.exec(text);
  const rest = match ? text.slice(match.index + match[0].length).trim() : '';
  return rest === '' ? text : rest;
}

function core(text: string): string {
  let rest = text;
  for (let round = 0; round < 8; round++) {
    const shorter = rest.replace(before, '');
    if (shorter === rest) break;
    rest = shorter;
  }
  const end = rest.search(after);
  return withoutEnd((end < 0 ? rest : rest.slice(0, end)).replace(trailing, ''), /[.,;:!\s]/u).trim();
}

/** "Hajjah" before a name is a title. */
const isTitle = (word: string, index: number, count: number): boolean =>
  index < count - 1 && titles[word] !== undefined;

function titled(word: string, index: number, count: number): string {
  const bare = word.replace(/\.$/u, '').toLowerCase();
  if (bare === 'bin' || bare === 'binti') return bare;
  const title = index < count - 1 ? titles[bare] : undefined;
  if (title !== undefined) return title;
  if (/^\p{L}\.$/u.test(word) || (bare.length === 1 && index < count - 1)) return `${bare.toUpperCase()}.`;
  return word
    .toLowerCase()
    .replace(/(^|[-.])(\p{L})/gu, (_, mark: string, letter: string) => mark + letter.toUpperCase());
}
