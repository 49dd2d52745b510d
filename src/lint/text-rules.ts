/**
 * What makes a text hard to read for somebody who decodes it word by word. Limits and evidence: ux.md §4.3. Every finding
 * says the rule in plain Indonesian, for a reader who does not program, and a better way.
 */

export interface Finding {
  rule: string;
  better: string;
}

/** What one message may hold (DESIGN.md, conversation rule 1). */
const CHARACTERS = 220;
const LINES = 8;
const SENTENCE_WORDS = 12;

/** LIX: words a sentence plus the share of words over six letters. Under 30 is a children's book. */
const LIX = 30;

/** In a text of fewer words one long word moves LIX by more than four points, and it says nothing. */
const LIX_WORDS = 12;

/** Of ten words one may be unknown in a short text; over a whole catalogue ux.md asks for 95 %. */
const KNOWN_SHARE = 0.9;

const forbidden: Readonly<Record<string, string>> = {
  silakan: 'pakai kalimat biasa tanpa "silakan"',
  unggah: 'tulis "kirim"',
  verifikasi: 'tulis "dicek"',
  tautan: 'jangan pakai tautan',
  link: 'jangan pakai tautan',
  klik: 'tulis "tekan"',
  domisili: 'tulis "tinggal"',
  format: 'beri contoh saja',
  valid: 'tulis "betul"',
  invalid: 'katakan dengan contoh apa yang ditunggu',
  error: 'akui kesalahan sendiri: "Maaf, saya belum paham."',
  input: 'tulis "isi" atau "ketik"',
  mohon: 'tulis "tolong", atau langsung saja',
  konfirmasi: 'tanya "Betul?"',
  pengguna: 'tulis "Bapak/Ibu"',
  user: 'tulis "Bapak/Ibu"',
  salah_format: 'beri contoh saja',
  opsi: 'tulis "pilihan"',
  registrasi: 'tulis "daftar"',
  submit: 'tulis "kirim"',
  apabila: 'tulis "kalau"',
  harap: 'tulis langsung saja',
  tersebut: 'tulis "itu"',
  dikarenakan: 'tulis "karena"',
};

/** Capitals that are names of things. */
const acronyms = new Set(
  'NIB KBLI NPWP OTP KUR IPR HAKI KTP NIK PIN WA WITA UMKM PLUT JNE RT RW HP KK OSS BRI BNI'.split(' '),
);

/** Pictures of things that may stand at the beginning of a line; none carries the meaning alone. */
const pictures = /[📷🧵🧺📦🎤📍]/u;

const instruction = /(?:^|[.!?]\s+|\n)(?:tolong |coba )?di\p{L}{3,}kan\b/iu;
const doubleNegation =
  /\b(?:tidak|bukan|jangan|belum|kada|balum)\b[^.,!?\n]{0,25}\b(?:tidak|bukan|tanpa|kada|belum|balum)\b/iu;

/** A text as it is seen with long values, and with short ones: how hard its own words are. */
export interface Checked {
  text: string;
  bare: string;
}
type Rule = (text: string, known: ReadonlySet<string>, bare: string) => Finding | undefined;

const rules: readonly Rule[] = [
  (text) =>
    limit(text.length, CHARACTERS, 'huruf dalam satu pesan', 'Bagi menjadi dua pesan, atau buang yang tidak perlu'),
  (text) => limit(text.split('\n').length, LINES, 'baris dalam satu pesan', 'Bagi menjadi dua pesan'),
  (text) =>
    limit(
      Math.max(0, ...sentencesOf(text).map((one) => wordsOf(one).length)),
      SENTENCE_WORDS,
      'kata dalam satu kalimat',
      'Pecah kalimatnya',
    ),
  (_text, _known, bare) =>
    wordsOf(bare).length < LIX_WORDS
      ? undefined
      : limit(
          Math.round(lix(bare)),
          LIX,
          'LIX (kata panjang dan kalimat panjang)',
          'Pakai kata yang pendek dan kalimat yang pendek',
        ),
  (text) =>
    limit((text.match(/\?/g) ?? []).length, 1, 'tanda tanya dalam satu pesan', 'Satu pertanyaan saja setiap pesan'),
  (text) => {
    const hit = wordsOf(text).find((word) => Object.hasOwn(forbidden, word));
    return hit === undefined ? undefined : { rule: `memakai kata "${hit}"`, better: forbidden[hit] ?? '' };
  },
  (text) => found(instruction.exec(text), 'menyuruh dengan kata "di-…-kan"', 'Suruh langsung: "Ketik …", "Pilih …"'),
  (text) => found(doubleNegation.exec(text), 'memakai dua kata tidak', 'Katakan dengan kalimat yang positif'),
  (text) =>
    found(/https?:|www\.|\.(?:com|id|go)\b/iu.exec(text), 'memakai tautan', 'Jelaskan di sini, atau tawarkan petugas'),
  (text) => found(/\*\*/.exec(text), 'memakai dua bintang', 'Satu bintang di depan dan satu di belakang'),
  (text) => {
    const shouting = (text.match(/\p{Lu}{3,}/gu) ?? []).find((word) => !acronyms.has(word));
    return shouting === undefined
      ? undefined
      : { rule: `memakai huruf besar semua: "${shouting}"`, better: 'Tulis dengan huruf biasa' };
  },
  (text) =>
    found(
      // A number of a card is read back in groups of four.
      /(?<![\d.*/])(?!(?:19|20)\d\d\b)\d{4,}(?![\d/])/u.exec(text.replace(/\d{4}(?: \d{4})+/g, '')),
      'memakai angka panjang tanpa titik',
      'Tulis 1.000.000, bukan 1000000',
    ),
  (text) => emoji(text),
  (_text, known, bare) => unknownWords(bare, known),
];

/** All that is hard to read in a text. `known`: folded words that everybody knows. */
export const checkText = ({ text, bare }: Checked, known: ReadonlySet<string>): Finding[] =>
  rules.flatMap((rule) => rule(text, known, bare) ?? []);

/** Words a sentence plus the share, in hundredths, of words over six letters (Björnsson 1968). */
export function lix(text: string): number {
  const words = wordsOf(text);
  if (words.length === 0) return 0;
  const long = words.filter((word) => word.length > 6).length;
  return words.length / Math.max(1, sentencesOf(text).length) + (100 * long) / words.length;
}

export const wordsOf = (text: string): string[] => (text.toLowerCase().match(/\p{L}+/gu) ?? []).map((word) => word);

const sentencesOf = (text: string): string[] =>
  text.split(/(?<![.!?:])[.!?:]+(?:\s|$)|\n/u).filter((one) => /\p{L}/u.test(one));

const limit = (value: number, most: number, what: string, better: string): Finding | undefined =>
  value <= most ? undefined : { rule: `${value} ${what}; paling banyak ${most}`, better };

const found = (match: RegExpExecArray | null, rule: string, better: string): Finding | undefined =>
  match ? { rule: `${rule} ("${match[0].trim()}")`, better } : undefined;

function emoji(text: string): Finding | undefined {
  const signs = text.match(/\p{Extended_Pictographic}/gu) ?? [];
  const better = 'Satu gambar benda di depan baris saja, atau tanpa gambar';
  if (signs.length > 1) return { rule: 'memakai lebih dari satu gambar', better };
  const [sign] = signs;
  if (sign === undefined) return undefined;
  if (!pictures.test(sign)) return { rule: `memakai gambar "${sign}" yang tidak ada di daftar`, better };
  return new RegExp(`(?:^|\\n)${sign}`, 'u').test(text)
    ? undefined
    : { rule: 'memakai gambar di tengah kalimat', better };
}

function unknownWords(text: string, known: ReadonlySet<string>): Finding | undefined {
  const words = wordsOf(text);
  const unknown = [...new Set(words.filter((word) => word.length > 1 && !known.has(word)))];
  if (words.length === 0 || unknown.length === 0 || 1 - unknown.length / words.length >= KNOWN_SHARE) return undefined;
  return {
    rule: `memakai kata yang mungkin tidak dikenal: ${unknown.join(', ')}`,
    better: 'Ganti dengan kata sehari-hari, atau masukkan ke locales/words.txt kalau semua orang tahu',
  };
}
