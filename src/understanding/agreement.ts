/**
 * Agreement, where a yes gives something away or cannot be undone: a consent, a deletion, what is read back. A yes inside a
 * wish, a thank-you or a story is none: every word must belong to the yes, and everything else is asked again. A no is read
 * as anywhere else.
 */
import { meant } from './fuzzy.ts';
import { fold, splitWords, withoutDoubles } from './normalise.ts';
import { askBack, read, type Reading } from './reading.ts';
import { agreeingPhrases, correctPhrases, readYesNo } from './yesno.ts';

/** What words are worth beside a yes. A word that stands in no row belongs to something else. */
const rows = {
  /** Agrees, wherever it stands. */
  agrees: `iya iye iyo iyes iyap iay iyq yes yup yap yoi yep iih ih iyih hooh heeh boleh bleh bole bisa bs kawa saged iso setuju satuju
    stuju setju stj sarujuk hakun hakum hkn gelem kersa bersedia basadia rela sanggup manut tentu tantu monggo mangga silakan silahkan silahakan
    dipersilakan dipersilahkan izinkan ijinkan gaskan gaskeun ayo ayuha ayuja ayolah`,
  /** Agrees, and says at the same time that something is so. */
  right: 'betul btl btul benar bnr bener bneer bujur bjr leres cocok cucuk',
  /** Willing, or wishing: it agrees alone, and takes nothing along that may be what is wished for. */
  wants: 'mau mao handak hndk',
  /** A yes at the beginning, and no more than a murmur behind a greeting or a thank-you. */
  murmurs: 'ya yh y yo inggih ingih enggih anggih enggeh nggih ngih nggeh nghih mggih njih njeh',
  /** "I have heard": with a thank-you it ends a talk, and agrees to nothing. */
  heard: 'ok oke okey okeh okee okay oce okd sip siap siyap baik baiklah',
  /** It is so: a yes where something is read back, never where leave is asked. */
  correct: 'sudah sdh udah udh hudah sampun wis uwis pas',
  soft: `lah lh pang ai ae am gin ja haja aja saja sj doang dong deh dh tu tuh na nah nih no to kok lho loh lha ha mah oya umai uma wah
    wae mawon bu bua buk pak pa mas mba mbak mbk kak ka min bos banget bangat sekali skali sx banar sangat sanget memang jelas pasti
    mantap mantab bismillah bismillahirrahmanirrahim juga jua pribadi pokoknya jadi menyatakan laksanakan lakasi lanjut lanjutkan dilanjut
    dilanjutkan lanjutakan teruskan tarusakan ditarusakan`,
  self: 'saya sy sya aku ku unda ulun uln kulo kula kami kita',
  /** Calls the other by a name of kinship, and may as well be somebody who is spoken of ("ibu saya mau"). */
  kin: 'ibu ibuk bunda bapak bapa kaka acil cil julak pian sampian',
  /** What is agreed to. */
  things: `simpan disimpan data datanya jawaban jawabannya catat dicatat dipakai semua semuanya
    samuaan samunyaan sabarataan barataan sedaya kabeh`,
  /** Where one points: "btl itu". */
  points: 'itu ngitu niku kuwi iku ini ngini',
  /** What goes with a yes. */
  joins: 'ikut ikt umpat umpt melu ndherek mengikuti gas',
  thanks: `terima tarima kasih makasih mksh makasi maksih trims trimakasih thx trmksh tq suwun nuwun matur alhamdulillah syukur maaf
    maap mf permisi assalamualaikum asalamualaikum waalaikumsalam waalaikum salam selamat halo`,
  requests: 'tolong tlg tulung tulungi mohon mhn nyuwun',
  /** Looks like a yes, and belongs to something else: "maulah" makes, "ingin" wishes. */
  other: 'maulah ingin handuk',
} as const;
type Worth = keyof typeof rows;

const phrases: readonly (readonly [Worth, string])[] = [
  ['agrees', agreeingPhrases.join('|')],
  ['agrees', 'dengan senang hati|ayu ja|ayu ai|ayu ha|jadi ai|nyata ai|gas bu|gas pak|gas ai|kulo purun|kula purun'],
  ['correct', correctPhrases.join('|')],
  ['soft', 'dengan ini|kalau begitu|kalo begitu|mun kaitu|lillahi taala|dipun lajengaken|nang kaitu'],
  [
    'thanks',
    'terima kasih banyak|tarima kasih banyak|makasih banyak|baru balas|br balas|baru membalas|hanyar mambalas',
  ],
  // "I am well", "very good" are said of something else; "why can I not" asks.
  [
    'other',
    'baik baik|baik sekali|sangat baik|baik banar|baik banget|kenapa tidak bisa|kenapa gak bisa|kanapa kada kawa',
  ],
];

const worths = new Map<string, Worth>([
  ...(Object.entries(rows) as [Worth, string][]).flatMap(([worth, words]) =>
    words.split(/\s+/).map((word) => [word, worth] as const),
  ),
  ...phrases.flatMap(([worth, texts]) => texts.split('|').map((text) => [text, worth] as const)),
]);
const longest = Math.max(...[...worths.keys()].map((text) => text.split(' ').length));

/** Long enough, and far enough from other words, to be known when misspelt. */
const unmistakable = new Set(['setuju', 'satuju', 'ingih', 'ngih', 'handak']);

/** What is written onto the end of a word: "iyabu", "okelah". */
const glued = /(?<=\p{L}{3})(?:bu|pak|lah|pang|ai|deh|dong)$/u;

/** Banjarese asks with "lah": "kawa lah", "bujur lah". */
const asking = /\b(?:kawa|bujur|hakun) ?lah\b/u;

/** `correct`: something is read back, so that "sudah pas" is a yes as well. */
export function readAgreement(text: string, correct = false): Reading<boolean> {
  const loose = readYesNo(text);
  const words = splitWords(fold(text));
  // A no, a question, perhaps and both are what they are anywhere; signs without words are few and plain.
  if (words.length === 0 || (loose.understood ? !loose.value : loose.reason !== 'unclear')) return loose;
  if (asking.test(words.join(' '))) return askBack('question');
  return saysOnlyYes(worthsIn(words), correct) ? read(true) : askBack('unclear');
}

/** What each word or phrase is worth, in order. */
function worthsIn(words: readonly string[]): Worth[] {
  const found: Worth[] = [];
  for (let place = 0; place < words.length;) {
    const length = phraseLength(words, place);
    found.push(worthOf(words.slice(place, place + length).join(' ')));
    place += length;
  }
  return found;
}

function phraseLength(words: readonly string[], place: number): number {
  for (let length = Math.min(longest, words.length - place); length > 1; length--)
    if (worths.has(words.slice(place, place + length).join(' '))) return length;
  return 1;
}

function worthOf(word: string): Worth {
  const single = withoutDoubles(word);
  return worths.get(word) ?? worths.get(single) ?? worths.get(single.replace(glued, '')) ?? misspelt(single);
}

const misspelt = (word: string): Worth => worths.get(meant(word, unmistakable) ?? '') ?? 'other';

/** Whether a yes is there, and nothing that it would not cover. */
function saysOnlyYes(found: readonly Worth[], correct: boolean): boolean {
  const has = (...worth: Worth[]) => found.some((one) => worth.includes(one));
  if (has('other') || (has('correct') && !correct)) return false;
  const yes = ['agrees', 'right', ...(correct ? ['correct'] : []), ...(has('thanks') ? [] : ['heard'])];
  const opening = found.find((worth) => worth !== 'soft');
  const agreed = opening === 'murmurs' ? 0 : found.findIndex((worth) => yes.includes(worth));
  const wanted = found.indexOf('wants');
  const said = Math.min(...[agreed, wanted].filter((place) => place >= 0));
  const covers = correct || opening === 'murmurs' || has('agrees', 'heard');
  return (
    found.every((worth, place) => {
      if (worth === 'things') return covers && (correct || place > agreed);
      if (worth === 'points') return correct || place > agreed;
      if (worth === 'kin') return place > said && found[place + 1] !== 'self';
      return (worth !== 'joins' && worth !== 'requests') || place > said;
    }) && said < Infinity
  );
}
