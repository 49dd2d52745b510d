/** A person's name as it should be stored: title case, titles kept, the phrase around it removed. */
import { fold, isPlain, normalise, splitWords } from './normalise.ts';
import { askBack, read, type Reading } from './reading.ts';
import { questionWords } from './words.ts';

/** Phrases before a name, Indonesian, Banjarese, Javanese; taken off while any of them begins the text. */
const before = new RegExp(
  '^(?:' +
    [
      "w?a{1,2}ss?[ae]la+m[a-z]*[ ']*(?:al|u)?a?i?l?a?i?[kq]u?m[a-z]*",
      "assalamu'?alaikum(?: wr\\.? ?wb\\.?)?",
      'wa?alaikum ?salam',
      'selamat (?:pagi|siang|sore|malam)',
      '(?:halo|hai|hallo|permisi|maaf)',
      '(?:inggih|iya|iih|ya|nggih)',
      '(?:bu|ibu|pak|bapak|mas|mbak|kak)(?=[ ,.])',
      '(?:ai|pang|lah|tu|dong|nah)(?=[ ,.])',
      'salah(?: ketik| tulis)?(?=[ ,.])',
      '(?:atas nama|a\\.?n\\.)',
      '(?:ny|tn|nyonya|tuan)\\.?(?= )',
      '(?:di )?(?:ktp|kartu)(?: saya| sy| ulun)?',
      '(?:panggil|sebut|tulis|catat|isi)(?: saja| aja| haja)?',
      '(?:yang|yg|nang) (?:betul|benar|bujur|banar)(?:nya)?',
      '(?:nama|nm|ngaran|jeneng|asma)(?: (?:lengkap|asli|panggilan))?(?:nya| saya| sy| ulun| aku| kula| kulo)?(?: (?:di|nang di|yang di|pada|sesuai) (?:ktp|kartu))?(?: adalah| itu| tu)?',
      'jenengku|namaku|ngaranku',
      '(?:saya|sy|ulun|aku|kulo|kula)(?: (?:adalah|bernama|barnama|bangaran|ngarannya|namanya))?',
      '(?:bernama|barnama|bangaran)',
      '(?:perkenalkan|kenalkan)',
    ].join('|') +
    ')(?=[ .,:;!-]|$)[ .,:;!-]*',
  'iu',
);

/** Where the name has ended and something else is told. */
const after =
  /\s*(?:[,;\n(]|\s-\s|(?<=\s)(?:umur|usia|dari|matan|urang|orang|asal|tinggal|badiam|alamat|biasa|dipanggil|panggilan|rt|kelurahan|kampung|bin(?=\s*$))\b)[\s\S]*$/iu;
const trailing = /(?:\s+(?:bu|ibu|pak|bapak|mas|mbak|lah|pang|ai|ya|yah|nah|tu|jar|gin|haja|aja|saja))+\s*$/iu;

/** Words that no name has; one of them means that something else was said. */
const notNames = new Set(
  (
    'iya ya tidak kada bukan jangan belum sudah balum boleh mau handak nggak gak ga usah kan tadi mulai tarus sama kaya seperti ' +
    'anaknya cucunya menantunya istrinya suaminya bininya lakinya ponakannya guru lurah camat rahasia terserah sembarang bebas nanti kaina besok isuk malas hujan ' +
    'nama ngaran usaha kelompok batakun tanya ktp nomor daftar menu petugas bantuan kembali lewati purun sasirangan rajut anyaman ' +
    'ini itu yang nang di ke ka dan wan atau untuk gasan ulun saya kami tahu paham mengerti lupa salah betul benar bujur oke ok ' +
    'terima tarima kasih tunggu hadang nanti kaina lagi selamat pagi siang sore malam halo'
  ).split(' '),
);

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

/** A name has at most this many words; more is a sentence. */
const WORDS = 6;

const pictures = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/gu;

const apart = /(?<!\p{L})(h|hj|ust|dr|drs|dra|ir|\p{L})\.(?=\p{L}{2})/giu;

export function readName(text: string): Reading<string> {
  const written = normalise(text).replace(/[*_~`"“”]/gu, '');
  const plain = isPlain(written) ? written.trim() : written.replace(pictures, '').trim();
  if (plain === '') return askBack('empty');
  if (plain.includes('?')) return askBack('question');
  // "Hj.Mastiah", "M.Yusuf": a title and an initial stand apart.
  const name = core(corrected(plain.replace(apart, '$1. ')));
  const words = name.split(/\s+/u).filter((word) => word !== '');
  if (words.length === 0 || words.length > WORDS || /[\p{Nd}]/u.test(name)) return askBack('unclear');
  const folded = splitWords(fold(name));
  if (folded.some((word) => questionWords.has(word))) return askBack('question');
  if (folded.some((word) => notNames.has(word)) || !/\p{L}{2}/u.test(name)) return askBack('unclear');
  if (!words.every((word) => /^[\p{L}\p{M}'’-]+\.?$/u.test(word))) return askBack('unclear');
  return read(words.map((word, index) => titled(word, index, words.length)).join(' '));
}

/** "lain Rusnah, Rusinah": what follows the refused one. "Imah, nama asli Siti": the one that stands on the card. */
function corrected(text: string): string {
  const match =
    /^(?:lain|bukan|bkn)\s+[^,;]+[,;]\s*(.+)$/isu.exec(text) ??
    /[,;]\s*(?:nama|ngaran)\s+(?:asli|lengkap)(?:nya)?\s*:?\s*(.+)$/isu.exec(text);
  return match?.[1] ?? text;
}

function core(text: string): string {
  let rest = text;
  for (let round = 0; round < 8; round++) {
    const shorter = rest.replace(before, '');
    if (shorter === rest) break;
    rest = shorter;
  }
  return rest
    .replace(after, '')
    .replace(trailing, '')
    .replace(/[.,;:!\s]+$/u, '')
    .trim();
}

function titled(word: string, index: number, count: number): string {
  const bare = word.replace(/\.$/u, '').toLowerCase();
  const title = index < count - 1 ? titles[bare] : undefined;
  if (title !== undefined) return title;
  if (/^\p{L}\.$/u.test(word) || (bare.length === 1 && index < count - 1)) return `${bare.toUpperCase()}.`;
  return word
    .toLowerCase()
    .replace(/(^|[-.])(\p{L})/gu, (_, mark: string, letter: string) => mark + letter.toUpperCase());
}
