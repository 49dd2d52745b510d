/**
 * The ladder of an identity number (domain.md §4.1): shape, area, birth date, sex, serial. What is surely wrong is asked
 * again with its reason; what only looks odd is noted for an officer and never refused, since some cards are odd. Whether
 * a number exists only Dukcapil knows.
 */
import { DateTime } from 'luxon';
import { exists, type Day } from './calendar.ts';
import { provinces } from './nik.ts';
import type { Area } from './reading.ts';

/** Why it cannot be one. `length` comes with how many digits there were. */
export type NikFault = 'length' | 'province' | 'date' | 'serial';
/** What an officer should look at. */
export type NikOddity = 'letters' | 'district' | 'young' | 'sex' | 'born';

export interface Nik {
  /** Sixteen digits. */
  digits: string;
  born: Day;
  woman: boolean;
  odd: readonly NikOddity[];
}

/** What else is known of the person. */
export interface About {
  /** Milliseconds since the epoch. */
  now: number;
  woman?: boolean;
  born?: Day;
  areas: readonly Area[];
}

const YOUNGEST = 17;
const OLDEST = 100;

export function climbNik(written: string, about: About): Nik | { fault: NikFault; length: number } {
  const digits = written.replace(/[oO]/g, '0').replace(/[lI]/g, '1');
  const fault = (why: NikFault) => ({ fault: why, length: digits.length });
  if (!/^\d{16}$/.test(digits)) return fault('length');
  if (!provinces.has(digits.slice(0, 2)) || digits.slice(2, 4) === '00' || digits.slice(4, 6) === '00')
    return fault('province');
  const day = Number(digits.slice(6, 8));
  const woman = day > 40;
  const today = dayAt(about.now);
  const born = birthOf(
    { day: woman ? day - 40 : day, month: Number(digits.slice(8, 10)) },
    Number(digits.slice(10, 12)),
    today,
  );
  if (!born) return fault('date');
  if (digits.endsWith('0000')) return fault('serial');
  const age = today.year - born.year;
  const odd: NikOddity[] = [
    ...(digits === written ? [] : ['letters' as const]),
    ...(isOddDistrict(digits, about.areas) ? ['district' as const] : []),
    ...(age < YOUNGEST || (age === YOUNGEST && isBefore(today, born)) ? ['young' as const] : []),
    ...(about.woman !== undefined && about.woman !== woman ? ['sex' as const] : []),
    ...(about.born &&
    !(about.born.day === born.day && about.born.month === born.month && about.born.year % 100 === born.year % 100)
      ? ['born' as const]
      : []),
  ];
  return { digits, born, woman, odd };
}

/** Of both centuries the one that makes the person an adult of less than a hundred; else the later one that has been. */
function birthOf({ day, month }: { day: number; month: number }, year: number, today: Day): Day | undefined {
  const dates = [2000 + year, 1900 + year].map((full) => ({ year: full, month, day })).filter(exists);
  const adult = dates.find((date) => {
    const age = today.year - date.year - (isBefore(today, date) ? 1 : 0);
    return age >= YOUNGEST && age < OLDEST;
  });
  return adult ?? dates.find((date) => date.year <= today.year);
}

/** Whether the birthday of that year is still to come. */
const isBefore = (today: Day, { month, day }: Day): boolean =>
  today.month < month || (today.month === month && today.day < day);

/** Only of our own city the districts are known; an unknown one there may be a district from before a split. */
function isOddDistrict(digits: string, areas: readonly Area[]): boolean {
  const known = areas.map(({ district }) => district.code.replaceAll('.', ''));
  const ours = known.some((code) => code.slice(0, 4) === digits.slice(0, 4));
  return ours && !known.includes(digits.slice(0, 6));
}

/** A day's error at midnight does not matter for an age. */
const dayAt = (now: number): Day => {
  const { year, month, day } = DateTime.fromMillis(now, { zone: 'utc' });
  return { year, month, day };
};
