/** Finds the dates that a text names: written, said in words, or told from today. */
import { addDays, addMonths, months, weekdayOf, weekdays, type Day } from './calendar.ts';
import { misspellings } from './fuzzy.ts';
import { splitWords } from './normalise.ts';
import { numberAt } from './numbers.ts';

/** A date in full, or a day with what is said of its month and year. A year may have two digits. */
export type Named =
  | { date: Day }
  | { day: number; month?: number; year?: number }
  /** A day of the week; without a date where it may be this week's or the next one's. */
  | { weekday: number; date?: Day };

/** The hour of a day says nothing about the date; nor does a number with its unit. */
const hours =
  /\b(?:jam|pukul|pkl|jm) ?(?:setengah |satangah )?(?:\d{1,2}(?:[.:]\d\d)?|\p{L}+)(?: (?:pagi|siang|sore|malam|subuh|baisukan|kamarian))?\b|\b\d{1,2}[.:]\d\d ?(?:wita|wib|wit)\b/gu;

const ISO_DATE = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/gu;
const WRITTEN = /(?<!\d)(\d{1,2}) ?[-/.,' ] ?(\d{1,2}) ?[-/.,' ] ?'?(\d{4}|\d{2})(?!\d)/gu;
const WITHOUT_YEAR = /(?<![\d/-])(\d{1,2}) ?[/-] ?(\d{1,2})(?![\d/-])/gu;
const RUN_TOGETHER = /(?<!\d)(\d{2})(\d{2})(\d{4})(?!\d)/gu;

/** All dates in a folded text; 'unclear' when one is named only in part, such as "minggu depan". */
export function datesIn(folded: string, today: Day, past: boolean): readonly Named[] | 'unclear' {
  const found: Named[] = [];
  const take = (pattern: RegExp, name: (groups: readonly number[]) => Named) => (text: string) =>
    text.replace(pattern, (...match: unknown[]) => {
      found.push(name(match.slice(1, 4).map(Number)));
      return ' ; ';
    });
  const steps = [
    take(ISO_DATE, ([year = 0, month = 0, day = 0]) => ({ date: { year, month, day } })),
    take(RUN_TOGETHER, ([day = 0, month = 0, year = 0]) => ({ day, month, year })),
    take(WRITTEN, ([day = 0, month = 0, year = 0]) => ({ day, month, year })),
    take(WITHOUT_YEAR, ([day = 0, month = 0]) => ({ day, month })),
  ];
  const rest = steps.reduce((text, step) => step(text), folded.replace(hours, ' '));
  const words = splitWords(rest.replaceAll(';', ' titikkoma '));
  const spoken = inWords(words);
  found.push(...spoken.found);
  const told = past ? [] : relative(spoken.rest, today);
  return told === 'unclear' ? told : [...found, ...told];
}

const monthNames = new Set([...months.keys()].filter((name) => name.length >= 4));

function monthOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  const known = months.get(word);
  if (known !== undefined || word.length < 5) return known;
  const near = new Set(misspellings(word, monthNames).map((name) => months.get(name)));
  return near.size === 1 ? [...near][0] : undefined;
}

/** Dates whose month is named, or that say "tanggal" before the day: "talu januari 1953", "tgl 3 bln 4 thn 1962". */
function inWords(words: readonly string[]): { found: Named[]; rest: readonly string[] } {
  const found: Named[] = [];
  const rest: string[] = [];
  for (let place = 0; place < words.length;) {
    const hit = namedAt(words, place) ?? monthFirst(words, place);
    if (hit) {
      found.push(hit.named);
      place += hit.length;
      rest.push(';');
    } else rest.push(words[place++] ?? '');
  }
  return { found, rest };
}

function namedAt(words: readonly string[], from: number): { named: Named; length: number } | undefined {
  let place = from;
  const dated = /^(?:tgl|tanggal|tggl|tanggalnya)$/u.test(words[from] ?? '');
  if (dated) place++;
  const day = numberAt(words, place);
  if (!day || day.value < 1 || day.value > 99) return undefined;
  place += day.length;
  const month = monthAt(words, place);
  if (!month) {
    // A day alone counts only behind "tanggal", and not where its month is told from today.
    const follows = /^(?:bulan|bln)$/u.test(words[place] ?? '') || coming.has(words[from - 1] ?? '');
    return dated && !follows ? { named: { day: day.value }, length: place - from } : undefined;
  }
  place += month.length;
  const year = yearAt(words, place);
  const named = { day: day.value, month: month.value, ...(year && { year: year.value }) };
  return { named, length: place + (year?.length ?? 0) - from };
}

/** "agustus tanggal 17 tahun 1960", "bulan 12 tanggal 5". Without "tanggal" a year must follow the day. */
function monthFirst(words: readonly string[], from: number): { named: Named; length: number } | undefined {
  const month = monthAt(words, from);
  if (!month) return undefined;
  const dated = /^(?:tgl|tanggal|tggl)$/u.test(words[from + month.length] ?? '');
  const at = from + month.length + (dated ? 1 : 0);
  const day = numberAt(words, at);
  if (!day || day.value < 1 || day.value > 31) return undefined;
  const year = yearAt(words, at + day.length);
  if (!dated && !year) return undefined;
  const named = { day: day.value, month: month.value, ...(year && { year: year.value }) };
  return { named, length: at + day.length + (year?.length ?? 0) - from };
}

interface Part {
  value: number;
  length: number;
}

/** A month by its name, or by its number behind "bulan". */
function monthAt(words: readonly string[], from: number): Part | undefined {
  const said = /^(?:bulan|bln)$/u.test(words[from] ?? '');
  const name = monthOf(words[from + (said ? 1 : 0)]);
  if (name !== undefined) return { value: name, length: said ? 2 : 1 };
  const number = said ? numberAt(words, from + 1) : undefined;
  return number && { value: number.value, length: number.length + 1 };
}

/** "1960", "'60", "enam puluh", "seribu sembilan ratus …", "sembilan belas enam puluh dua". */
function yearAt(words: readonly string[], from: number): Part | undefined {
  const said = /^(?:thn|tahun|th|taun)$/u.test(words[from] ?? '') ? 1 : 0;
  const first = numberAt(words, from + said);
  if (!first) return undefined;
  const { value, length } = first;
  if (value >= 1_000 && value < 3_000) {
    const more = value % 1_000 === 0 ? numberAt(words, from + said + length) : undefined;
    if (more && more.value < 1_000) return { value: value + more.value, length: said + length + more.length };
    return { value, length: said + length };
  }
  if (value < 10) {
    // "enam lima" is sixty-five, digit by digit; one digit alone is no year.
    const digit = numberAt(words, from + said + length);
    const year = value * 10 + (digit?.value ?? 10);
    return digit && digit.value < 10 ? { value: year, length: said + length + digit.length } : undefined;
  }
  const second = value === 19 || value === 20 ? numberAt(words, from + said + length) : undefined;
  if (second && second.value < 100) return { value: value * 100 + second.value, length: said + length + second.length };
  return { value, length: said + length };
}

const daysAhead: Readonly<Record<string, number>> = {
  besok: 1,
  bsk: 1,
  bsok: 1,
  besuk: 1,
  esok: 1,
  isuk: 1,
  isukan: 1,
  keesokan: 1,
  lusa: 2,
  tulat: 3,
};
const spans: Readonly<Record<string, 'day' | 'week' | 'month' | 'year'>> = {
  hari: 'day',
  minggu: 'week',
  mgg: 'week',
  pekan: 'week',
  bulan: 'month',
  bln: 'month',
  tahun: 'year',
  thn: 'year',
};
const one = /^(?:se|sa)(hari|minggu|pekan|bulan|tahun)$/u;
const coming = new Set('depan hadapan muka dpn'.split(' '));
const gone = new Set('kemarin kmrn samalam tadi lalu'.split(' '));

/** Days told from today: "isuk", "talu hari lagi", "malam jumat", "tgl 10 bulan hadapan". */
function relative(words: readonly string[], today: Day): readonly Named[] | 'unclear' {
  const found: Named[] = [];
  const spoken = ` ${words.join(' ')} `;
  if (words.some((word) => gone.has(word))) return 'unclear';
  if (/ (?:akhir|awal|pertengahan|tengah) (?:bulan|bln|tahun|minggu) /u.test(spoken)) return 'unclear';
  if (/ (?:hari ini|harini|malam ini|sore ini|siang ini|pagi ini) /u.test(spoken)) found.push({ date: today });
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? '';
    const ahead = daysAhead[word];
    if (ahead !== undefined) found.push({ date: addDays(today, ahead) });
    const inMonth = dayOfMonth(words, place, today);
    if (inMonth === 'unclear') return inMonth;
    if (inMonth) found.push(inMonth);
    const span = spanAt(words, place, today);
    if (span === 'unclear') return span;
    if (span) found.push(span);
    const weekday = weekdayAt(words, place, today);
    if (weekday === 'unclear') return weekday;
    if (weekday) found.push(weekday);
  }
  return found;
}

/** "tgl 10 bulan hadapan", "sapuluh bulan ini". A month told from today without its day is no date. */
function dayOfMonth(words: readonly string[], place: number, today: Day): Named | 'unclear' | undefined {
  if (!/^(?:bulan|bln)$/u.test(words[place] ?? '')) return undefined;
  const after = words[place + 1] ?? '';
  if (!coming.has(after) && after !== 'ini') return undefined;
  const dated = /^(?:tgl|tanggal)$/u.test(words[place + 2] ?? '') ? numberAt(words, place + 3) : undefined;
  const month = addMonths({ ...today, day: 1 }, after === 'ini' ? 0 : 1);
  if (dated && month) return { date: { ...month, day: dated.value } };
  const day = numberAt(words, place - 2) ?? numberAt(words, place - 1);
  if (day?.length !== place - (numberAt(words, place - 2) ? place - 2 : place - 1)) return 'unclear';
  return month ? { date: { ...month, day: day.value } } : 'unclear';
}

/** "talu hari lagi", "saminggu lagi", "dalam 2 minggu". */
function spanAt(words: readonly string[], place: number, today: Day): Named | 'unclear' | undefined {
  const whole = one.exec(words[place] ?? '')?.[1];
  const number = whole === undefined ? numberAt(words, place) : { value: 1, length: 0 };
  if (!number) return undefined;
  const unit = spans[whole ?? words[place + number.length] ?? ''];
  const after = words[place + number.length + 1] ?? '';
  const said =
    /^(?:lagi|mendatang|kedepan|ke|ka|pulang)$/u.test(after) || /^(?:dalam|dalm)$/u.test(words[place - 1] ?? '');
  if (unit === undefined || !said) return undefined;
  const date = later(today, unit, number.value);
  return date ? { date } : 'unclear';
}

function later(today: Day, unit: 'day' | 'week' | 'month' | 'year', count: number): Day | undefined {
  if (unit === 'day') return addDays(today, count);
  if (unit === 'week') return addDays(today, count * 7);
  return addMonths(today, unit === 'month' ? count : count * 12);
}

/** A day of the week to come. On that very day it may be today or a week on. */
function weekdayAt(words: readonly string[], place: number, today: Day): Named | 'unclear' | undefined {
  const word = words[place] ?? '';
  const weekday = weekdays.get(word);
  if (weekday === undefined) return undefined;
  const after = words[place + 1] ?? '';
  if (word === 'minggu' && isWeek(words, place))
    return (coming.has(after) || after === 'ini') && !weekdays.has(words[place - 1] ?? '') ? 'unclear' : undefined;
  const now = weekdayOf(today);
  // The night before a day carries its name: "malam minggu" is Saturday's.
  const night = /^(?:malam|mlm)$/u.test(words[place - 1] ?? '') ? 1 : 0;
  const week = after === 'minggu' && coming.has(words[place + 2] ?? '');
  if (week || coming.has(after)) {
    // Before that weekday has passed, "jumat depan" may be this week's or the next one's.
    if (!week && weekday > now) return { weekday };
    return { weekday, date: addDays(today, 8 - now + weekday - 1 - night) };
  }
  if (night) return { weekday, date: addDays(today, (weekday - 1 - now + 14) % 7) };
  return weekday === now ? { weekday } : { weekday, date: addDays(today, (weekday - now + 7) % 7) };
}

/** "minggu" is a week behind a number, and before "depan" unless "hari" or "malam" stands before it. */
function isWeek(words: readonly string[], place: number): boolean {
  const before = words[place - 1] ?? '';
  if (/^(?:hari|malam|mlm|ari)$/u.test(before)) return false;
  return (
    numberAt(words, place - 1) !== undefined || /^(?:depan|hadapan|muka|ini|dpn|lagi)$/u.test(words[place + 1] ?? '')
  );
}
