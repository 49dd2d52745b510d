/**
 * Pacing: how fast a channel may speak first. The next free moment of a channel is one document, taken by one atomic write,
 * so that all processes together keep one pace. Nothing waits: who gets no moment tries again at the next wake-up.
 */
import { DateTime } from 'luxon';
import type { Connection } from 'mongoose';
import type { OutreachSettings } from '../content/outreach-settings.ts';
import { MINUTE, SECOND } from '../shared/clock.ts';
import { orBusy } from '../storage/transient.ts';

export const paceCollection = 'outreach_pace';

/** What was not used in the last seconds may be caught up; more would be a burst. Longer than two wake-ups. */
const SLACK = 5 * SECOND;

interface PaceDocument {
  _id: string;
  /** The next free moment, milliseconds since the epoch. */
  next: number;
  /** The office's day that `sent` counts, "2026-11-25". */
  day: string;
  sent: number;
  /** The first day on which this channel spoke first. */
  since: string;
}

export interface Pace {
  /** Takes the channel's next moment. False when it has not come, or the day's limit is reached. */
  take(channel: string, rank: number, now: number): Promise<boolean>;
}

/** @param chance a number from 0 to 1, for the jitter @param capOf a channel's own limit a day, where it has one */
export function createPace(
  connection: Connection,
  { pace }: Pick<OutreachSettings, 'pace'>,
  timeZone: string,
  chance: () => number,
  capOf: (channel: string) => number | undefined = () => undefined,
): Pace {
  const states = connection.collection<PaceDocument>(paceCollection);
  const since = new Map<string, string>();
  const dayOf = (now: number) => DateTime.fromMillis(now, { zone: timeZone }).toISODate() ?? '';

  async function begin(channel: string, now: number): Promise<string> {
    const day = dayOf(now);
    const first = { next: now - SLACK, day, sent: 0, since: day };
    await orBusy(() => states.updateOne({ _id: channel }, { $setOnInsert: first }, { upsert: true }));
    const found = await orBusy(() => states.findOne({ _id: channel }));
    return found?.since ?? day;
  }

  return {
    async take(channel, rank, now) {
      const first = since.get(channel) ?? (await begin(channel, now));
      since.set(channel, first);
      const day = dayOf(now);
      const limit = limitOf(pace, rank, daysBetween(first, day), capOf(channel));
      const gap = (MINUTE / pace.perMinute) * (1 + pace.jitter * (2 * chance() - 1));
      const free = { _id: channel, next: { $lte: now }, $or: [{ day: { $ne: day } }, { sent: { $lt: limit } }] };
      const taken = await orBusy(() =>
        states.updateOne(free, [
          {
            $set: {
              next: { $add: [{ $max: ['$next', now - SLACK] }, gap] },
              sent: { $cond: [{ $eq: ['$day', day] }, { $add: ['$sent', 1] }, 1] },
              day,
            },
          },
        ]),
      );
      return taken.modifiedCount === 1;
    },
  };
}

/** A new number speaks little at first; broadcasts leave a part of the day's limit to reminders. */
function limitOf(
  { daily, warmUp, broadcastShare }: OutreachSettings['pace'],
  rank: number,
  age: number,
  cap = daily,
): number {
  const limit = Math.min(daily, cap, warmUp[age] ?? daily);
  return rank < 2 ? limit : Math.max(1, Math.floor(limit * broadcastShare));
}

const daysBetween = (from: string, to: string): number =>
  Math.max(0, Math.round(DateTime.fromISO(to).diff(DateTime.fromISO(from), 'days').days));
