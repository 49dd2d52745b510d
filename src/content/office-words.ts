/** What every text may name: when the office is open, in words. */
import { MINUTE } from '../shared/clock.ts';
import type { Content } from './library.ts';
import { dayInWords, officeAt, timeInWords } from './office-hours.ts';

/**
 * Values that every text may use: when the office is open, in words. Looked up once a minute, since it is asked each turn.
 * @param production people are served: hours that are an example are not told
 */
export function officeWords(
  { office, locales }: Pick<Content, 'office' | 'locales'>,
  production: boolean,
): (now: number, language: string) => Record<string, string> {
  const known = new Map<string, Record<string, string>>();
  let minute = 0;
  return (now, language) => {
    if (Math.floor(now / MINUTE) !== minute) known.clear();
    minute = Math.floor(now / MINUTE);
    let words = known.get(language);
    if (!words) {
      const { open, until } = officeAt(office, now);
      const values = { time: timeInWords(until), day: dayInWords(until, now) };
      const key = production && office.sample ? 'unknown' : open ? 'open' : 'closed';
      words = { office_when: locales.text(language, 'shared', `office.${key}`, values) };
      known.set(language, words);
    }
    return words;
  };
}
