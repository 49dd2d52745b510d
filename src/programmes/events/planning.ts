/** What has to be told about events, found from the data: reminders, changes, answers to a person, and what comes afterwards. */
import { DAY, HOUR } from '../../shared/clock.ts';
import type { Plan } from '../programme.ts';
import { concerned, takingPart, type Enrolment, type EventRecord } from './model.ts';
import type { EventStore } from './store.ts';

export interface PlanningParts {
  store: EventStore;
  /** Writes plans into the ledger, each once for ever. */
  plan(plans: readonly Plan[], now: number): Promise<unknown>;
  reminderTimes(start: number): readonly { slot: string; due: number; until: number; merged: boolean }[];
  nextAllowed(at: number): number;
}

/** Read at once. */
const PAGE = 500;

/** Dates that lie further back are not looked at again: what was missed then has been written down long ago. */
const BACK = 30 * DAY;

/** So long after the end the thanks and questions come, and so long they are of use. */
const AFTERWARDS = HOUR;
const AFTERWARDS_USEFUL = 3 * DAY;

/** Each of these may run in several processes at once, and again after a crash. */
export function createPlanning({ store, plan, reminderTimes, nextAllowed }: PlanningParts) {
  /** What this process has planned to its end already; it only saves work. */
  const done = new Set<string>();

  async function eachEnrolled(
    event: EventRecord,
    states: Parameters<EventStore['enrolled']>[1],
    make: (enrolment: Enrolment) => Plan | undefined,
    now: number,
  ): Promise<void> {
    for (let after = ''; ;) {
      const page = await store.enrolled(event._id, states, after, PAGE);
      await plan(
        page.flatMap((enrolment) => make(enrolment) ?? []),
        now,
      );
      if (page.length < PAGE) return;
      after = page.at(-1)?.person ?? after;
    }
  }

  /** Reminders that have come due; one whose time has passed already is written down as dropped. */
  async function reminders(event: EventRecord, now: number): Promise<void> {
    // Who was told of a move knows the new time; a reminder that would have come before that says nothing new.
    const told = event.notices.findLast(({ what }) => what === 'moved')?.at ?? -Infinity;
    for (const { start } of event.dates) {
      if (start < now - BACK) continue;
      for (const { slot, due, until, merged } of reminderTimes(start)) {
        const key = `${event._id} ${start} ${slot}`;
        if (due > now || due <= told || done.has(key)) continue;
        const dropped = merged ? 'merged' : now >= until ? 'too late' : undefined;
        // Who enrolled after that moment knows; the next reminder is for them.
        const make = (enrolment: Enrolment) =>
          enrolment.since >= due
            ? undefined
            : planOf('reminder', enrolment, `${slot}@${start}`, { due, until, ...(dropped && { dropped }) });
        await eachEnrolled(event, takingPart, make, now);
        done.add(key);
      }
    }
  }

  async function afterwards(event: EventRecord, now: number): Promise<void> {
    const due = nextAllowed(event.last + AFTERWARDS);
    const key = `${event._id} afterwards`;
    if (due > now || due < now - BACK || done.has(key)) return;
    const until = due + AFTERWARDS_USEFUL;
    const make = (enrolment: Enrolment) =>
      enrolment.present.length === 0
        ? undefined
        : planOf('afterwards', enrolment, 'once', { due, until, ...(now >= until && { dropped: 'too late' }) });
    await eachEnrolled(event, takingPart, make, now);
    done.add(key);
  }

  /** A moved or cancelled event: everyone concerned at that time is told. */
  async function notices(now: number): Promise<void> {
    for (const event of await store.noticed()) {
      for (const { what, number, at } of event.notices.filter(({ planned }) => !planned)) {
        const until = Math.max(event.dates[0]?.start ?? at, at + DAY);
        const make = (enrolment: Enrolment) =>
          enrolment.since > at ? undefined : planOf(what, enrolment, String(number), { due: at, until });
        await eachEnrolled(event, concerned, make, now);
        await store.eventNoticePlanned(event._id, number);
      }
    }
  }

  /** What one person has to be told: a freed place, one that went to somebody else, chosen or not. */
  async function answers(now: number): Promise<void> {
    for (const enrolment of await store.noticedEnrolments()) {
      if (!enrolment.notice) continue;
      const { what, number, at } = enrolment.notice;
      const until = what === 'freed' ? (enrolment.offeredUntil ?? at + DAY) : at + 7 * DAY;
      await plan([planOf(what, enrolment, String(number), { due: at, until })], now);
      await store.noticePlanned(enrolment._id, number);
    }
  }

  return {
    async plan(now: number): Promise<void> {
      await notices(now);
      await answers(now);
      for (const event of await store.since(now - BACK)) {
        if (event.state !== 'open') continue;
        await reminders(event, now);
        await afterwards(event, now);
      }
    },
  };
}

const planOf = (
  kind: string,
  { event, person, contact, channel }: Enrolment,
  slot: string,
  times: { due: number; until: number; dropped?: string },
): Plan => ({ kind, thing: event, person, slot, contact, channel, rank: 0, ...times });
