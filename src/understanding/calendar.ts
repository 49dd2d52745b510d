/** Names of months and days, and arithmetic on dates that knows no clock and no time zone. */
import { DateTime } from 'luxon';

/** A calendar date. `month` counts from 1. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

const rows = (table: string): ReadonlyMap<string, number> =>
  new Map(
    table
      .trim()
      .split('\n')
      .flatMap((row, index) =>
        row
          .trim()
          .split(' ')
          .map((word) => [word, index + 1] as const),
      ),
  );

/** Months from January; old spellings ("djuli"), short forms, and as they are heard in Banjar. */
export const months = rows(`
  januari jan jn januwari january djanuari
  februari feb peb pebruari februwari pebuari febuari february
  maret mar mrt marit march
  april apr aprl avril
  mei me may mai
  juni jun djuni june
  juli jul djuli july
  agustus agu agt ags agst agus agustos august aug
  september sep sept septembar sepetember
  oktober okt oct oktobar october
  november nov nop nopember nopembar
  desember des dec disimbir disember desimber december dis
`);

/** Days from Monday, as in ISO. "minggu" is a day here only where nothing makes it a week. */
export const weekdays = rows(`
  senin sanayan sinayan snn sen senen isnin sanin
  selasa salasa slasa sls
  rabu arba rbu rabo rebo
  kamis kamih kms kemis
  jumat jumahat jum jmt jumaat jumuah
  sabtu saptu sbt sabtuh
  minggu ahad mggu mgg akhad
`);

/** Months of the Islamic calendar: the date they name is known to nobody here. */
export const islamicMonths =
  /\b(?:muharr?am|safar|rabi\w* (?:awal|akhir|ul)|rabiul\w*|jumadil\w*|rajab|rajap|syaban|sya ban|ramadh?an|puasa|syawal|zulkaidah|dzulkaidah|zulhijjah?|dzulhijjah?|maulid|maulud|mulud|lebaran|idul\w*|hari raya)\b/u;

const at = ({ year, month, day }: Day): DateTime => DateTime.utc(year, month, day);

const dayOf = ({ year, month, day }: DateTime): Day => ({ year, month, day });

export const addDays = (from: Day, days: number): Day => dayOf(at(from).plus({ days }));

/** Whether the calendar has this date. */
export const exists = (date: Day): boolean => date.year >= 100 && at(date).isValid;

/** The same day some months later; undefined where that month has no such day. */
export function addMonths({ year, month, day }: Day, count: number): Day | undefined {
  const index = year * 12 + (month - 1) + count;
  const date = { year: Math.floor(index / 12), month: (index % 12) + 1, day };
  return exists(date) ? date : undefined;
}

/** Negative when the first lies before the second. */
export const compare = (a: Day, b: Day): number => at(a).toMillis() - at(b).toMillis();

/** 1 is Monday, 7 Sunday. */
export const weekdayOf = (date: Day): number => at(date).weekday;

/** "YYYY-MM-DD". */
export const iso = ({ year, month, day }: Day): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** @throws RangeError when it is no date as `iso` writes it. */
export function dayFrom(text: string): Day {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const date = { year, month, day };
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || !exists(date)) throw new RangeError(`"${text}" is no date; write 2026-11-25`);
  return date;
}
