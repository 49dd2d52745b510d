/** Times as Indonesians write them, in the office's own zone: "26 Nov 2026 14.05 WITA". */
import { DateTime } from 'luxon';
import { DAY, HOUR, MINUTE } from '../../shared/clock.ts';
import type { Language, Translate } from './words.ts';

export interface Times {
  zone: string;
  /** "26 Nov 2026 14.05 WITA". */
  full(at: number | Date): string;
  /** "14.05" today, "26 Nov" this year, else with the year. */
  short(at: number | Date): string;
  /** "26 November 2026". */
  day(at: number | Date): string;
  clock(at: number | Date): string;
  /** "12 menit", "3 jam", "2 hari": how long ago it was. */
  since(at: number | Date): string;
  /** The value of a field for date and time. */
  field(at: number | Date): string;
  /** Of what stood in such a field; undefined where it is none. */
  read(field: string): number | undefined;
}

/** Indonesia's zones have names of their own, which no library prints. */
const zoneNames: Readonly<Record<string, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

export function createTimes(zone: string, language: Language, now: number, t: Translate): Times {
  const here = (at: number | Date) => DateTime.fromMillis(Number(at), { zone }).setLocale(language);
  const name = zoneNames[zone] ?? zone;
  const today = here(now);
  const times: Times = {
    zone: name,
    full: (at) => `${here(at).toFormat('d MMM yyyy HH.mm')} ${name}`,
    short(at) {
      const then = here(at);
      if (then.hasSame(today, 'day')) return then.toFormat('HH.mm');
      return then.toFormat(then.year === today.year ? 'd MMM' : 'd MMM yyyy');
    },
    day: (at) => here(at).toFormat('d MMMM yyyy'),
    clock: (at) => here(at).toFormat('HH.mm'),
    since(at) {
      const span = Math.max(0, now - Number(at));
      if (span < MINUTE) return t('times.now');
      if (span < HOUR) return t('times.minutes', { n: Math.floor(span / MINUTE) });
      if (span < DAY) return t('times.hours', { n: Math.floor(span / HOUR) });
      return t('times.days', { n: Math.floor(span / DAY) });
    },
    field: (at) => here(at).toFormat("yyyy-MM-dd'T'HH:mm"),
    read(field) {
      const read = DateTime.fromISO(field, { zone });
      return read.isValid ? read.toMillis() : undefined;
    },
  };
  return times;
}

/** "12.345", as Indonesians write it. */
export const count = (n: number): string => new Intl.NumberFormat('id-ID').format(n);
