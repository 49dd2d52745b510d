/** What of an answer holds, when a later part of it takes back an earlier one: "lain 500, 5 juta", "dulu 2, wahini 1". */
import { clauses, fold, splitWords } from './normalise.ts';
import { askBack, type Reading } from './reading.ts';
import { asks, formerly, negations, nowadays, unknownPhrases } from './words.ts';

/** Said when one corrects oneself; what follows is meant. "kalau tidak salah" corrects nothing. */
const correction =
  /(?<!\b(?:tidak|tdk|ndak|nda|gak|ga|nggak|kada|bukan) )\b(?:eh|salah(?: ketik| tulis)?|ralat|koreksi|maksud(?:nya|ku| saya| ulun)?|harusnya|saharusnya|seharusnya|(?:yang|yg|nang) (?:betul|benar|bujur|banar)(?:nya)?)\b/u;

const denial = /\b(?:bukan|bkn)\b/u;
const instead = /\b(?:tapi|tetapi|tagal|melainkan|malainkan)\b/u;

/** "bukan 500 ribu tapi 600 ribu": without what is denied, up to the word that brings what holds, or to the end. */
function withoutDenied(part: string): string {
  const from = part.search(denial);
  if (from < 0) return part;
  const rest = part.slice(from);
  const end = instead.exec(rest);
  return `${part.slice(0, from)} ${end ? rest.slice(end.index + end[0].length) : ''}`;
}

const then = /\b(?:dulu|dulunya|bahari|tadinya|awalnya|sebelumnya)\b/gu;
const now = /(?<=\s)(?:wahini|sekarang|skrg|skarang|kini)\s\S/gu;

/** "dulu 2 juta sekarang 1 juta": what is so now, also where no comma parts them. */
export function sinceThen(part: string): string {
  const starts = [...part.matchAll(now)].map(({ index }) => index);
  const former = [...part.slice(0, starts.at(-1) ?? 0).matchAll(then)].at(-1)?.index;
  return former === undefined ? part : part.slice(starts.find((start) => start > former));
}

/**
 * Reads what of a text holds: what stands behind a self-correction when that can be read, else all that nothing takes
 * back. When nothing is found, it says whether the person asks or does not know.
 */
export function readHolding<T>(text: string, find: (holding: string) => Reading<T>): Reading<T> {
  const folded = fold(text);
  const words = splitWords(folded);
  if (words.length === 0) return askBack('empty');
  const corrected = behindCorrection(folded);
  const later = corrected === undefined ? undefined : find(corrected);
  const reading = later?.understood ? later : find(whatHolds(folded).join(' ; '));
  if (reading.understood || reading.reason === 'several') return reading;
  const spoken = ` ${words.join(' ')} `;
  if (unknownPhrases.some((phrase) => spoken.includes(` ${phrase} `))) return askBack('unknown');
  return asks(folded, words) ? askBack('question') : reading;
}

/** The parts of a folded text that hold. Never none where the text has any. */
function whatHolds(folded: string): readonly string[] {
  const parts = clauses(folded).map(sinceThen);
  const today = parts.filter((part) => startsWith(part, nowadays));
  // "0812 …, sekarang aktif" tells of now without taking anything back.
  if (today.some((part) => /\d/.test(part)) || (today.length > 0 && parts.some((part) => startsWith(part, formerly))))
    return today;
  const kept = parts.filter((part) => !startsWith(part, formerly) && !startsWith(part, negations));
  const positive = parts.map((part) => withoutDenied(part).trim()).filter((part) => part !== '');
  return kept.length > 0 && kept.length < parts.length ? kept : positive.length > 0 ? positive : parts;
}

/** What stands behind the last self-correction; undefined when nobody corrects oneself. */
function behindCorrection(folded: string): string | undefined {
  let rest: string | undefined;
  for (let match = correction.exec(folded); match; match = correction.exec(rest))
    rest = (rest ?? folded).slice(match.index + match[0].length);
  return rest?.trim() === '' ? undefined : rest;
}

const startsWith = (part: string, words: ReadonlySet<string>): boolean => words.has(splitWords(part)[0] ?? '');
