/**
 * What stands around a name, and words that make one doubtful. A list may doubt, never forbid: who is called Selamat says yes to
 * "Namanya Selamat?". Only where nothing else is said is an answer an answer, and a global word a command.
 */

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u));

/** Said before a name; taken off while any of them begins the text. A word that is a name, too, needs its "my". */
export const before = new RegExp(
  '^(?:' +
    [
      "w?a{1,2}ss?[ae]la{1,3}m[a-z]{0,8}[ ']{0,3}(?:al|u)?a?i?l?a?i?[kq]u?m[a-z]{0,8}",
      "assalamu'?alaikum(?: wr\\.? ?wb\\.?)?",
      'wa?alaikum ?salam',
      's[ae]lamat (?:pagi|siang|sore|malam)',
      'bismillah(?:irr?ahmanirr?ahim)?',
      '(?:halo|hai|hallo|permisi|maaf|nuwun sewu|nyuwun sewu|ngapunten)',
      '(?:inggih|iya|iih|ya|nggih)(?: (?:leres|betul|benar|bujur))?',
      '(?:bu|ibu|pak|bapak|mas|mbak|kak)(?=[ ,.])(?: ai\\b)?',
      '(?:pang|lah|tu|dong|nah)(?=[ ,.])',
      'salah(?: ketik| tulis)?(?=[ ,.])',
      '(?:atas nama|a\\.?n\\.|a/n|an(?= ))',
      '(?:ny|tn|nyonya|tuan|sdri?)\\.?(?= )',
      '(?:dengan|dgn|kalau|lengkap)(?= )',
      '(?:di |sesuai )?(?:ktp|kartu)(?: saya| sy| ulun)?(?: tertulis)?',
      '(?:panggil|sebut|sambat|tulis|tulisakan|catat|isi)(?: saja| aja| haja| ja| mawon| saya| ulun)*',
      '(?:yang|yg|nang|sing) (?:betul|benar|bujur|banar|bener)(?:nya)?',
      '(?:nama|nm|nma|ngaran|ngrn|jeneng|nami|nmi)(?: (?:lengkap|asli|panggilan))?(?:nya| saya| sy| sya| ulun| uln| unda| aku| kula| kulo)?(?: (?:di|nang di|yang di|pada|sesuai) (?:ktp|kartu))?(?: adalah| itu| tu)?',
      'asm[ao](?:nipun|ne|ku| kula| kulo| ulun)',
      '(?:jeneng|nama|ngaran|nami)(?:ku|ulun|saya|e|ipun)',
      '(?:saya|sy|ulun|unda|aku|kulo|kula|dalem)(?: (?:adalah|bernama|barnama|bangaran|ngarannya|namanya|naminipun|nami|ni|sendiri))?',
      '(?:bernama|barnama|bangaran)',
      '(?:perkenalkan|kenalkan)',
    ].join('|') +
    ')(?=[ .,:;=!-]|$)[ .,:;=!-]*',
  'iu',
);

/** Here the name has ended, and something else is told. */
export const after =
  /[,;\n(]|\s-\s|\s(?:umur|usia|baumur|dari|matan|saking|urang|orang|wong|asal|tinggal|badiam|alamat|biasa|dipanggil|panggilan|alias|rt|kelurahan|kampung|bin(?=\s{0,3}$))\b/iu;
export const trailing =
  /(?:\s{1,3}(?:bu|ibu|pak|bapak|mas|mbak|lah|pang|ai|ya|yah|nah|tu|jar|gin|haja|aja|saja|ja|mawon|nggih|titik|ngaran ulun)){1,8}\s{0,3}$/iu;

/** Answers, greetings and excuses. Nobody is called so; alone they say something else, and the name is asked again. */
export const answers = set(`
  as ass aslm hai hi hei hey halo hallo permisi punten maaf makasih terima tarima
  ya iya iye inggih nggih iih ih ok oke okeh siap baik baiklah setuju boleh kawa bisa mau handak leres betul benar bener bujur banar
  tidak tdk kada kd jangan bukan bkn lain sanes dudu salah keliru belum balum gak ga nggak enggak usah mboten ora sudah tadi
  nanti kaina mengko mangke tunggu hadang hadangi sebentar satumat besok isuk lupa kalumpanan tahu tau lagi
  saya sy sya ulun uln unda aku kami kulo kula dalem sorang saurang
  ini itu ngini niki niku
  bu ibu bua pak bapak mbak sekali sih dong deh lah pang tu ja hehe wkwk ji
`);

/** What the person can order at any time: obeyed, never a name. */
export const globalWords = set(
  'menu kembali bulik ulang ulangi suara bahasa petugas admin batal berhenti stop mulai bantuan lewati status',
);

/** Ordinary words that some people are called all the same: read back. */
export const doubtful = set(`
  selamat salamat siang pagi sore malam hari tanya dan wan kasih paham mengerti maklum terserah sembarang bebas malas rahasia malu
  supan hujan guru lurah camat purun rajut lama baru bekas suka haji hajjah hajah bahari kosong hamba allah sugeng nah karo salam nini umi ning cucu surat titik
`);

/** Ordinary words that stand beside a name, never in one: the name ends, or begins, at them. Alone they are read back, too. */
export const ordinary = set(`
  ktp kk kartu nomor atas yang yg nang sing di ke ka dari matan saking untuk gasan atau atawa kan sama lawan dengan dgn kaya jar ne hilang hp wa daftar mandaftar mendaftar badaftar ndaftar daftarkan didaftarkan pendaftaran peserta usaha umkm
  kelompok klp toko warung sasirangan anyaman anyam kain tas bakul kue wadai tempe panganan tarus terus masih sini situ sana
  batakun bertanya siapa sinten opo nopo penjahit pengrajin perajin pangrajin paanyam tukang tani petani pedagang penjual pegawai
  pensiunan janda duda perempuan wanita tangga rumah pemilik ketua kader kayu ukir jahit jalan jl jln gang kampung desa kelurahan kel
  rt rw urang orang wong tiyang biasa biasanya biasane posyandu muka balakang belakang parak dekat pasar kantor masjid langgar
  banjar jawa jowo jawi asli
  mama mamak mbok mbokku simbah acil julak nenek kakek kai uma abah emak emakku bunda kuitan anak anaknya anake anakku
  cucunya cucuku putune menantu menantunya mantu mertua suami suaminya istri istrinya laki lakinya bini bininya bojo bojoku bojone
  kakak adik ading ponakannya tetangga tonggoku kawan almarhum almarhumah si mamanya bapaknya abahnya umanya ibunya
  sidin beliau dia inya mereka kamu pian ikam pakai pake begitu kaitu saja haja aja mawon wae juga jua tok thok gin cuma hanya
  isi tulis ditulis tulisannya taculis tertulis ketik ngetik manulis nulisnya mangatik mangatikakan catat lihat kirim foto datang
  pulang ikut umpat melu hadir kerja jual jualan bajualan dodol bikin buat maulah manyirang jatuh sakit garing lahir umur umure usia
  baumur th thn tahun sewidak enam puluh koma pakai disambung basambung digandeng satu kata huruf letter dieja baija eja
  panggil panggilan panggilannya dipanggil diceluk celukane celuk celukan disambat manyambat sambat kiau dikiau mangiau alias rancak
  diganti pinjam punya mau arep handak dulu dulunya sekarang wahini wayahini wayah eh ralat klentu keliru tasalah salah
  maksud maksudnya lain bukan bkn sanes dudu tapi tagal tetapi lalu nama nm ngaran ngarannya ngaranku jeneng jenenge jenengku nami
  naminipun namanya namaku asmane bernama barnama bangaran diangarani angaran dahulu kan lengkap sesuai ndek izin
  memperkenalkan perkenalkan diri kenal baru hanyar balas mbales bales tabaca kabaca buka nembe bismillah ngapunten nyuwun
  nuwun sewu enjing assalamualaikum waalaikumsalam karena makanya soalnya kadada bapanjangan sambungannya lanjutannya sampun wis
  takut pinjol dipakai mata kabur ngisi mengisi ada dua badua tolong my name sendiri podo samalam kemarin wingi teko nuruti
`);

/** Calls what follows a person's name. */
export const naming = set(`
  nama nm nma namanya namaku ngaran ngrn ngarannya ngaranku jeneng jenenge jenengku nami naminipun asmane asmanipun bernama barnama
  bangaran diangarani tulis ditulis tulisakan catat ktp
`);

/** What is named is no person. */
export const noPerson = set('usaha toko kelompok klp warung jalan jl kampung kantor merek produk');

/** What follows is not it: denied, given up, only what people say, or another person. */
export const setAside = set(`
  dari matan saking di asal tinggal badiam alamat urang orang wong
  bukan bkn lain sanes dudu jangan dulu dulunya dahulu alias panggil panggilan panggilannya dipanggil diceluk celukane disambat
  manyambat dikiau mangiau istrinya suaminya anak anaknya bini bininya laki lakinya bojone mamanya bapaknya abahnya umanya ibunya
  almarhum almarhumah si
`);

/** Before one of these what follows is not it either. */
export const denying = set('bukan bkn lain sanes dudu jangan');

/** What follows corrects what stands before. */
export const correcting = set(
  'eh ralat klentu keliru salah tasalah maksud maksudnya tapi tagal betul benar bujur bener',
);
