/**
 * Quiet hours: when the product may speak first (DESIGN.md, conversation rule 11). Pure; instants are milliseconds since
 * the epoch, days and times of day are the office's zone, whatever the server's is.
 */
import { DateTime } from 'luxon';
import type { OutreachSettings } from '../content/outreach-settings.ts';
import { MINUTE } from '../shared/clock.ts';

/** A stretch in which sending is allowed: from, inclusive, to, exclusive. */
export interface Span {
  from: number;
  to: number;
}

export type QuietSettings = Pick<OutreachSettings, 'quiet' | 'holidays'> & { timeZone: string };

/** Holidays in a row and Sundays never make more than this many quiet days together. */
const FURTHEST_DAYS = 60;

export interface QuietHours {
  isAllowed(at: number): boolean;
  /** `at` itself, or the beginning of the next allowed stretch. */
  nextAllowed(at: number): number;
  /** `at` itself, or so long before the end of the allowed stretch before it that all can be sent in time. */
  latestAllowed(at: number): number;
}

export function createQuietHours(settings: QuietSettings): QuietHours {
  const known = new Map<string, readonly Span[]>();
  const spansOf = (day: DateTime): readonly Span[] => {
    const key = day.toISODate() ?? '';
    let spans = known.get(key);
    if (!spans) {
      spans = spansOfDay(settings, day);
      // A year and a bit, so that a process of many months stays small.
      if (known.size > 400) known.clear();
      known.set(key, spans);
    }
    return spans;
  };
  const here = (at: number) => DateTime.fromMillis(at, { zone: settings.timeZone }).startOf('day');
  const within = (at: number) => spansOf(here(at)).find(({ from, to }) => at >= from && at < to);

  return {
    isAllowed: (at) => within(at) !== undefined,
    nextAllowed(at) {
      if (within(at)) return at;
      for (let ahead = 0, day = here(at); ahead < FURTHEST_DAYS; ahead++, day = day.plus({ days: 1 })) {
        const span = spansOf(day).find(({ from }) => from >= at);
        if (span) return span.from;
      }
      throw new RangeError(`No sending is allowed for ${FURTHEST_DAYS} days. Check outreach.yaml and holidays.yaml`);
    },
    latestAllowed(at) {
      if (within(at)) return at;
      for (let back = 0, day = here(at); back < FURTHEST_DAYS; back++, day = day.minus({ days: 1 })) {
        const span = spansOf(day).findLast(({ to }) => to <= at);
        if (span) return Math.max(span.from, span.to - settings.quiet.roomMinutes * MINUTE);
      }
      throw new RangeError(`No sending was allowed for ${FURTHEST_DAYS} days. Check outreach.yaml and holidays.yaml`);
    },
  };
}

/** The allowed stretches of a day, in order: its hours without its pauses. */
function spansOfDay({ quiet, holidays }: QuietSettings, day: DateTime): Span[] {
  const date = day.toISODate() ?? '';
  if (!quiet.days.includes(day.weekday) || holidays.has(date)) return [];
  const period = quiet.periods.find(({ from, to }) => date >= from && date <= to);
  const pauses = [...quiet.pauses.filter(({ days }) => days.includes(day.weekday)), ...(period?.pauses ?? [])];
  let spans = [spanOn(day, period?.hours ?? quiet.hours)];
  for (const pause of pauses.map((hours) => spanOn(day, hours)))
    spans = spans.flatMap(({ from, to }) =>
      [
        { from, to: Math.min(to, pause.from) },
        { from: Math.max(from, pause.to), to },
      ].filter((span) => span.from < span.to),
    );
  return spans.sort((a, b) => a.from - b.from);
}

function spanOn(day: DateTime, { from, to }: { from: string; to: string }): Span {
  const at = (time: string) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return day.set({ hour, minute }).toMillis();
  };
  return { from: at(from), to: at(to) };
}
