/**
 * Global words. Precise rather than complete: a story, an answer or a question that only holds such a word is no command
 * (of a thousand sentences at most five may be taken wrongly).
 */
import { isSlipOf } from './fuzzy.ts';
import { fold, splitWords } from './normalise.ts';
import { readStopping } from './stopping.ts';

export const commands = [
  'menu',
  'back',
  'repeat',
  'voice',
  'language',
  'human',
  'help',
  'stop',
  /** To be sent nothing, or to be deleted: which of them, the person has to say. */
  'leave',
  /** Perhaps to be sent nothing: it is asked. */
  'enough',
  'cancel',
  'status',
  'delete_data',
  'start',
] as const;
export type Command = (typeof commands)[number];

/** Politeness and softeners, left out before a text is compared; "tulung" and "bantu" are not, since alone they ask for help. */
const polite = new Set(
  (
    'bu ibu ibuk buk pak bapak pa mas mba mbak kak ka min pian lah pang ai gin ja haja aja saja sj dong deh dh sih ya yah tu na ' +
    'nih tolong tlg mohon silakan maaf permisi makasih dulu sudah ulun saya sy aku kami mau handak ingin pengen minta kawa bisa boleh ' +
    'kembalikan kan kok sekarang wahini'
  ).split(' '),
);

/** Each command as whole sentences of core words; `…` stands for a few words more. */
const sentences: readonly (readonly [Command, RegExp])[] = [
  ['human', /^0$/u],
  [
    'menu',
    /^(malihat |lihat |buka |ke |ka |balik ke |kembali ke |bulik ka )?(menu|mnu|meni|menunya)( utama| awal| pulang| lagi)?$/u,
  ],
  [
    'back',
    /^(?:salah (?:pencet|tekan|pilih|ketik|jawab) )?(kembali|kmbali|kembli|balik|babulik|bulik|mundur|back|sebelumnya)( (ke|ka))?( (nang|yang|yg|pertanyaan|langkah|satu|tadi|sebelumnya|sebelum|lagi|pulang|belakang|awal|salah|pencet|tekan|pilih|jawab|ketik)){0,6}$/u,
  ],
  [
    'repeat',
    /^(ulang|ulangi|ulangin|diulang|diulangi|diulangin|ulang lagi|napa jar tadi|napa tadi|apa tadi|apa katanya tadi|apa jar)( (lagi|pulang|pertanyaan|pertanyaannya|tadi|nang|yang|belum|balum|kada|paham|mengerti|jelas)){0,5}$/u,
  ],
  [
    'voice',
    /^(suara|vn|voice|voice note|pesan suara|bacakan|bacaakan|dibacakan|bacain|dengarkan|kirim suara|kirimi suara|pakai suara|pakai vn|kirim vn|lewat suara)( (lagi|tadi|pulang))?$/u,
  ],
  [
    'voice',
    /^.{0,60}\b(kirim|kirimi|kirimkan|pakai|pake|lewat) (pesan )?(suara|vn)\b(?!.*\bjelas)( (mata|karena|soalnya|sualnya).{0,40})?$/u,
  ],
  [
    'language',
    /^(ganti |ubah |pakai |pake |mamakai |pilih )?(bahasa|bhs|basa)( (banjar|banjarnya|indonesia|indo|lain|nang lain))?$/u,
  ],
  [
    'human',
    /^(petugas|admin|operator|cs|orang|manusia|ketemu petugas|batamu petugas|bertemu petugas|telepon petugas|telpon petugas|panggil petugas|hubungi petugas|tanya petugas|bicara petugas|ngomong petugas)(nya)?$/u,
  ],
  [
    'human',
    /^.{0,40}\b(bapandir|bicara|ngomong|ngobrol|bertemu|batamu|ketemu|bapandir) (\p{L}+ ){0,2}?(lawan|dengan|dgn|sama|langsung) ?(petugas|petugasnya|admin|orang|orangnya|urang|urangnya|manusia|pegawai)( langsung)?$/u,
  ],
  [
    'human',
    /^(sambungkan|sambungakan|hubungkan|hubungakan|disambungkan|terhubung) (ke|ka|lawan|dengan) ?(petugas|admin|orang|urang|operator)( langsung)?$/u,
  ],
  ['human', /^.{0,40}\b(sama|lawan|dengan) (orang|urang|petugas|admin|manusia)(nya)?( asli| langsung)?$/u],
  [
    'human',
    /^(kawakah |bisakah )?(ditelepon|ditelpon|ditelepun|telepon|dihubungi|telpon) (petugas|admin|pegawai|orang)(nya)?$/u,
  ],
  [
    'help',
    /^(bantuan|bantu|butuh bantuan|perlu bantuan|parlu bantuan|tulung|tulungi|tolongin|tolong|help|tolong bantu|bantu ulun|tulungi ulun|caranya|cara pakai|kayapa caranya|gimana caranya|bagaimana caranya)$/u,
  ],
  [
    'help',
    /^(bingung|kada mangarti|tidak mengerti|gak ngerti)( .{0,20})?(kayapa|gimana|bagaimana|cara|caranya)( .{0,20})?$/u,
  ],
  [
    'cancel',
    /^(batal|batalin|batalkan|batalakan|dibatalkan|cancel|kada jadi|tidak jadi|gak jadi|ga jadi)( (daftar|mandaftar|mendaftar|pendaftaran|pandaftaran|pendaftarannya|isian|semua|semuanya|semuaan))?$/u,
  ],
  ['status', /^(cek |lihat |malihat )?status(nya)?( (pendaftaran|pandaftaran|berkas|permohonan))?$/u],
  [
    'status',
    /^(sampai mana|sampai di mana|sudah sampai mana|kayapa|bagaimana) (berkas|barkas|pendaftaran|pandaftaran|permohonan|urusan)(nya)?$/u,
  ],
  [
    'status',
    /^(sudah )?(diproses|diurus|diperiksa|salasai|selesai)(kah| kah)? (berkas|barkas|pendaftaran|pandaftaran|permohonan|urusan)(nya)?$/u,
  ],
  [
    'delete_data',
    /^(hapus|hapusi|hapuskan|hapusakan|buang|hilangkan|hilangakan) (semua |samuaan |samunyaan |sabarataan )?(data|datanya|data data)( (samuaan|semuanya|semua|di sini|matan situ|dari sini|di situ|nang di sini)){0,2}$/u,
  ],
  [
    'delete_data',
    /^data (nang |yang )?(di sini )?(tulung )?(dihapus|dihapuskan|dihapusakan|dibuang|hapus|buang|buangi)( (semua|samuaan))?$/u,
  ],
  [
    'start',
    /^(mulai|mulai lagi|mulai pulang|aktifkan|aktifkan lagi|start|lanjut lagi|lanjutkan lagi|mulai dari awal)$/u,
  ],
];

/** The beginnings of all words that sentences are made of: a text without any of them is no command. */
const beginnings = new Set(
  sentences.flatMap(([, { source }]) => (source.match(/\p{L}{2,}/gu) ?? []).map((word) => word.slice(0, 3))),
);

/** Words that commands are made of; a single misspelt word is compared with these only. */
const single: Readonly<Record<string, Command>> = {
  menu: 'menu',
  kembali: 'back',
  ulangi: 'repeat',
  suara: 'voice',
  bahasa: 'language',
  petugas: 'human',
  bantuan: 'help',
  batalkan: 'cancel',
};

const singles = Object.entries(single);

export function readCommand(text: string): Command | null {
  if (text.length > 240) return null;
  const folded = fold(text);
  const words = splitWords(folded);
  const stopping = readStopping(folded);
  if (stopping !== null) return stopping;
  if (words.length === 0 || words.length > 14) return null;
  const core = words.filter((word) => !polite.has(word));
  const spoken = (core.length > 0 ? core : words).join(' ');
  const may = spoken === '0' || words.some((word) => beginnings.has(word.slice(0, 3)));
  const hit = may
    ? (commandIn(spoken) ?? (core.length < words.length ? commandIn(words.join(' ')) : undefined))
    : undefined;
  if (hit) return denied(words, hit[0]) ? null : hit[0];
  return core.length === 1 ? misspelt(core[0] ?? '') : null;
}

const commandIn = (spoken: string) => sentences.find(([, pattern]) => pattern.test(spoken));

/** "datanya jangan dihapus": the opposite. */
const denied = (words: readonly string[], command: Command): boolean =>
  command === 'delete_data' && words.some((word) => ['jangan', 'jgn', 'tidak', 'kada', 'gak'].includes(word));

/** With a slip of the finger, in the words that are long enough to stay unmistakable. */
const misspelt = (word: string): Command | null => singles.find(([name]) => isSlipOf(word, name))?.[1] ?? null;
