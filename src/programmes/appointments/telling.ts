/** Reminders of appointments, found from the data and told through the ledger. */
import type { Answers } from '../../engine/index.ts';
import { DAY, HOUR } from '../../shared/clock.ts';
import type { Plan } from '../programme.ts';
import { officeIn, told, type AppointmentParts } from './index.ts';
import type { Appointment } from './store.ts';

export interface TellingParts extends Pick<AppointmentParts, 'store' | 'rule' | 'when'> {
  plan(plans: readonly Plan[], now: number): Promise<unknown>;
  reminderTimes(start: number): readonly { slot: string; due: number; until: number; merged: boolean }[];
}

/** Made so shortly before, it is not forgotten yet. */
const FRESH = 6 * HOUR;

/** The earliest reminder comes a week before. */
const AHEAD = 8 * DAY;

/** A reminder: who wants none knows the time. */
export const appointmentKind = { kind: 'appointment', owed: false };

export function createAppointmentTelling(parts: TellingParts) {
  const { store, plan, reminderTimes } = parts;
  const dueOf = (one: Appointment, now: number): Plan[] =>
    reminderTimes(one.start)
      // Who made the appointment after that moment, or shortly before, knows.
      .filter(({ due }) => due <= now && Number(one.at) + FRESH < due)
      .map(({ slot, due, until, merged }) => ({
        ...{ kind: appointmentKind.kind, thing: one._id, person: one.person, slot: `${slot}@${one.key}` },
        ...{ contact: one.contact, channel: one.channel, rank: 0 as const, due, until },
        ...((merged || now >= until) && { dropped: merged ? 'merged' : 'too late' }),
      }));
  return {
    async plan(now: number): Promise<void> {
      const coming = await store.between(now, now + AHEAD);
      const plans = coming.flatMap((one) => dueOf(one, now));
      if (plans.length > 0) await plan(plans, now);
    },
    async look(
      { thing, person }: { thing: string; person: string },
      now: number,
    ): Promise<{ flow: string; answers: Answers } | { refused: string }> {
      const one = await store.find(thing);
      if (!one || one.person !== person) return { refused: 'cancelled' };
      if (one.start <= now) return { refused: 'too late' };
      return { flow: 'appointment', answers: told(parts, one, officeIn(parts.rule('appointments', now))?.where ?? '') };
    },
  };
}
