/** Yes or no, in Indonesian, Banjarese and a little Javanese. Both, perhaps, later or a question back is asked again. */
import { meant } from './fuzzy.ts';
import { clauses, fold, isPlain, splitWords } from './normalise.ts';
import { askBack, read, type Reading } from './reading.ts';
import { questionWords, softeners, unknownPhrases } from './words.ts';

type Signal = 'yes' | 'no' | 'maybe' | 'unknown' | 'nothing';

const vocabulary = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((word) => word !== ''));

const yes = vocabulary(`
  ya iya iye iyo iyes y yh yup yap yoi yes ok oke okeh okey okay okee sip siap inggih nggih ngih njih njeh enggih ih iih ho
  boleh bisa kawa betul btl btul benar bnr bener bujur mau handak hndk hakun setuju satuju stuju lanjut lanjutkan lanjutakan
  tarusakan teruskan ayu ayuha ayo sudah sdh udah udh hudah sampun pernah punya leres cocok silakan silahkan silahakan monggo baik baiklah gas baisi bisi umpat ikut bersedia simpan
  daftarakan daftarkan perlu parlu
`);
const no = vocabulary(`
  tidak tdk tak ga gak gk g gag ngga nggak enggak engga kagak kaga ndak nda ndk kada kd kadada kadida mboten ora bukan bkn
  jangan jgn batal batalkan batalakan ogah emoh belum blm blum belom lom balum blum baluman durung salah keliru gausah gamau gaada moh no dereng males malas stop ampih
`);
const maybe = vocabulary(`
  mungkin insyaallah inshaallah insya barangkali kalau kalo amun mun bila nanti ntar nnti kaina kena hadang tunggu terserah
  tasarah takuni takunakan pikir pikirkan bepikir bapikir tergantung ragu bingung
`);

/** Words together that agree, though one of them alone would refuse or ask. */
export const agreeingPhrases: readonly string[] = (
  'tidak apa apa|tdk apa apa|kada apa apa|kada apa|kada papa|kd papa|ga papa|gak papa|gapapa|gpp|nggak papa|ndak papa|ga apa apa|gak apa apa|' +
  'tidak apa|tidak ada masalah|gak ada masalah|kadada masalah|ora popo|ora opo opo|mboten nopo nopo|tidak masalah|gak masalah|ga masalah|kada masalah|nggak masalah|' +
  'ora masalah|mboten masalah|tidak keberatan|gak keberatan|nggak keberatan|kada kaberatan|kada kabaratan|mboten kawratan|kada manulak|' +
  'tidak menolak|gak nolak|ga nolak|kayapa kada|kenapa tidak|kenapa nggak|kenapa gak|kanapa kada|ya sudah|ya udah|iya sudah|ya wis|yo wis|nggih no|iyo no|gelem no'
).split('|');

/** Words together that say that what is read back is right. */
export const correctPhrases: readonly string[] =
  'tidak salah|kada salah|gak salah|ga salah|tidak ada yang salah|gak ada yang salah|ga ada yg salah|kadada nang salah|kadada salah'.split(
    '|',
  );

/** Words together that mean something else than one by one; the longest first. `nothing` takes them out of the count. */
const phrases: readonly (readonly [string, Signal])[] = [
  ...list('yes', [...agreeingPhrases, ...correctPhrases, 'kada jadi masalah'].join('|')),
  ...list(
    'no',
    'ada yang salah|ada yg salah|ada nang salah|ada salah|kurang pas|kurang tepat|kurang betul|kurang benar|kurang cocok|tidak jadi|kada jadi|gak jadi|ga jadi|tidak usah|kada usah|gak usah|ga usah|ndak usah|ora usah|nggak usah|belum lagi|tidak ada|kada ada',
  ),
  ...list(
    'maybe',
    'bisa jadi|kawa jadi|ya gitu deh|ya gitu|gitu deh|ya begitulah|ya begitu|insya allah|in sya allah|lain kali|pikir pikir|up to|mau tanya|mau bertanya|mau nanya|handak batakun|handak takun',
  ),
  ...unknownPhrases.map((text) => [text, 'unknown'] as const),
  ...list(
    'nothing',
    'kalau begitu|kalo begitu|mun kaitu|ya allah|ya ampun|ya tuhan|ya rabbi|ya gusti|kada supan|tidak malu|tidak takut|kada takutan|kada sing ampih|yang betul|yg betul|yang benar|yg benar|nang bujur|nang banar|nang benar|terima kasih|tarima kasih|kada lawas|tidak lama',
  ),
];

function list(signal: Signal, texts: string): (readonly [string, Signal])[] {
  return texts.split('|').map((text) => [text, signal] as const);
}

const phraseTable = new Map(phrases);
const longest = Math.max(...phrases.map(([text]) => text.split(' ').length));

const thumbs: readonly (readonly [RegExp, Signal])[] = [
  [/[👍👌✅☑✔🆗]/u, 'yes'],
  [/[👎❌✖🙅🚫]/u, 'no'],
];

const alone = new Set(['ada', 'jadi']);

export function readYesNo(text: string): Reading<boolean> {
  const folded = fold(text);
  const words = splitWords(folded);
  const signs = isPlain(folded) ? [] : thumbs.filter(([sign]) => sign.test(folded)).map(([, signal]) => signal);
  if (words.length === 0 && signs.length === 0) return askBack('empty');
  const signals = new Set<Signal>([...signs, ...signalsOf(words)]);
  if (leadingOther(folded)) signals.add('no');
  if (folded.includes('?') || (asksWithWord(words) && !signals.has('no'))) return askBack('question');
  if (signals.has('unknown')) return askBack('unknown');
  if (signals.has('maybe') || (signals.has('yes') && /\btapi|\btagal|\btp\b/u.test(folded))) return askBack('maybe');
  if (signals.has('yes') && signals.has('no')) return askBack('both');
  if (signals.has('yes')) return read(true);
  // "ada bu", "jadi" answer by themselves; in a story they only tell.
  const core = words.filter((word) => !softeners.has(word));
  if (signals.size === 0 && core.length === 1 && alone.has(core[0] ?? '')) return read(true);
  return signals.has('no') ? read(false) : askBack('unclear');
}

function signalsOf(words: readonly string[]): Signal[] {
  const signals: Signal[] = [];
  for (let place = 0; place < words.length;) {
    const phrase = phraseAt(words, place);
    if (phrase) {
      signals.push(phrase.signal);
      place += phrase.length;
      continue;
    }
    const signal = isWish(words, place) ? 'nothing' : signalOf(words[place] ?? '');
    signals.push(signal);
    // "kada hakun", "belum punya": the no takes the yes behind it with it.
    place += signal === 'no' && signalOf(words[place + 1] ?? '') === 'yes' ? 2 : 1;
  }
  return signals.filter((signal) => signal !== 'nothing');
}

const wanting = new Set(['mau', 'handak', 'hakun']);

/** "mau pinjam uang", "handak maulah NIB" tell what a person is after; as a yes to a consent it would be given unasked. */
function isWish(words: readonly string[], place: number): boolean {
  if (!wanting.has(words[place] ?? '')) return false;
  const behind = words.slice(place + 1).filter((word) => !softeners.has(word));
  return behind.length > 1 && behind.slice(0, 2).every((word) => signalOf(word) === 'nothing');
}

const vocabularies: readonly (readonly [Signal, ReadonlySet<string>])[] = [
  ['no', no],
  ['maybe', maybe],
  ['yes', yes],
];

/** A word that is known exactly is never a misspelling of another: "kawa" is not "kada". */
function signalOf(word: string): Signal {
  const exact = vocabularies.find(([, words]) => words.has(word));
  return (exact ?? vocabularies.find(([, words]) => meant(word, words)))?.[0] ?? 'nothing';
}

function phraseAt(words: readonly string[], place: number): { signal: Signal; length: number } | undefined {
  for (let length = Math.min(longest, words.length - place); length > 0; length--) {
    const signal = phraseTable.get(words.slice(place, place + length).join(' '));
    if (signal) return { signal, length };
  }
  return undefined;
}

/** Banjarese "lain" at the beginning is "it is not"; in the middle it is mostly "other". */
const leadingOther = (folded: string): boolean =>
  folded.startsWith('lain') && /^lain\b/u.test(clauses(folded)[0] ?? '');

/** A question word tells a question, except where it is part of a phrase such as "kayapa kada". */
const asksWithWord = (words: readonly string[]): boolean =>
  words.some((word, place) => (questionWords.has(word) || /^\p{L}{3,}kah$/u.test(word)) && !phraseNear(words, place));

const phraseNear = (words: readonly string[], place: number): boolean =>
  [place - 2, place - 1, place].some((start) => {
    const phrase = start >= 0 ? phraseAt(words, start) : undefined;
    return phrase !== undefined && start + phrase.length > place;
  });
