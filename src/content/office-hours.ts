/** When the office is open, in words. Times are the office's own zone (office.yaml), never the server's. */
import { DateTime } from 'luxon';
import { MINUTE } from '../shared/clock.ts';
import type { Office } from './office.ts';

export interface OfficeTime {
  open: boolean;
  /** Today's closing time or the next opening time, in the office's zone. */
  until: DateTime;
}

/** Whether the office is open at an instant (milliseconds since the epoch), and until when, or when it opens again. */
export function officeAt(office: Office, now: number): OfficeTime {
  const here = DateTime.fromMillis(now, { zone: office.timeZone });
  const spans = Array.from({ length: 8 }, (_, day) => here.plus({ days: day }).startOf('day')).flatMap((day) =>
    office.hours
      .filter(({ days }) => days.includes(day.weekday))
      .map(({ from, to }) => ({ from: atTime(day, from), to: atTime(day, to) })),
  );
  const next = spans.filter(({ to }) => to > here).sort((a, b) => a.from.toMillis() - b.from.toMillis())[0];
  // The file holds at least one day, so within eight days there is always a next span.
  if (!next) return { open: false, until: here };
  return next.from <= here ? { open: true, until: next.to } : { open: false, until: next.from };
}

/** When a chat in which staff speak is given back: after a while, and at the latest when the office closes. Milliseconds. */
export function takeoverEnd(office: Office, now: number): number {
  const { open, until } = officeAt(office, now);
  const end = now + office.takeoverMinutes * MINUTE;
  return open ? Math.min(end, until.toMillis()) : end;
}

/** The instant at which so many minutes of opening hours have passed; milliseconds since the epoch. */
export function afterOpenMinutes(office: Office, from: number, minutes: number): number {
  let left = minutes * MINUTE;
  for (let now = from; ;) {
    const { open, until } = officeAt(office, now);
    const next = until.toMillis();
    // A week without any hour cannot be: the file names at least one day.
    if (next <= now) return now + left;
    if (open && now + left <= next) return now + left;
    if (open) left -= next - now;
    now = next;
  }
}

/** The end of the last opening hours so many working days later; holidays are none. Milliseconds since the epoch. */
export function afterWorkingDays(office: Office, holidays: ReadonlySet<string>, from: number, days: number): number {
  let day = DateTime.fromMillis(from, { zone: office.timeZone }).startOf('day');
  for (let left = days; left > 0;) {
    day = day.plus({ days: 1 });
    if (hoursOn(office, day).length > 0 && !holidays.has(day.toISODate() ?? '')) left--;
  }
  return Math.max(...hoursOn(office, day).map(({ to }) => atTime(day, to).toMillis()), day.toMillis());
}

/** Some hours on each of the next days on which the office is open, from tomorrow on; milliseconds since the epoch. */
export function hoursFrom(
  office: Office,
  holidays: ReadonlySet<string>,
  now: number,
  { days, hours, count }: { days: readonly number[]; hours: readonly number[]; count: number },
): number[][] {
  const found: number[][] = [];
  let day = DateTime.fromMillis(now, { zone: office.timeZone }).startOf('day');
  for (let left = AHEAD; left > 0 && found.length < count; left--) {
    day = day.plus({ days: 1 });
    if (!days.includes(day.weekday) || holidays.has(day.toISODate() ?? '')) continue;
    found.push(hours.map((hour) => day.set({ hour }).toMillis()));
  }
  return found;
}

/** Further ahead nobody makes an appointment. */
const AHEAD = 30;

const hoursOn = ({ hours }: Office, day: DateTime) => hours.filter(({ days }) => days.includes(day.weekday));

const atTime = (day: DateTime, time: string): DateTime => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return day.set({ hour, minute });
};

const numbers = [
  'dua belas',
  'satu',
  'dua',
  'tiga',
  'empat',
  'lima',
  'enam',
  'tujuh',
  'delapan',
  'sembilan',
  'sepuluh',
  'sebelas',
];
const dayNames = ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'];

/** "pukul delapan pagi", "pukul empat lewat lima belas sore" (conversation rule 12: times in words). */
export function timeInWords(time: DateTime): string {
  const { hour, minute } = time;
  const part = hour < 4 ? 'malam' : hour < 11 ? 'pagi' : hour < 15 ? 'siang' : hour < 18 ? 'sore' : 'malam';
  const past = minute === 0 ? '' : minute === 30 ? ' tiga puluh' : ` lewat ${minute} menit`;
  return `pukul ${numbers[hour % 12] ?? String(hour)}${past} ${part}`;
}

/** "Kamis, 3 Desember": the same however long a message lies unread. */
export const dateInWords = (day: DateTime): string =>
  `${dayNames[day.weekday - 1] ?? ''}, ${day.setLocale('id').toFormat('d MMMM')}`;

/** "hari ini", "besok, Kamis" or "Senin", seen from an instant. */
export function dayInWords(day: DateTime, now: number): string {
  const name = dayNames[day.weekday - 1] ?? '';
  const distance = day.startOf('day').diff(DateTime.fromMillis(now, { zone: day.zone }).startOf('day'), 'days').days;
  if (distance < 1) return 'hari ini';
  return distance < 2 ? `besok, ${name}` : name;
}
