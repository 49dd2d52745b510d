/** The closed classes of words that a wish for no more messages is made of: Indonesian, Banjarese and some Javanese, as typed. */

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u));

export const classes = {
  halt: set(`
    stop setop stops stopkan henti hentikan hentikanlah dihentikan diberhentikan berhenti brhenti brenti berenti baranti baranta
    baampih ampih ampihi ampihakan diampihi mandak mandakakan mandheg mandhek mandek unsubscribe unsub unreg udahan
    stp stpo sotp setp stob brhnti brhnt brnti brhenti brentiin stopin berhentiin pareien lereni
  `),
  /** Forbids what the other does; "usah" stands behind a no. */
  forbid: set('jangan jangn jgn jng jngn ojo aja ampun usah gausah gusah tdkusah'),
  no: set('tidak tdk tak ga gak gk ngga nggak enggak engga kada kd kadada ndak nda ora mboten ra'),
  wanting: set(`
    mau mao handak hndk hendak ingin pengen pingin kepingin hakun perlu parlu butuh bersedia berkenan mauk minat berminat suka
    gelem arep purun kersa
  `),
  /** A no and a wish in one word. */
  unwilling: set('gamau gakmau kdhandak emoh moh ogah malas males wegah bosan bosen uyuh koler muyak'),
  /** To me, by its form or its meaning: needs no more words. */
  reach: set(`
    kirimi kirimin ngirimi ngirimin mengirimi mangirimi kirimakan hubungi menghubungi mahubungi wa ngewa wain wai mawa chat cet
    chatting ngechat sms nyms japri japriin spam nyepam ganggu mengganggu maganggu
  `),
  send: set(
    'kirim mengirim mangirim ngirim kirimkan ngirimkan mengirimkan kasih kasihi memberi membari bari beri teruskan tarusakan terusin meneruskan lanjutkan',
  ),
  /** What is done to me. */
  reached: set(`
    dikirimi dikirimin dihubungi dihubungin diwa diwai dichat dichati dicet disms dijapri dispam diganggu diganggui dikabari
    dikabarin dihabari diinfo dispamin diwain dichatin diwhatsapp
  `),
  sent: set(
    'dikirim dikirimkan dikirimakan dikasih diberi dibari dikirimin diteruskan ditarusakan diterusin dilanjutkan diteruske',
  ),
  comes: set('masuk datang ada muncul'),
  receive: set(`
    baca membaca mambaca maca     terima tarima menerima manarima nerima narima dapat dapet mendapat mandapat mendapatkan mandapatakan nampi berlangganan
    langganan balangganan ikut umpat
  `),
  message: set(`
    pesan pasan pesen wa whatsapp whatsap chat cet sms info informasi kabar habar berita barita notifikasi notif siaran broadcast
    bc promosi promo pemberitahuan pambaritahuan pengumuman pangumuman kiriman langganan berlangganan balangganan iklan pengingat
    paingat undangan grup grub group milis
  `),
  again: set(
    'lagi pulang lg lagii maneh malih meneh semua semuanya samuaan samunyaan sabarataan selamanya seterusnya terus tarus melulu mulu menerus',
  ),
  /** Whom and where. */
  whom: set(`
    saya sy ulun uln aku ku unda kami kula kulo nomor nomer nomorku nomornya no hp hape wa ini ngini itu tu niki ke ka kepada
    kapada untuk gasan dari matan saking di sini situ sana sinia yang yg nang dengan lawan ke kita kantor dinas pian kalian
  `),
  number: set('nomor nomer nomorku no nope kontak kontaknya hp nama ngaran'),
  remove: set(`
    hapus hapusi hapuskan hapusakan apus apusin hapusin dihapus dihapuskan dihapusakan keluarkan kaluarkan kaluarakan keluarin
    dikeluarkan dikaluarakan cabut dicabut buang buangi dibuang hilangkan dihilangkan coret dicoret lepas lepaskan blokir blok block diblokir delete didelete
  `),
  /** How is it done? It is told, and asked whether it is wanted. */
  how: set('cara caranya bagaimana gimana gmn kayapa kepriye piye pripun'),
  spam: set('spam nyepam dispam'),
  me: set('saya sy ulun uln aku ku unda kami kula kulo'),
  list: set('daftar data list kelompok'),
  /** To go out of where the messages come from. */
  out: set('keluar kaluar leave left metu unfollow'),
  /** Where one is sent messages together with others. */
  circle: set('grup grub group siaran broadcast bc milis daftar list langganan'),
  /** Ends what one once began to receive. */
  off: set(`
    off offkan off-kan matikan dimatikan matiin pateni matiakan nonaktifkan dinonaktifkan nonaktif tutup ditutup batal batalkan dibatalkan
    batalin cabut
  `),
  /** What can be ended so; a meeting or an order that is called off is something else. */
  feed: set(
    'pesan pasan notif notifikasi notipikasi langganan berlangganan balangganan siaran broadcast bc promo promosi info informasi',
  ),
  enough: set('cukup sampun udahan sudahi sudahan'),
  /** What tires people, and how they say that it does. */
  annoyed: set(`
    spam nyepam dispam ganggu mengganggu maganggu menganggu mengganngu terganggu taganggu keganggu risih risi bosan bosen bosenin pusing pening
    muak muyak uyuh koler capek cape lelah berisik jengkel kesal sebal sebel mangganggu kebanyakan jenuh males malas wegah marah sumpek
  `),
  /** What can be sent, too: then it is not the messages that are unwanted. */
  thing: set(`
    barang barangnya paket uang duit foto poto gambar fotonya dokumen berkas surat kain benang bahan makanan wadai kue pesanan pesanannya
    video stiker stok sampel contoh resi ongkir
  `),
  /** Before these it is one's own doing that annoys: "maaf mengganggu". */
  sorry: set('maaf maap mf izin ijin permisi takut supan sungkan nuwun ngapunten'),
  /** Greetings, thanks and softeners, which change nothing. */
  filler: set(`
    assalamualaikum assalamu alaikum wr wb waalaikumsalam halo hai selamat pagi siang sore malam terima tarima kasih makasih suwun
    nuwun matur sudah sdh udah hudah cukup saja sekarang wahini skrg mulai hari bisa bisakah kawa kawakah boleh bolehkah minta caranya cara bagaimana gimana kayapa
    agar supaya biar harap dimohon mohon tolong lah kah inggih nggih ya iya ok oke ai gin ni deh sih dong nah pokoknya tok wis nak nduk cu le neng mbah beneran banget bgt bujur banar
  `),
} as const;
export type Class = keyof typeof classes;

/** What is over is no wish of now. */
export const past = set('sudah sdh udah udh hudah wis pernah tadi kemarin samalam kemaren barusan');
