/**
 * A wish for no more messages, told by a small grammar over closed classes of words, Indonesian, Banjarese and some Javanese:
 *
 *   halt                          "stop", "berhenti berlangganan", "ampih mangirimi pasan"
 *   do-not + sending              "jangan chat saya lagi", "kada usah mangirimi habar"
 *   not-wanted + being-sent       "ulun kada handak dikirimi lagi", "tidak mau menerima pesan"
 *   either + message + again      "saya tidak mau pesan lagi"
 *   turn off + what is sent       "matikan notifnya", "batal langganan"
 *   out of + where it is sent     "saya mau keluar dari siaran ini"
 *   remove + number (+ list)      "hapus nomor saya"; with a list ("dari siaran ini") it is the messages that are meant
 *
 * A clause whose words all belong to some class is taken as it stands. In a longer one a frame of such words is looked for with
 * nothing foreign inside it; what follows it tells whether the messages are meant at all: "jangan dikirimi ya nak hp ulun rusak",
 * but "jangan kirimi barang". So a story is never a wish: "berhenti merajut", "jangan lupa kirim info". What only may be one,
 * such as a complaint, is asked.
 */
import { isSlipOf } from './fuzzy.ts';
import { clauses, splitWords, withoutDoubles } from './normalise.ts';
import { firstFrame, type Frame, type Wish } from './stopping-frames.ts';
import { classes, past, type Class } from './stopping-words.ts';
import { questionWords, softeners } from './words.ts';

/** Behind these stands a reason; before it the wish is whole. */
const reason = /\b(?:karena|krn|karna|soalnya|sualnya|sebab|marga|maklum)\b/u;

/** "kalau bisa" is only polite. */
const politeIf = /\b(?:kalau|kalo|klo|mun|amun|jika|bila) (?:bisa|boleh|kawa|berkenan|tidak keberatan)\b/gu;

/** A condition is no wish of now. */
const condition = /\b(?:kalau|kalo|klo|mun|amun|jika|bila|sebelum|kecuali|asal|sampai|nek|menawi)\b/u;

/** A longer text tells a story. */
const WORDS = 25;

const sign = /[\u{1f6d1}\u26d4]\ufe0f?/gu;

export function readStopping(text: string): Wish | null {
  const folded = text.replace(sign, ' stop ').replace(politeIf, ' ');
  if (condition.test(folded)) return null;
  const [wished = ''] = folded.split(reason, 1);
  if (splitWords(folded).length > WORDS) return null;
  const parts = clauses(folded).map((clause) => clause.split(reason, 1)[0] ?? '');
  const whole = wishOf(wished) ?? firstOf(parts.map((part) => wishOf(part, true)));
  return demoted(whole, folded) ?? firstOf(parts.map(wishWithin)) ?? perhaps(parts);
}

const firstOf = <T>(values: readonly (T | null)[]): T | null => values.find((value) => value !== null) ?? null;

/** Who asks how to stop is told, and asked whether to. */
const demoted = (wish: Wish | null, text: string): Wish | null =>
  wish !== null && splitWords(text).some((word) => classes.how.has(word)) ? 'enough' : wish;

/** A frame inside a clause that says more. */
function wishWithin(clause: string): Wish | null {
  const words = wordsOf(clause);
  if (words.some((word) => word === 'data' || isOf(word, ['thing']))) return null;
  const found = firstFrame(
    words,
    (word, name) => isOf(word, [name]),
    isLoose,
    ({ frame, from, to }) => holds(words, frame, from, to),
  );
  if (!found) return null;
  const asked = words.slice(0, found.from).some((word) => questionWords.has(word) || classes.how.has(word));
  const next = words[found.to];
  return asked || (next !== undefined && !isKnown(next)) ? 'enough' : found.frame.wish;
}

/** Nothing before a frame turns it round, and nothing foreign follows one that names no messages. */
function holds(words: readonly string[], { timed, places, wish }: Frame, from: number, to: number): boolean {
  const lead = words.slice(Math.max(0, from - 2), from);
  const inside = words.slice(from, to);
  if (timed && [...lead, ...inside].some((word) => past.has(word) || isOf(word, ['no', 'forbid']))) return false;
  if (places[0]?.includes('annoyed') && words.slice(0, from).some((word) => isOf(word, ['no', 'forbid', 'sorry'])))
    return false;
  const next = words[to];
  const named = wish === 'enough' || inside.some((word) => isOf(word, ['message']));
  return named || next === undefined || isKnown(next);
}

const isBeside = (word: string): boolean => softeners.has(word) || isOf(word, ['filler', 'again', 'me']);

/** "berhenti saja nak, saya sudah tua": what, it does not say. */
function perhaps([first = '']: readonly string[]): Wish | null {
  const words = wordsOf(first);
  const place = words.findIndex((word) => !isLoose(word) || classes.halt.has(word));
  const next = words[place + 1];
  const begins = place >= 0 && classes.halt.has(words[place] ?? '') && !past.has(words[place - 1] ?? '');
  return begins && (next === undefined || isBeside(next)) ? 'enough' : null;
}

/** `within`: a clause of a longer text. A bare "berhenti" there may be of anything, so the messages must be named. */
function wishOf(text: string, within = false): Wish | null {
  const words = wordsOf(text);
  if (words.length === 0 || !words.every((word) => isKnown(word) && !isOf(word, ['thing']))) return null;
  const has = (...names: readonly Class[]): boolean => words.some((word) => isOf(word, names));
  const needless = has('no') && words.some((word) => /^(?:perlu|parlu)$/u.test(word));
  const forbids = has('forbid') || needless;
  if (has('out'))
    return has('circle') && !forbids && !has('no') && !words.some((word) => past.has(word)) ? 'stop' : null;
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

const bare = new Set(['jangan', 'jgn', 'ojo']);

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
function removalOf(words: readonly string[]): Wish | null {
  if (words.some((word) => past.has(word))) return null;
  const number = words.some((word) => classes.number.has(word));
  const me = number || words.some((word) => classes.me.has(word));
  if (!me || words.includes('data')) return null;
  if (words.some((word) => classes.message.has(word))) return 'stop';
  return number || words.includes('daftar') ? 'leave' : null;
}

const isOf = (word: string, names: readonly Class[]): boolean => names.some((name) => classes[name].has(word));

const known = new Set([...softeners, ...Object.values(classes).flatMap((words) => [...words])]);
const isKnown = (word: string): boolean => known.has(word);

/** May stand inside a frame: what forbids or denies may not. */
const isLoose = (word: string): boolean => isKnown(word) && !isOf(word, ['no', 'forbid', 'thing']);

/** The Javanese "aja" and "ampun" forbid where the rest is Javanese, too; elsewhere they are "saja" and a sigh. */
function wordsOf(text: string): readonly string[] {
  const words = splitWords(text).map(stem);
  const javanese = words.some((word) => /^(?:maneh|malih|meneh|kulo|kula|mboten)$/u.test(word));
  const denied = (place: number): boolean => isOf(words[place - 1] ?? '', ['no']);
  return words.map((word, place) =>
    (!javanese && /^(?:aja|ampun)$/u.test(word)) || (word === 'usah' && !denied(place)) ? 'saja' : word,
  );
}

/** "pesannya", "infonya"; a doubled letter written once; "berhenti" with a slip of the finger. */
function stem(word: string): string {
  const single = withoutDoubles(word);
  const candidates = [word, word.replace(/nya$/u, ''), single, single.replace(/nya$/u, '')];
  return candidates.find(isKnown) ?? (isSlipOf(word, HALT) ? HALT : word);
}

/** The word that we tell people to write. */
const HALT = 'berhenti';
