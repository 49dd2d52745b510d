/**
 * Words that more than one reader knows, Indonesian and Banjarese together, with the Javanese that settlers use.
 * Sources: domain.md §9.2 (Banjarese core, counted in NusaX) and §9.4 (colloquial Indonesian).
 */

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((word) => word !== ''));

/** Said to be polite or to soften; they never change what is meant. */
export const softeners = set(`
  bu bua ibu ibuk buk bunda pak bapak bapa pa mas mba mbak mbk kak kaka ka min admin pian sampian acil cil julak
  lah lh pang ai gin ja haja aja saja sj doang dong deh dh sih ya yah yaa tu na nah nih jar kok kan lho loh eh ih oh mah
  tolong tlg tulung mohon mhn silakan maaf maap mf permisi makasih mksh makasi trims thx trmksh terima tarima kasih banyak
  banar banget sekali dulu dahulu ulun saya sy aku ku unda kami
`);

export const questionWords = set(`
  apa apakah napa napakah siapa kapan kpn pabila bila kenapa knp kanapa mengapa gimana gmn bagaimana kayapa berapa brp
  barapa mana dimana kemana kah
`);

/** Ways to say that one does not know. */
export const unknownPhrases: readonly string[] = (
  'kada tahu|tidak tahu|tdk tahu|gak tahu|ga tahu|nggak tahu|belum tahu|balum tahu|ga tau|gak tau|tidak tau|kada tau|ndak tau|gatau|kurang tahu|' +
  'kada ingat|tidak ingat|gak ingat|ga ingat|lupa|kalumpanan|kada paham|tidak paham|tidak mengerti|kada mangarti|bingung'
).split('|');

/** Asked at the end of a word: "kawakah", "bisakah". */
const asking = /^\p{L}{3,}kah$/u;

/** Whether a folded text asks something. A question mark tells, and so do question words. */
export function asks(folded: string, words: readonly string[]): boolean {
  return (
    folded.includes('?') || words.some((word) => questionWords.has(word) || (asking.test(word) && word !== 'berkah'))
  );
}

/** Words that begin a correction: what stands before or right after them does not hold. */
export const negations = set(
  'tidak tdk tak ga gak gk ngga nggak enggak kada kd bukan bkn lain jangan jgn ndak mboten ora',
);

/** What is not so yet is not so: "belum benar". */
export const notYet = set('belum blm blum belom balum blum baluman durung kurang');

/** "formerly" and "now": what was formerly does not hold. */
export const formerly = set('dulu dulunya bahari tadinya sebelumnya');
export const nowadays = set('wahini sekarang skrg skarang kini');

/** Near a place is not in it. */
export const near = set('parak dekat dkt seberang sabarang balakang belakang samping');

/**
 * Common words that look like an answer but are none; a word found here is never taken for a misspelling of another
 * (ux.md §5.2: "known dictionary word, then exact only").
 */
export const knownWords = set(`
  susah mudah rumah banar kawan bulan jalan makan ikan hutan bulik bawah sawah lawas malam hari tahun minggu orang urang
  anak kakak adik laki bini suami istri kerja gawi uang duit harga pasar toko warung kain benang banang warna tikar tas
  bakul topi dompet sendal baju kebaya kerudung barang ganal halus besar kecil baru lama tua muda panas dingin hujan
  buat bikin maulah jual beli kirim bayar lihat dengar baca tulis tanya jawab pergi datang pulang tidur bangun
  lawan lewat ubah ulah sakit sehat senang sedih takut malu supan sibuk kosong penuh banyak sedikit semua sabar cepat lambat
  bank biasa kadang kadai badan bahan bahasa jangka lanjut ladang padang handal kuda roti bola beda benda sedang kulo kula salam batakun takun bertanya nanya
`);
