/**
 * A wish for no more messages, told by a small grammar over closed classes of words, Indonesian, Banjarese and some Javanese:
 *
 *   halt                          "stop", "berhenti berlangganan", "ampih mangirimi pasan"
 *   do-not + sending              "jangan chat saya lagi", "kada usah mangirimi habar"
 *   not-wanted + being-sent       "ulun kada handak dikirimi lagi", "tidak mau menerima pesan"
 *   either + message + again      "saya tidak mau pesan lagi"
 *   remove + number (+ list)      "hapus nomor saya"; with a list ("dari siaran ini") it is the messages that are meant
 *
 * A clause counts only when every word of it belongs to some class, so that a story is never one: "berhenti merajut",
 * "jangan lupa kirim info".
 */
import { isSlipOf } from './fuzzy.ts';
import { clauses, splitWords, withoutDoubles } from './normalise.ts';
import { softeners } from './words.ts';

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u));

const classes = {
  halt: set(`
    stop setop stops stopkan henti hentikan hentikanlah dihentikan diberhentikan berhenti brhenti brenti berenti baranti baranta
    baampih ampih ampihi ampihakan diampihi mandak mandakakan mandheg mandhek mandek unsubscribe unsub unreg udahan
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
    kirimi kirimin ngirimi ngirimin mengirimi mangirimi kirimakan hubungi menghubungi mahubungi wa ngewa wai mawa chat cet
    chatting ngechat sms nyms japri japriin spam nyepam ganggu mengganggu maganggu
  `),
  send: set('kirim mengirim mangirim ngirim kirimkan ngirimkan mengirimkan kasih kasihi memberi membari bari beri'),
  /** What is done to me. */
  reached: set(`
    dikirimi dikirimin dihubungi dihubungin diwa diwai dichat dichati dicet disms dijapri dispam diganggu diganggui dikabari
    dikabarin dihabari diinfo
  `),
  sent: set('dikirim dikirimkan dikirimakan dikasih diberi dibari'),
  comes: set('masuk datang ada muncul'),
  receive: set(`
    terima tarima menerima manarima nerima narima dapat dapet mendapat mandapat mendapatkan mandapatakan nampi berlangganan
    langganan balangganan ikut umpat
  `),
  message: set(`
    pesan pasan pesen wa whatsapp whatsap chat cet sms info informasi kabar habar berita barita notifikasi notif siaran broadcast
    bc promosi promo pemberitahuan pambaritahuan pengumuman pangumuman kiriman langganan berlangganan balangganan iklan pengingat
    paingat undangan grup milis
  `),
  again: set(
    'lagi pulang lg lagii maneh malih meneh semua semuanya samuaan samunyaan sabarataan selamanya seterusnya terus tarus',
  ),
  /** Whom and where. */
  whom: set(`
    saya sy ulun uln aku ku unda kami kula kulo nomor nomer nomorku nomornya no hp hape wa ini ngini itu tu niki ke ka kepada
    kapada untuk gasan dari matan saking di sini situ sana sinia yang yg nang dengan lawan ke kita kantor dinas pian kalian
  `),
  number: set('nomor nomer nomorku no nope kontak kontaknya hp'),
  remove: set(`
    keluar kaluar hapus hapusi hapuskan hapusakan apus apusin hapusin dihapus dihapuskan dihapusakan keluarkan kaluarkan kaluarakan keluarin
    dikeluarkan dikaluarakan cabut dicabut buang buangi dibuang hilangkan dihilangkan coret dicoret lepas lepaskan
  `),
  list: set('daftar data group list kelompok'),
  /** Greetings, thanks and softeners, which change nothing. */
  filler: set(`
    assalamualaikum assalamu alaikum wr wb waalaikumsalam halo hai selamat pagi siang sore malam terima tarima kasih makasih suwun
    nuwun matur sudah sdh udah hudah cukup saja sekarang wahini skrg mulai hari bisa bisakah kawa kawakah boleh bolehkah minta caranya cara bagaimana gimana kayapa
    agar supaya biar harap dimohon mohon tolong lah kah inggih nggih ya iya ok oke ai gin ni deh sih dong nah pokoknya tok wis
  `),
} as const;
type Class = keyof typeof classes;

/** Behind these stands a reason; before it the wish is whole. */
const reason = /\b(?:karena|krn|karna|soalnya|sualnya|sebab|marga|maklum)\b/u;

/** A condition is no wish of now. */
const condition = /\b(?:kalau|kalo|klo|mun|amun|jika|bila|sebelum|kecuali|asal|sampai|nek|menawi)\b/u;

/** A longer text tells a story. */
const WORDS = 24;

/** `stop`: no more messages. `leave`: that, or that all is deleted; which, the person has to say. */
export function readStopping(folded: string): 'stop' | 'leave' | null {
  if (condition.test(folded)) return null;
  const [wished = ''] = folded.split(reason, 1);
  if (splitWords(folded).length > WORDS) return null;
  return wishOf(wished) ?? firstOf(clauses(folded).map((clause) => wishOf(clause.split(reason, 1)[0] ?? '', true)));
}

const firstOf = <T>(values: readonly (T | null)[]): T | null => values.find((value) => value !== null) ?? null;

/** `within`: a clause of a longer text. A bare "berhenti" there may be of anything, so the messages must be named. */
function wishOf(text: string, within = false): 'stop' | 'leave' | null {
  const words = splitWords(text).map(stem);
  if (words.length === 0 || !words.every(isKnown)) return null;
  const has = (...names: readonly Class[]): boolean => words.some((word) => isOf(word, names));
  const needless = has('no') && words.some((word) => /^(?:perlu|parlu)$/u.test(word));
  const forbids = has('forbid') || needless;
  if (has('remove')) return forbids || has('no') ? null : removalOf(words);
  const unwanted = has('unwilling') || (has('no') && has('wanting'));
  const named = has('message', 'reach', 'reached') || (has('send') && has('again'));
  const stops =
    (halts(words, named) && (named || !within)) ||
    (forbids && forbidden(words, has)) ||
    (unwanted && refused(has)) ||
    ((forbids || unwanted) && has('message') && has('again'));
  return stops ? 'stop' : null;
}

const bare = set('jangan jgn ojo');

type Has = (...names: readonly Class[]) => boolean;

/** "jangan kirim" alone names nothing, so all of it is meant; "tidak usah kirim" may be said of a photo. */
const forbidden = (words: readonly string[], has: Has): boolean =>
  has('reach', 'reached') ||
  (has('send') && (has('message', 'again') || words.some((word) => bare.has(word)))) ||
  (has('sent', 'comes') && has('message'));

const refused = (has: Has): boolean => has('reached') || (has('receive', 'sent', 'comes') && has('message'));

/** A word that halts, with no "not" before it. "sudah berhenti" tells of what is over, where no messages are named. */
const halts = (words: readonly string[], named: boolean): boolean =>
  words.some(
    (word, place) =>
      classes.halt.has(word) &&
      !words.slice(Math.max(0, place - 2), place).some((before) => isOf(before, ['no', 'forbid'])) &&
      (named || !/^(?:sudah|sdh|udah|hudah|wis)$/u.test(words[place - 1] ?? '')),
  );

/** Data are deleted by another word ("hapus data saya"), which says first what goes and what stays. */
function removalOf(words: readonly string[]): 'stop' | 'leave' | null {
  const number = words.some((word) => classes.number.has(word));
  const me = number || words.some((word) => /^(?:saya|sy|ulun|uln|aku|kami)$/u.test(word));
  if (!me || words.includes('data')) return null;
  if (words.some((word) => classes.message.has(word))) return 'stop';
  return number || words.includes('daftar') ? 'leave' : null;
}

const isOf = (word: string, names: readonly Class[]): boolean => names.some((name) => classes[name].has(word));

const known = new Set([...softeners, ...Object.values(classes).flatMap((words) => [...words])]);
const isKnown = (word: string): boolean => known.has(word);

/** "pesannya", "infonya"; a doubled letter written once; "berhenti" with a slip of the finger. */
function stem(word: string): string {
  const single = withoutDoubles(word);
  const candidates = [word, word.replace(/nya$/u, ''), single, single.replace(/nya$/u, '')];
  return candidates.find(isKnown) ?? (isSlipOf(word, HALT) ? HALT : word);
}

/** The word that we tell people to write. */
const HALT = 'berhenti';
