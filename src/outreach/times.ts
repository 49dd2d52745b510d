/** When reminders of a date are sent, and from when on each is of no use. Pure; milliseconds since the epoch. */
import type { OutreachSettings } from '../content/outreach-settings.ts';
import { HOUR, MINUTE } from '../shared/clock.ts';
import type { QuietHours } from './quiet.ts';

export interface ReminderTime {
  slot: string;
  due: number;
  until: number;
  /** Moved so close to the one before that it would only repeat it. */
  merged: boolean;
}

/** Reminders closer together than this say the same. */
const APART = 3 * HOUR;

/** A reminder that comes later than this before the beginning helps nobody to get there. */
const TOO_LATE = 15 * MINUTE;

/** The reminders of a date that begins at `start`, the earliest first. */
export function reminderTimes(
  { reminders }: Pick<OutreachSettings, 'reminders'>,
  quiet: Pick<QuietHours, 'latestAllowed'>,
  start: number,
): ReminderTime[] {
  const times = reminders.map(({ slot, before }) => ({ slot, due: quiet.latestAllowed(start - before) }));
  const kept: typeof times = [];
  for (const time of times) if (time.due - (kept.at(-1)?.due ?? -Infinity) >= APART) kept.push(time);
  return times.map((time) => {
    const next = kept.find(({ due }) => due > time.due);
    return { ...time, until: next?.due ?? start - TOO_LATE, merged: !kept.includes(time) };
  });
}
