/** Names as keys, so that what was written in two ways is found again; and the number a person is given. Pure. */
import { createHash } from 'node:crypto';

/** Words that say that it is a group, not which. */
const generic = new Set([
  'kelompok',
  'klp',
  'klompok',
  'kube',
  'kub',
  'grup',
  'group',
  'komunitas',
  'paguyuban',
  'pengrajin',
  'perajin',
]);

/** Spelling before 1972, still seen in names: "Galoeh Tjempaka" is "Galuh Cempaka". */
const old: readonly (readonly [RegExp, string])[] = [
  [/oe/g, 'u'],
  [/tj/g, 'c'],
  [/dj/g, 'j'],
  [/sj/g, 'sy'],
  [/nj/g, 'ny'],
];

/** A person's name as a key: letters only, marks folded. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{Nd}]+/gu, ' ')
    .trim();

/** A group's name as a key: without "kelompok" and the like, old spelling folded, doubled letters single. */
export function groupKey(name: string): string {
  const words = nameKey(name).split(' ');
  const telling = words.filter((word) => !generic.has(word));
  const joined = (telling.length > 0 ? telling : words).join(' ');
  return old.reduce((text, [from, to]) => text.replace(from, to), joined).replace(/(\p{L})\1+/gu, '$1');
}

/**
 * Six digits out of the key of the registration, so that doing it again after a crash gives the same number. `attempt`
 * gives another one where that is taken.
 */
export function personNumber(key: string, attempt: number): string {
  const hash = createHash('sha256').update(`${key}/${attempt}`).digest();
  return String(100_000 + (hash.readUInt32BE(0) % 900_000));
}
