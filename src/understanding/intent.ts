/**
 * What a person wants of the office, out of a free sentence. Each topic has words that point to it; the strongest topic
 * wins, and the general one ("daftar") only where no other is named. A story that merely holds such a word is no wish:
 * a long text must name its topic twice, or ask for something.
 */
import { readCommand } from './command.ts';
import { fold, splitWords } from './normalise.ts';

export const intents = [
  'not_coming',
  'register',
  'nib',
  'ipr',
  'kur',
  'voucher',
  'training',
  'bazaar',
  'consult',
  'marketplace',
  'size',
  'status',
  'human',
] as const;
export type Intent = (typeof intents)[number];

interface Topic {
  intent: Intent;
  /** Names the topic by itself. */
  strong: RegExp;
  /** Points to it; two of them, or one with a wish, are enough. */
  weak?: RegExp;
  /** Its words are a wish by themselves. */
  asks?: boolean;
}

/** In the order in which they win when equally strong: the progress of a thing goes before the thing. */
const topics: readonly Topic[] = [
  {
    intent: 'not_coming',
    asks: true,
    strong:
      /\b(?:tidak|tdk|kada|kd|kadada|gak|ga|nggak|ngga|ndak|batal|urung|absen|berhalangan)\b (?:\p{L}+ ){0,2}(?:ikut|umpat|ikutan|umpatan|hadir|datang|tulak)\b|^(?:berhalangan|absen)(?: hadir)?$/u,
  },
  {
    intent: 'status',
    strong:
      /\b(?:sampai|sampe|nyampe) (?:mana|dimana|di mana|kemana)\b|\bstatus(?:nya)?\b|\b(?:sudah|sdh|udah|hudah|balum|belum)(?:kah)? (?:\p{L}+ )?(?:terdaftar|tadaftar|daftar (?:belum|balum|kah)|disetujui|disatujui|diproses|diprosis|diterima|ditarima|cair|keluar|kaluar|jadi|salasai|selesai|terbit|tarabit|diurus|diperiksa|diparisa|acc)\b|\b(?:kapan|pabila) (?:\p{L}+ ){0,2}(?:saya|ulun|sy|kami) (?:\p{L}+ )?(?:cair|jadi|keluar|kaluar|terbit|tarabit|selesai|salasai)\b|\b(?:perkembangan|kabar)(?:nya)? (?:pengajuan|berkas|barkas|permohonan|pendaftaran)\b/u,
    weak: /\b(?:berkas|barkas|pengajuan|pangajuan|permohonan|parmohonan|pendaftaran saya|pandaftaran ulun)(?:nya|ku)?\b/u,
  },
  {
    intent: 'ipr',
    strong:
      /\b(?:nama dagang|nama produk|merek|merk|mirik|mereknya|merknya|haki|hki|paten|dipatenkan|mematenkan|hak cipta|hak ciptaan|djki|dgip)\b|\b(?:logo|motif|ngaran|nama|desain|karya)\p{L}* (?:\p{L}+ ){0,3}(?:ditiru|ditiruakan|dijiplak|dicontek|dicuntu|dipakai|dicuri|dilindungi|dipatenkan)\b|\b(?:melindungi|malindungi|malindungakan|hak) (?:\p{L}+ ){0,2}(?:logo|motif|ngaran|nama|desain|karya)\b|\blogo (?:\p{L}+ ){0,3}\p{L}*daftar\p{L}*|\p{L}*daftar\p{L}* (?:\p{L}+ ){0,2}logo\b/u,
    weak: /\b(?:logo|ditiru|dijiplak|malindungi\p{L}*|melindungi\p{L}*|dilindungi|daftarkan nama)\b/u,
  },
  {
    intent: 'nib',
    strong:
      /\b(?:nib|nibnya|oss|nomor induk(?: berusaha)?|(?:surat )?izin (?:usaha|berusaha)|ijin (?:usaha|berusaha)|izin usahanya|legalitas(?: usaha)?|surat usaha|siup|tdp|iumk)\b/u,
    weak: /\b(?:izin|ijin|perizinan|legal)\b(?! (?:pirt|edar|halal|bpom|imb|pulang|tidak|kada|sakit|nikah|keramaian|tanya|bertanya|nanya|batakun|takun|bicara))/u,
  },
  {
    intent: 'kur',
    strong:
      /\b(?:kur|kurnya|kredit usaha(?: rakyat)?|subsidi bunga|bunga (?:disubsidi|rendah|murah|ringan)|(?:pinjam|pinjaman|minjam|meminjam|injam|injaman|mainjam|manginjam|hutang|utang|bahutang|berhutang|ngutang|kredit) (?:\p{L}+ ){0,3}(?:modal|bank|duit|uang|usaha|bri|mandiri|bni|kalsel))\b|\b(?:modal|duit|uang) (?:\p{L}+ ){0,4}(?:bank|pinjaman|hutang|utang)\b|\b(?:tambah|tambahan|butuh|parlu|perlu|cari|bantuan|bantuin) modal\b|\bmodal (?:usaha|(?:\p{L}+ )?kurang)\b/u,
    weak: /\b(?:pinjam\p{L}*|injam\p{L}*|mainjam|minjam|bahutang|berhutang|hutang|utang|kredit|modal|bunga|angsuran|cicilan|agunan)\b/u,
  },
  {
    intent: 'voucher',
    strong:
      /\b(?:ongkir\p{L}*|ongkos ?kirim\p{L}*|gratis (?:kirim|ongkir)|voucher|vocer|voucer|vouchernya|kupon\p{L}*|bebas ongkir|subsidi (?:kirim|ongkir|ongkos))\b|\b(?:kirim|mangirim|mengirim|ngirim|pengiriman|pangiriman) (?:\p{L}+ ){0,3}(?:barang|paket|dagangan|jualan|pesanan|pasanan|ke luar|ka luar|ke jawa|ka jawa|jawa)\b|\b(?:ongkos|biaya) (?:kirim|mangirim|pengiriman)\p{L}*/u,
    weak: /\b(?:jne|jnt|j&t|pos|ekspedisi|ikspidisi|sicepat|mangirim|pengiriman|paket|ongkos\p{L}*)\b/u,
  },
  {
    intent: 'training',
    strong:
      /\b(?:pelatihan\p{L}*|palatihan\p{L}*|latihan\p{L}*|kursus\p{L}*|bimtek|bimbingan teknis|workshop|diklat)\b|\bkelas (?:menjahit|manjahit|jahit|rajut|merajut|marajut|membatik|sasirangan|anyam\p{L}*)\b|\b(?:belajar|balajar|diajari|diajarakan|melajari|malajari) (?:\p{L}+ ){0,2}(?:membuat|bikin|maulah|meolah|menjahit|manjahit|jahit|motif|merajut|marajut|rajut|anyam\p{L}*|maanyam|sasirangan|usaha|jualan|mewarnai)\b/u,
    weak: /\b(?:belajar|balajar|diajari|dilatih|ilmu)\b/u,
  },
  {
    intent: 'bazaar',
    strong:
      /\b(?:pameran\p{L}*|paminran|bazar\p{L}*|bazaar\p{L}*|expo|ekspo|stand\p{L}*|stan|pasar murah|pekan raya|festival)\b/u,
    weak: /\b(?:bajualan di|jualan di|lapak|lapaknya|acara kota)\b/u,
  },
  {
    intent: 'marketplace',
    strong:
      /\b(?:shopee|sopi|shope|tokopedia|tokped|lazada|bukalapak|tiktok ?shop|marketplace|market place|e-?commerce|toko online)\b|\b(?:jual\p{L}*|jualan|bajual\p{L}*|berjualan|bajualan|dagang) (?:\p{L}+ ){0,2}(?:online|onlen|onlin|daring|internet|ig|instagram|facebook|fb|tiktok)\b/u,
    weak: /\b(?:online|onlen|akun|daring|tiktok|instagram)\b/u,
  },
  {
    intent: 'size',
    strong:
      /\b(?:mikro|kecil|menengah|halus)\b (?:\p{L}+ ){0,2}\b(?:atau|atawa)\b (?:\p{L}+ ){0,2}\b(?:mikro|kecil|menengah|ganal|besar)\b|\b(?:masuk|tamasuk|termasuk|golongan|tergolong|kategori|katagori|tingkat|skala|kelas)\p{L}* (?:\p{L}+ ){0,3}(?:mikro|kecil|menengah)\b|\busaha mikro (?:itu )?(?:apa|yang|nang|kah)\b/u,
    weak: /\b(?:mikro|omzet|omset|aset|skala usaha|kriteria)\b/u,
  },
  {
    intent: 'consult',
    strong:
      /\b(?:konsultasi\p{L}*|konsul|konsultan\p{L}*|pendamping\p{L}*|pandamping\p{L}*|plut|pendampingan|dibimbing)\b|\b(?:tanya|batakun|bertanya|nanya|curhat|minta saran|minta masukan) (?:\p{L}+ ){0,2}(?:soal|tentang|masalah|pasal) usaha\p{L}*/u,
    weak: /\b(?:saran|masukan|bimbingan|masalah usaha)\b/u,
  },
  {
    intent: 'human',
    asks: true,
    strong:
      /\b(?:bicara|ngomong|ngobrol|bapandir|pandirakan|bapandiran|sambungkan|sambungakan|hubungkan|hubungakan|ketemu|batamu|dihubungi|ditelpon|ditelepon|telepon|telpon) (?:\p{L}+ ){0,2}(?:petugas\p{L}*|admin\p{L}*|orang\p{L}*|urang\p{L}*|pegawai\p{L}*|bu dinas|pak dinas|dinas|manusia)\b|\b(?:bicara|ngomong|bapandir|ngobrol) langsung\b|\b(?:tanya|bertanya|nanya|batakun|takun|betakun) (?:\p{L}+ ){0,2}(?:petugas|admin|pegawai|(?:orang|urang) (?:kantor|dinas))(?:nya)?\b|^(?:petugas|admin|operator)$/u,
  },
  {
    intent: 'register',
    strong:
      /\b(?:daftar|mendaftar|mandaftar|daftarkan|daftarakan|didaftar\p{L}*|registrasi|terdaftar|tadaftar|gabung|bergabung|bagabung)\b|\b(?:didata|tadata|terdata|mendata|pendataan|dimasukkan data|masuk data)\b|\b(?:jadi|menjadi|ikut|umpat) (?:\p{L}+ ){0,1}(?:binaan|anggota|kelompok|mitra)\b/u,
  },
];

/** A wish or a request: then one pointing word is enough. */
const wish =
  /\b(?:mau|mao|handak|hndk|hendak|ingin|pengen|pingin|kepingin|minta|butuh|parlu|perlu|tolong|tulung|bisa|kawa|boleh|ikut|umpat|cara|caranya|gimana|gmn|bagaimana|kayapa|bikin|bikinkan|membuat|maulah|urus|maurus|mengurus|ada|adakah|masih|msh|kapan|pabila|syarat\p{L}*|apa|napa|info|daftar|tanya|batakun|takun)\b|\p{L}*kah\b|\?/u;

/** Told of others, or of lists and schools: nothing that is wanted of the office. */
const story =
  /\b(?:mereka|buhannya|kawanku|temanku|kawannya|temannya|inya|dia|sidin)\b|\bdaftar (?:harga|haraga|menu|isi|belanja|baju)\b|\b(?:beasiswa|cpns|kuliah|sekolah|sakulah|lowongan|lamaran|melamar|malamar|palamar)\b/u;

/** A sentence of more words is a story, unless it asks for something and names its topic clearly. */
const STORY = 14;

/** So few words name a topic because it is wanted. */
const SHORT = 5;

export function readIntent(text: string): Intent | null {
  if (text.length > 400) return null;
  const folded = fold(text);
  const words = splitWords(folded);
  if (words.length === 0) return null;
  if (readCommand(text) === 'human') return 'human';
  if (readCommand(text) === 'status') return 'status';
  const spoken = words.join(' ');
  if (story.test(spoken)) return null;
  const best = topics
    .map((topic) => ({ ...topic, score: scoreOf(topic, spoken) }))
    .reduce((a, b) => (b.score > a.score ? b : a));
  const wishes = best.asks === true || wish.test(spoken) || folded.includes('?');
  const named = best.score >= 3 || (best.score > 1 && (wishes || words.length <= SHORT));
  const hinted = best.score === 1 && (wishes ? words.length <= 8 : words.length <= 2);
  return (named || hinted) && (words.length <= STORY || (wishes && best.score >= 3)) ? best.intent : null;
}

/** Two for a word that names the topic, one for each that points to it. The general topic never outweighs another. */
function scoreOf({ intent, strong, weak }: Topic, spoken: string): number {
  const hints = weak ? (spoken.match(new RegExp(weak.source, 'gu')) ?? []).length : 0;
  if (intent === 'register') return strong.test(spoken) ? 1.5 : 0;
  return (strong.test(spoken) ? 2 : 0) + Math.min(hints, 2);
}
