/**
 * Words that stand for each other when one chooses: Indonesian, Banjarese, short forms and spelling by ear. A row is one
 * thing; the words of a label are widened by their rows. Words with a second, unrelated meaning are left out.
 * Sources: domain.md §9.2 and §9.4; names of days and months as they are said in Banjar.
 */
const rows = `
  sendiri sendirian saurang saurangan sorangan
  anggota ikut umpat
  pelatihan latihan palatihan
  rajut rajutan merajut marajut crochet krosyet kroset krose krosye hakpen hekpen
  bambu paring buluh
  sulam sulaman bordir menyulam manyulam payet
  kemasan bungkus bungkusan packing pengemasan
  digital online daring internet sosmed marketplace
  menjahit jahit manjahit jahitan
  laki lelaki pria lakian lk
  perempuan wanita bini binian bibini pr
  senin sanayan isnin
  selasa salasa
  rabu arba
  kamis kamih
  jumat jumahat
  sabtu saptu
  minggu ahad
  januari jan
  februari pebruari pebuari februwari feb peb
  maret mar mrt
  april apr
  juni jun
  juli jul
  agustus agt agus
  september sept sep
  oktober okt
  november nopember nov nop
  desember des
  telepon telpon telp tlp ditelepon ditelpon nelpon
  tunai cash kontan
  transfer tf trf ditransfer
  qris kris qiris scan barkot barcode barkod
  pagi baisukan esuk
  sore kamarian
  nanti kaina
  belum balum blm baluman
  sudah hudah sdh udah
  diurus diurusakan mengurus mauruskan
  bantuan bantu tulungi tulung dibantu
  indonesia indo
  banjar banjarese
`
  .trim()
  .split('\n')
  .map((row) => row.trim().split(' '));

const byWord = new Map(rows.flatMap((row) => row.map((word) => [word, row] as const)));

/** The words that stand for this one, itself among them. */
export const alike = (word: string): readonly string[] => byWord.get(word) ?? [word];
