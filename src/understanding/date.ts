/**
 * A date: of birth, or of something to come. Every date that a text names must be the same one; a month or a week without
 * a day, a date that does not exist, and a holiday's name are asked again.
 */
import { addMonths, compare, dayFrom, exists, islamicMonths, iso, weekdayOf, type Day } from './calendar.ts';
import { datesIn, type Named } from './date-patterns.ts';
import { readHolding } from './holding.ts';
import { fold, splitWords } from './normalise.ts';
import { askBack, read, type Reading } from './reading.ts';
import { asks } from './words.ts';

export interface Dating {
  /** Today where the person is, as "2026-11-25". */
  today: string;
  /** A birth date, or any other that lies behind; otherwise one to come. */
  past: boolean;
}

/** A person who answers is younger than this; an older date is a slip. */
const OLDEST = 110;

/** A year of two digits means the newest that makes nobody older than this. */
const CENTURY = 100;

/** A date is only a bound here: "sebelum tanggal 5". */
const bounds =
  /\b(?:sebelum|sabalum|sesudah|setelah|satalah|imbah|habis|mulai|paling lambat|sampai|hingga) (?:tgl|tanggal|hari|bulan|minggu|puasa|lebaran|\d)/u;

/** "kada kawa isuk" names the day that does not suit. "kalau tidak salah" denies nothing. */
const denial = /\b(?:kada|tidak|tdk|gak|ga|nggak|jangan|jgn|bukan|ndak|kd)\b(?! salah| lawas| apa)/u;

/** @returns "YYYY-MM-DD". @throws RangeError when `today` is no date. */
export function readDate(text: string, { today, past }: Dating): Reading<string> {
  const now = dayFrom(today);
  const folded = fold(text);
  // "isuk kah?" asks whether it may be tomorrow.
  if (!past && asks(folded, splitWords(folded))) return askBack('question');
  return readHolding(text.replace(/[\u2010-\u2015\u2212]/gu, '-'), (holding) => dateIn(holding, now, past));
}

function dateIn(holding: string, today: Day, past: boolean): Reading<string> {
  if (islamicMonths.test(holding) || bounds.test(holding)) return askBack('unclear');
  const parts = holding.split(' ; ').filter((part) => past || !denial.test(part));
  const named = datesIn(parts.join(' ; '), today, past);
  if (named === 'unclear' || named.length === 0) return askBack('unclear');
  const days = named.flatMap((one) => ('weekday' in one ? [] : [resolve(one, today, past)]));
  const weekdays = named.flatMap((one) => ('weekday' in one ? [one] : []));
  // Beside a date its weekday says nothing new: "jumat, 4 desember".
  const telling = weekdays.filter(({ weekday }) => !days.some((day) => day && weekdayOf(day) === weekday));
  const all = [...days, ...telling.map(({ date }) => date)];
  if (all.some((day) => day === undefined)) return askBack('unclear');
  const [date, other] = new Set(all.map((day) => iso(day as Day)));
  if (other !== undefined) return askBack('several');
  return date === undefined ? askBack('unclear') : read(date);
}

/** The one date that is meant; undefined when there is none, or it lies on the wrong side of today. */
function resolve(named: Exclude<Named, { weekday: number }>, today: Day, past: boolean): Day | undefined {
  if ('date' in named) return exists(named.date) && fits(named.date, today, past) ? named.date : undefined;
  const { day, month, year } = named;
  if (month === undefined) return past ? undefined : nextWithDay(day, today);
  if (year === undefined) return past ? undefined : nextInYear(day, month, today);
  const whole = year < 100 ? fullYear(year, today, past) : year;
  const date = { year: whole, month, day };
  return exists(date) && fits(date, today, past) ? date : undefined;
}

const fits = (date: Day, today: Day, past: boolean): boolean =>
  past ? compare(date, today) <= 0 && today.year - date.year <= OLDEST : compare(date, today) >= 0;

function fullYear(short: number, today: Day, past: boolean): number {
  const century = today.year - (today.year % 100);
  if (!past) return century + short;
  const older = century - 100 + short;
  return today.year - older > CENTURY ? century + short : older;
}

/** "tgl 5": the next one; months that have no such day are passed over. */
function nextWithDay(day: number, today: Day): Day | undefined {
  for (let ahead = 0; ahead < 12; ahead++) {
    const first = addMonths({ ...today, day: 1 }, ahead);
    const date = first && { ...first, day };
    if (date && exists(date) && compare(date, today) >= 0) return date;
  }
  return undefined;
}

/** "17 agustus": this year's or next year's. The 29th of February is not moved to another year. */
function nextInYear(day: number, month: number, today: Day): Day | undefined {
  const date = { year: today.year, month, day };
  if (exists(date) && compare(date, today) >= 0) return date;
  const next = { ...date, year: today.year + 1 };
  return exists(next) ? next : undefined;
}
